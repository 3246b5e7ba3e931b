// Entry of the engine process: opens the library, serves windows over MessagePorts and pictures over messages,
// and ends when main says so. The only file of the desktop app that runs the engine.
import { RPCHandler } from '@orpc/server/message-port';
import { hubUrl } from '@semblance/contract';
import {
  defaultLibraryDirectory,
  defaultModelsDirectory,
  type Engine,
  openEngine,
  restoreNewest,
} from '@semblance/engine';
import type { FromEngine, OpenOptions, ToEngine } from '../shared/messages.ts';
import { libraryFacts } from './facts.ts';
import { createHost } from './host.ts';
import { createMediaServer } from './media-server.ts';
import { failureOf } from './open-failure.ts';
import { createOpenedFiles } from './opened-files.ts';
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
const opened = createOpenedFiles(post);

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
    case 'look-around':
      return void opening.then((engine) => engine && opened.look(engine.services, message));
    case 'set-paused':
      return void setPaused(message.paused);
    case 'conditions':
      return void opening.then((engine) => engine?.setConditions(message.conditions));
    case 'files-of':
      return void answerFiles(message.id, message.photoIds);
    case 'facts-wanted':
      return void answerFacts(message.id);
    case 'picture-of':
      return void answerPicture(message.id, message.photoId);
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
    if (options.restore) {
      const result = restoreNewest(libraryDirectory);
      if ('replaced' in result) post({ type: 'restored', kept: result.replaced });
    }
    const engine = await openEngine({
      libraryDirectory,
      modelDirectory: options.modelDirectory,
      bundledModelsDirectory: options.bundledModelsDirectory,
      modelsDirectory: options.modelsDirectory ?? defaultModelsDirectory(),
      ...hubOf(options),
      labelPacksDirectory: options.labelPacksDirectory,
      samplesDirectory: options.samplesDirectory,
      citiesFile: options.citiesFile,
      host,
      spawnCompute:
        compute.kind === 'node' ? spawnPlainNode(compute.executable, compute.program) : computes.spawn,
    });
    engine.start();
    post({ type: 'ready', libraryDirectory });
    void reportWork(engine);
    return engine;
  } catch (error) {
    post({ type: 'failed', ...failureOf(error, libraryDirectory) });
    return null;
  }
}

/** A mirror that makes no sense is left out: the settings show where models come from. */
function hubOf({ hub }: OpenOptions): { hub?: string } {
  const { success, data } = hubUrl.safeParse(hub);
  return success ? { hub: data } : {};
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

/** Ends with the engine. */
async function reportWork({ services }: Engine): Promise<void> {
  for await (const { state, found, done, pending, unsearchable } of services.progress.follow(undefined)) {
    post({ type: 'work', work: { state, found, done, pending, unsearchable } });
    void opened.lookAgain(services);
  }
}

async function setPaused(paused: boolean): Promise<void> {
  const indexer = (await opening)?.services.indexer;
  if (paused) indexer?.pause();
  else indexer?.resume();
}

async function answerFiles(id: number, photoIds: string[]): Promise<void> {
  const library = (await opening)?.services.library;
  const paths = photoIds.flatMap((photoId) => {
    try {
      return library?.photo(photoId).files.find((file) => file.reachable)?.path ?? [];
    } catch {
      // It went away meanwhile.
      return [];
    }
  });
  post({ type: 'files', id, paths });
}

async function answerFacts(id: number): Promise<void> {
  const engine = await opening;
  const facts = engine === null ? {} : await libraryFacts(engine.services).catch(() => ({}));
  post({ type: 'facts', id, facts });
}

async function answerPicture(id: number, photoId: string): Promise<void> {
  const response = await (await opening)?.media(new Request(`media://copy/${photoId}`));
  const png = response?.ok === true ? new Uint8Array(await response.arrayBuffer()) : null;
  post({ type: 'picture', id, png });
}

async function drain(): Promise<void> {
  const engine = await opening;
  await engine?.dispose().catch(() => undefined);
  process.exit(0);
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
