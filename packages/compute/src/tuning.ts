// The image encoder as this machine runs it best: measured once per model, kept in a file, and never trusted blindly.
import {
  type ChooseOptions,
  chooseRuntime,
  type ImageEncoder,
  loadImageEncoder,
  type ModelFolder,
  type RuntimeChoice,
} from '@semblance/clip';
import { SemblanceError } from '@semblance/contract';
import { ENCODER_BATCH } from './limits.ts';
import { choiceName, keepChoice, keepTrying, readKept } from './runtime-file.ts';

/** Measuring takes seconds: it pays for a library, not for a handful of photos, */
const PHOTOS_BEFORE_MEASURING = 256;
/** unless each of them takes so long that a better way is worth finding sooner: milliseconds of encoding. */
const WORK_BEFORE_MEASURING_MS = 15_000;

export interface TunedEncoder extends ImageEncoder {
  /** Pictures per call. */
  batch(): number;
}

/**
 * An encoder with one thread on the CPU that after some hundred photos stops once to measure what else this machine has
 * (hardware, threads, batches), and goes on with the best; from the next start on it begins with that. A model that was
 * tried when it came begins with what was measured then. Its calls must not overlap.
 *
 * @param options for tests
 */
export async function loadTunedEncoder(
  folder: ModelFolder,
  { runtimeFile, intraOpThreads }: { runtimeFile: string; intraOpThreads: number },
  options: Pick<ChooseOptions, 'runtime' | 'measure'> & { clock?: () => number } = {},
): Promise<TunedEncoder> {
  const name = choiceName(folder.key, intraOpThreads);
  const { runtime, clock = () => performance.now() } = options;
  const plain: RuntimeChoice = {
    provider: 'cpu',
    threads: 1,
    batch: ENCODER_BATCH,
    imagesPerSecond: 0,
  };

  const trying = (provider: string | null): Promise<void> => keepTrying(runtimeFile, provider);

  async function open(choice: RuntimeChoice): Promise<ImageEncoder> {
    if (choice.provider === 'cpu') return load(folder, choice, runtime);
    await trying(choice.provider);
    const encoder = await load(folder, choice, runtime);
    await trying(null);
    return encoder;
  }

  async function measure(): Promise<RuntimeChoice> {
    const { ended } = await readKept(runtimeFile);
    const { choice } = await chooseRuntime(folder, {
      ...options,
      ...{ maxThreads: intraOpThreads, skip: ended, trying },
    });
    await keepChoice(runtimeFile, name, choice);
    return choice;
  }

  const kept = await readKept(runtimeFile);
  const before = kept.choices[name];
  const known = before !== undefined && !kept.ended.includes(before.provider);
  let choice = known ? before : plain;
  let [unmeasured, worked] = known ? [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] : [0, 0];
  let encoder = await open(choice);
  return {
    config: encoder.config,
    dimensions: encoder.dimensions,
    batch: () => choice.batch,
    async encode(pictures) {
      if (unmeasured >= PHOTOS_BEFORE_MEASURING || worked >= WORK_BEFORE_MEASURING_MS) {
        [unmeasured, worked] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
        // One at a time: large models would not fit twice.
        await encoder.dispose();
        // Measuring is a luxury: whatever goes wrong, the photos come first.
        choice = await measure().catch(() => plain);
        encoder = await open(choice);
      }
      const begun = clock();
      const vectors = await encoder.encode(pictures);
      unmeasured += pictures.length;
      worked += clock() - begun;
      return vectors;
    },
    dispose: () => encoder.dispose(),
  };
}

/** A driver may be gone since it was measured. */
async function load(
  folder: ModelFolder,
  { provider, threads }: RuntimeChoice,
  runtime: ChooseOptions['runtime'],
): Promise<ImageEncoder> {
  const options = { intraOpThreads: threads, ...(runtime && { runtime }) };
  try {
    return await loadImageEncoder(folder, { ...options, provider });
  } catch (error) {
    if (provider === 'cpu' || !(error instanceof SemblanceError)) throw error;
    return loadImageEncoder(folder, options);
  }
}
