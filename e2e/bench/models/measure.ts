// One model in a process of its own, so that its memory is its own: started by bench.ts with a folder, prints JSON.
import {
  imagesPerSecond,
  loadImageEncoder,
  loadTextEncoder,
  onnxRuntime,
  preprocess,
  queryMilliseconds,
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
  /** Both at one thread. */
  imagesPerSecond: { batch1: number; batch8: number | null };
  textMilliseconds: number;
  /** Until the first answer. */
  loadMilliseconds: { text: number; image: number };
  /** Growth of the process: with the text encoder alone, as when nothing is indexed, and with both. */
  memoryBytes: { text: number; both: number };
  /** Images a second against onnxruntime on the same file with the same input; null for graphs of both towers. */
  efficiency: number | null;
}

const BATCH = 8;
/** Below so many images a second a batch of 8 takes too long to be waited for, here and in indexing. */
const SLOW = 1;
/** The comparison ends after so long, and two rounds. */
const COMPARED_MS = 3000;
const MOST_ROUNDS = 60;

export async function measure(directory: string): Promise<Measured> {
  const folder = await readModelFolder(directory);
  const start = process.memoryUsage.rss();
  const [text, textLoad] = await timed(() => loadTextEncoder(folder));
  const textMilliseconds = await queryMilliseconds(text);
  const textMemory = process.memoryUsage.rss() - start;
  const [image, imageLoad] = await timed(() => loadImageEncoder(folder));
  const batch1 = await imagesPerSecond(image, 1);
  const both = process.memoryUsage.rss() - start;
  const size = batch1 < SLOW ? 1 : BATCH;
  const batch8 = size === 1 ? null : await imagesPerSecond(image, BATCH);
  await text.dispose();

  const plain = await onnxRuntime.open(folder.paths.vision, { provider: 'cpu', threads: 1 });
  const side = folder.imageSize;
  const picture = preprocess(
    { data: new Uint8Array(side * side * 3).fill(90), width: side, height: side },
    image.config,
  );
  const input = new Float32Array(size * picture.length);
  for (let i = 0; i < size; i++) input.set(picture, i * picture.length);
  const feeds = { [plain.inputs[0]?.name ?? '']: new Tensor('float32', input, [size, 3, side, side]) };
  const canCompare = plain.inputs.length === 1 && plain.inputs[0]?.type === 'float32';
  const outputs = plain.outputs.map(({ name }) => name);
  const pictures = new Array<Float32Array>(size).fill(picture);
  // In turns, so that both meet the same neighbours on a busy machine; the best of each counts.
  let [ours, theirs, spent] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  for (let round = 0; canCompare && (round < 2 || (spent < COMPARED_MS && round < MOST_ROUNDS)); round++) {
    const [, plainly] = await timed(() => plain.run(feeds, outputs));
    const [, here] = await timed(() => image.encode(pictures));
    theirs = Math.min(theirs, plainly);
    ours = Math.min(ours, here);
    spent += plainly + here;
  }
  await plain.release();
  await image.dispose();
  const { id, family, precision, dimensions, imageSize, precisions } = folder;
  return {
    ...{ id, family, precision, dimensions, imageSize, textMilliseconds },
    bytes: precisions.find((each) => each.precision === precision)?.bytes ?? 0,
    imagesPerSecond: { batch1, batch8 },
    loadMilliseconds: { text: textLoad, image: imageLoad },
    memoryBytes: { text: textMemory, both },
    efficiency: canCompare ? theirs / ours : null,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
}

const [directory] = process.argv.slice(2);
if (import.meta.main && directory !== undefined) console.log(JSON.stringify(await measure(directory)));
