// Entry of the engine process: opens the library, serves windows over MessagePorts and pictures over messages,
// and ends when main says so. The only file of the desktop app that runs the engine.
import { RPCHandler } from '@orpc/server/message-port';
import { SemblanceError } from '@semblance/contract';
import { defaultLibraryDirectory, defaultModelsDirectory, type Engine, openEngine } from '@semblance/engine';
import type { FromEngine, OpenOptions, ToEngine } from '../shared/messages.ts';
import { createHost } from './host.ts';
import { createMediaServer } from './media-server.ts';
import { spawnThroughHost } from './spawn-host.ts';
import { spawnPlainNode } from './spawn-node.ts';

const { parentPort } = process;
const post = (message: FromEngine): void => parentPort.postMessage(message);

/** Null before `open`, the first message, and when the library cannot be opened: main ends this process then. */
let opening: Promise<Engine | null> = Promise.resolve(null);
const computes = spawnThroughHost(post);
const serveMedia = createMediaServer(async (request) => {
  const engine = await opening;
  return engine === null ? new Response(null, { status: 503 }) : engine.media(request);
}, post);
let answerHost: ReturnType<typeof createHost>['receive'] = () => undefined;

parentPort.on('message', ({ data, ports }) => {
  const message: ToEngine = data;
  switch (message.type) {
    case 'open':
      opening = open(message.options);
      return;
    case 'connect':
      return void connect(ports[0]);
    case 'add-folders':
      return void addFolders(message.paths);
    case 'host-answer':
    case 'host-failed':
      return answerHost(message);
    case 'media':
    case 'media-pull':
    case 'media-cancel':
      return void serveMedia(message);
    case 'compute-started':
    case 'compute-message':
    case 'compute-exit':
      return computes.receive(message);
    case 'drain':
      return void drain();
  }
});

async function open(options: OpenOptions): Promise<Engine | null> {
  const { host, receive } = createHost(options.version, post);
  answerHost = receive;
  const { compute } = options;
  const libraryDirectory = options.libraryDirectory ?? defaultLibraryDirectory();
  try {
    const engine = await openEngine({
      libraryDirectory,
      modelDirectory: options.modelDirectory,
      bundledModelsDirectory: options.bundledModelsDirectory,
      modelsDirectory: options.modelsDirectory ?? defaultModelsDirectory(),
      labelPacksDirectory: options.labelPacksDirectory,
      citiesFile: options.citiesFile,
      host,
      spawnCompute:
        compute.kind === 'node' ? spawnPlainNode(compute.executable, compute.program) : computes.spawn,
    });
    engine.start();
    post({ type: 'ready', libraryDirectory });
    return engine;
  } catch (error) {
    const kind = error instanceof SemblanceError ? error.kind : null;
    post({ type: 'failed', kind, message: sentence(error) });
    return null;
  }
}

/** What the window sends before the library is open waits in the port. */
async function connect(port: Electron.MessagePortMain | undefined): Promise<void> {
  const engine = await opening;
  if (port === undefined || engine === null) return;
  new RPCHandler(engine.router).upgrade(port);
  port.start();
}

async function addFolders(paths: string[]): Promise<void> {
  const services = (await opening)?.services;
  if (services === undefined) return;
  for (const path of paths) {
    try {
      const folder = await services.folders.add(path);
      services.indexer.update([folder.id]).catch(() => undefined);
    } catch (error) {
      post({ type: 'problem', message: sentence(error) });
    }
  }
}

async function drain(): Promise<void> {
  const engine = await opening;
  await engine?.dispose().catch(() => undefined);
  process.exit(0);
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
