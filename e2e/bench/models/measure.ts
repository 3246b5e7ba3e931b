// One model in a process of its own, so that its memory is its own: started by bench.ts with a folder, prints JSON.
import {
  loadImageEncoder,
  loadTextEncoder,
  onnxRuntime,
  preprocess,
  readModelFolder,
  Tensor,
} from '@semblance/clip';

export interface Measured {
  id: string;
  family: string;
  precision: string;
  dimensions: number;
  imageSize: number;
  /** Of the graphs in this precision, on disk. */
  bytes: number;
  /** By processor time, at one thread. */
  imagesPerSecond: { batch1: number; batch8: number | null };
  /** By processor time, of one short query. */
  textMilliseconds: number;
  /** By the clock, until the first answer. */
  loadMilliseconds: { text: number; image: number };
  /** Growth of the process: with the text encoder alone, as when nothing is indexed, and with both. */
  memoryBytes: { text: number; both: number };
  /** Against onnxruntime on the same file with the same input; null for graphs of both towers. */
  efficiency: number | null;
}

const BATCH = 8;
/** Below so many images a second a batch of 8 takes too long to be waited for. */
const SLOW = 0.2;
const QUERY = 'two dogs on a beach at sunset';
/** Each figure is the best of as many calls as fit into this much processor time, and of two at least. */
const ENOUGH_MS = 2000;
const MOST_CALLS = 40;

export async function measure(directory: string): Promise<Measured> {
  const folder = await readModelFolder(directory);
  const start = process.memoryUsage.rss();
  const [text, textLoad] = await timed(() => loadTextEncoder(folder));
  const textMilliseconds = (await best([() => text.encodeQuery(QUERY)]))[0] ?? 0;
  const textMemory = process.memoryUsage.rss() - start;
  const [image, imageLoad] = await timed(() => loadImageEncoder(folder));
  const side = folder.imageSize;
  const grey = { data: new Uint8Array(side * side * 3).fill(90), width: side, height: side };
  const picture = preprocess(grey, image.config);
  const single = (await best([() => image.encode([picture])]))[0] ?? 0;
  const both = process.memoryUsage.rss() - start;
  await text.dispose();

  const batch1 = 1000 / single;
  const size = batch1 < SLOW ? 1 : BATCH;
  const plain = await onnxRuntime.open(folder.paths.vision, { provider: 'cpu', threads: 1 });
  const input = new Float32Array(size * picture.length);
  for (let i = 0; i < size; i++) input.set(picture, i * picture.length);
  const feeds = { [plain.inputs[0]?.name ?? '']: new Tensor('float32', input, [size, 3, side, side]) };
  const canCompare = plain.inputs.length === 1 && plain.inputs[0]?.type === 'float32';
  const outputs = plain.outputs.map(({ name }) => name);
  const pictures = new Array<Float32Array>(size).fill(picture);
  const [ours = 0, theirs = 0] = await best([
    () => image.encode(pictures),
    ...(canCompare ? [() => plain.run(feeds, outputs)] : []),
  ]);
  await plain.release();
  await image.dispose();
  const { id, family, precision, dimensions, imageSize, precisions } = folder;
  return {
    ...{ id, family, precision, dimensions, imageSize, textMilliseconds },
    bytes: precisions.find((each) => each.precision === precision)?.bytes ?? 0,
    imagesPerSecond: { batch1, batch8: size === 1 ? null : (1000 * size) / ours },
    loadMilliseconds: { text: textLoad, image: imageLoad },
    memoryBytes: { text: textMemory, both },
    efficiency: canCompare ? theirs / ours : null,
  };
}

/**
 * Processor time of each kind of work in milliseconds, user and system: what other programs do meanwhile hardly counts.
 * In turns, so that all meet the same neighbours.
 */
async function best(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  let spent = 0;
  for (let call = 0; call < 2 || (spent < ENOUGH_MS && call < MOST_CALLS); call++) {
    for (const [i, work] of works.entries()) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i] ?? 0, (user + system) / 1000);
      spent += (user + system) / 1000;
    }
  }
  return least;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
}

const [directory] = process.argv.slice(2);
if (import.meta.main && directory !== undefined) console.log(JSON.stringify(await measure(directory)));
