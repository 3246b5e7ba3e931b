// Runs the packed engine and compute under plain Node, outside Electron: this file takes the place of Electron's main.
// Started by check.ts with the packed Node. Prints one line of JSON on its last line.
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startBundledEngine } from './bundled-engine.ts';

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

const started = performance.now();
const engine = await startBundledEngine(values.program, JSON.parse(values.options));
const readyMs = performance.now() - started;
const { post, next, end } = engine;
const client = await engine.connect();

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
end();

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
