// One model in a process of its own, so that its memory is its own: started by bench.ts with a folder, prints JSON.
import {
  imagesPerSecond,
  loadImageEncoder,
  loadTextEncoder,
  preprocess,
  queryMilliseconds,
  readModelFolder,
} from '@semblance/clip';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface Measured {
  id: string;
  family: string;
  precision: string;
  dimensions: number;
  imageSize: number;
  /** Of the graphs in this precision, on disk. */
  bytes: number;
  /** Both at one thread. */
  imagesPerSecond: { batch1: number; batch8: number };
  textMilliseconds: number;
  /** Until the first answer. */
  loadMilliseconds: { text: number; image: number };
  /** Growth of the process: with the text encoder alone, as when nothing is indexed, and with both. */
  memoryBytes: { text: number; both: number };
  /** Images a second against onnxruntime on the same file with the same input, batch 8. */
  efficiency: number;
}

const BATCH = 8;
const ROUNDS = 5;

export async function measure(directory: string): Promise<Measured> {
  const folder = await readModelFolder(directory);
  const start = process.memoryUsage.rss();
  const [text, textLoad] = await timed(() => loadTextEncoder(folder));
  const textMilliseconds = await queryMilliseconds(text);
  const textMemory = process.memoryUsage.rss() - start;
  const [image, imageLoad] = await timed(() => loadImageEncoder(folder));
  const batch1 = await imagesPerSecond(image, 1);
  const both = process.memoryUsage.rss() - start;
  const batch8 = await imagesPerSecond(image, BATCH);
  await text.dispose();

  const plain = await InferenceSession.create(folder.paths.vision, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const side = folder.imageSize;
  const picture = preprocess(
    { data: new Uint8Array(side * side * 3).fill(90), width: side, height: side },
    image.config,
  );
  const input = new Float32Array(BATCH * picture.length);
  for (let i = 0; i < BATCH; i++) input.set(picture, i * picture.length);
  const feeds = { [plain.inputNames[0] ?? '']: new Tensor('float32', input, [BATCH, 3, side, side]) };
  const canCompare = plain.inputNames.length === 1;
  const pictures = new Array<Float32Array>(BATCH).fill(picture);
  // In turns, so that both meet the same neighbours on a busy machine; the best of each counts.
  let [ours, theirs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; canCompare && round < ROUNDS; round++) {
    theirs = Math.min(theirs, (await timed(() => plain.run(feeds)))[1]);
    ours = Math.min(ours, (await timed(() => image.encode(pictures)))[1]);
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
    efficiency: canCompare ? theirs / ours : Number.NaN,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begun = performance.now();
  const result = await work();
  return [result, performance.now() - begun];
}

const [directory] = process.argv.slice(2);
if (import.meta.main && directory !== undefined) console.log(JSON.stringify(await measure(directory)));
