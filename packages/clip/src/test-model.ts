// Tries a model on this machine, in every precision and on all hardware it could use, before anything relies on it.
import { availableParallelism } from 'node:os';
import { SemblanceError } from '@semblance/contract';
import { type ChooseOptions, chooseRuntime, type RuntimeChoice, type Tried } from './choose-runtime.ts';
import { loadImageEncoder } from './image-encoder.ts';
import type { WeightPrecision } from './model-files.ts';
import { describeModelFolder, type ModelFolder, readModelFolder } from './model-folder.ts';
import type { Provider } from './runtime.ts';
import { loadTextEncoder, type TextEncoder } from './text-encoder.ts';

export interface ModelTest {
  /** Of the folder in the precision that was chosen. */
  key: string;
  precision: WeightPrecision;
  provider: Provider;
  threads: number;
  batch: number;
  imagesPerSecond: number;
  textMilliseconds: number;
  loadMilliseconds: number;
  /** By how much the process grew: with the text encoder alone, as for searches, and with both. */
  textMemoryBytes: number;
  memoryBytes: number;
  tried: Tried[];
}

export interface TestOptions extends Pick<ChooseOptions, 'runtime' | 'skip' | 'trying' | 'measure'> {
  /** Default all cores. */
  maxThreads?: number;
}

/**
 * Vectors of another precision are never mixed with these, so small weights need not agree as exactly as two ways to
 * run the same ones: they must point the same way.
 */
const SAME_DIRECTION = 0.05;

/** What fewer bits must gain in speed to be worth what they lose. */
const WORTH = 1.5;

/** @throws SemblanceError when the model cannot be used at all */
export async function testModel(directory: string, options: TestOptions = {}): Promise<ModelTest> {
  const { maxThreads = availableParallelism() } = options;
  const asKept = await readModelFolder(directory);
  const tried: Tried[] = [];
  const usable: { folder: ModelFolder; choice: RuntimeChoice }[] = [];
  let reference: Float32Array[] | undefined;
  let failure: SemblanceError | undefined;
  for (const { precision } of asKept.precisions) {
    try {
      const folder =
        precision === asKept.precision ? asKept : await describeModelFolder(directory, { precision });
      const result = await chooseRuntime(folder, {
        ...options,
        maxThreads,
        ...(reference && { reference }),
      });
      const off = result.tried.find((way) => way.provider === 'cpu')?.difference ?? 0;
      const fits = reference === undefined || off <= SAME_DIRECTION;
      reference ??= result.vectors;
      if (fits) usable.push({ folder, choice: result.choice });
      const problem = `Its embeddings differ by ${off.toFixed(3)} from the most exact ones; ${SAME_DIRECTION} is the limit.`;
      tried.push(...(fits ? result.tried : result.tried.map((way) => ({ ...way, problem }))));
    } catch (error) {
      // Weights in one precision may lack operators here, or be broken; the others are as good as before.
      if (!(error instanceof SemblanceError)) throw error;
      failure ??= error;
      const problem = error.message;
      tried.push({ precision, provider: 'cpu', difference: null, imagesPerSecond: null, problem });
    }
  }
  if (usable.length === 0 && failure !== undefined) throw failure;
  const best = usable.reduce((a, b) => (b.choice.imagesPerSecond > a.choice.imagesPerSecond * WORTH ? b : a));
  const { key, precision } = best.folder;
  return { key, precision, ...best.choice, ...(await costs(best.folder, options)), tried };
}

const QUERY = 'two dogs on a beach at sunset';
const QUERIES = 5;

/** On the CPU with one thread: what a person waits for. */
async function costs(
  folder: ModelFolder,
  { runtime }: TestOptions,
): Promise<Pick<ModelTest, 'textMilliseconds' | 'loadMilliseconds' | 'textMemoryBytes' | 'memoryBytes'>> {
  const options = runtime === undefined ? {} : { runtime };
  const before = process.memoryUsage.rss();
  const begun = performance.now();
  const grown = (): number => Math.max(0, process.memoryUsage.rss() - before);
  const text = await loadTextEncoder(folder, options);
  const textMemoryBytes = grown();
  const image = await loadImageEncoder(folder, options);
  try {
    const loadMilliseconds = performance.now() - begun;
    const memoryBytes = grown();
    const textMilliseconds = await queryMilliseconds(text);
    return { textMilliseconds, loadMilliseconds, textMemoryBytes, memoryBytes };
  } finally {
    await text.dispose();
    await image.dispose();
  }
}

export async function queryMilliseconds(text: TextEncoder): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < QUERIES; i++) {
    const begun = performance.now();
    await text.encodeQuery(QUERY);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}
