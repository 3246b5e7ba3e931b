// Runs the packed engine and compute under plain Node, outside Electron: this file takes the place of Electron's main.
// Started by check.ts with the packed Node. Prints one line of JSON on its last line.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@semblance/contract';
import type { FromEngine, OpenOptions, ToEngine } from '../../apps/desktop/src/shared/messages.ts';

export interface PackedRun {
  photos: number;
  indexed: number;
  failed: number;
  /** File of the best hit, and whether it is in the best group. */
  best: string;
  /** Content type and first bytes of a thumbnail that came through the picture stream. */
  thumbnail: string;
  sidecars: number;
  /** From the start of the engine program to `ready`: milliseconds. */
  readyMs: number;
  /** What the packed program loaded from elsewhere. */
  strays: string[];
}

const { values } = parseArgs({
  options: {
    program: { type: 'string', default: '' },
    /** The folder that everything must come from. */
    root: { type: 'string', default: '' },
    photos: { type: 'string', default: '' },
    query: { type: 'string', default: '' },
    options: { type: 'string', default: '{}' },
  },
});

const strays = new Set<string>();
const root = pathToFileURL(values.root).href;
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const inside = context.parentURL?.startsWith(root) === true;
    if (inside && resolved.url.startsWith('file:') && !resolved.url.startsWith(root)) strays.add(specifier);
    return resolved;
  },
});

const parentPort = new EventEmitter();
const heard = new EventEmitter();
Object.assign(process, {
  parentPort: Object.assign(parentPort, {
    postMessage: (message: FromEngine) => void heard.emit(message.type, message),
  }),
});
const post = (data: ToEngine, ports: unknown[] = []): void =>
  void parentPort.emit('message', { data, ports });

/** The next message of a kind; rejects when the engine says that it failed. */
function next<T extends FromEngine['type']>(type: T): Promise<Extract<FromEngine, { type: T }>> {
  return new Promise((resolve, reject) => {
    heard.once(type, resolve);
    heard.once('failed', ({ message }) => reject(new Error(message)));
    heard.once('problem', ({ message }) => reject(new Error(message)));
  });
}

const started = performance.now();
await import(pathToFileURL(values.program).href);
const ready = next('ready');
post({ type: 'open', options: JSON.parse(values.options) as OpenOptions });
await ready;
const readyMs = performance.now() - started;

const { port1, port2 } = new MessageChannel();
post({ type: 'connect' }, [port1]);
port2.start();
const client = createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port: port2 }));

post({ type: 'add-folders', paths: [values.photos] });
for await (const { state, unsearchable, found, problem } of await client.app.progress()) {
  if (problem !== null) throw new Error(problem);
  if (state === 'idle' && found > 0 && unsearchable === 0) break;
}

const { counts } = await client.library.status();
const { results } = await client.search.run({ text: values.query });
const [best] = results;
if (best === undefined) throw new Error(`"${values.query}" found nothing.`);
const { label } = await client.labels.create({ draft: { name: 'Packed' } });
await client.labels.answer({ decisions: [{ labelId: label.id, photoId: best.id, verdict: 'yes' }] });
const sidecars = await client.labels.writeSidecars({ over: { kind: 'photos', ids: [best.id] } });
for (const { message } of sidecars.failed) throw new Error(`Sidecar: ${message}`);

const run: PackedRun = {
  photos: counts.photos,
  indexed: counts.indexed,
  failed: counts.failed,
  best: best.path,
  thumbnail: await thumbnail(`media://thumb/${best.id}?v=${best.version}`),
  sidecars: sidecars.written,
  readyMs,
  strays: [...strays].map((url) => (url.startsWith('file:') ? fileURLToPath(url) : url)),
};
console.log(JSON.stringify(run));
port2.close();
post({ type: 'drain' });

async function thumbnail(url: string): Promise<string> {
  const head = next('media-head');
  post({ type: 'media', id: 1, request: { method: 'GET', url, headers: {} } });
  const { status, headers } = await head;
  const chunk = next('media-chunk');
  post({ type: 'media-pull', id: 1 });
  const { bytes } = await chunk;
  const type = new Map(headers).get('content-type') ?? '';
  return `${status} ${type} ${Buffer.from(bytes.subarray(0, 4)).toString('latin1')}`;
}
