// How to run a model on this machine: which hardware gives the right embeddings, and how they come fastest.
import { SemblanceError } from '@semblance/contract';
import { reasonOf } from './errors.ts';
import { type ImageEncoder, loadImageEncoder } from './image-encoder.ts';
import type { WeightPrecision } from './model-files.ts';
import type { ModelFolder } from './model-folder.ts';
import { probePictures } from './probes.ts';
import { onnxRuntime, type Provider, type Runtime } from './runtime.ts';
import { dot } from './unit-vector.ts';

/** A provider that moves an embedding further from the CPU's than this (1 - cosine) computes something else. */
const PARITY = 1e-2;

export interface RuntimeChoice {
  provider: Provider;
  /** onnxruntime threads per operator; without meaning on a graphics processor. */
  threads: number;
  /** Pictures per call. */
  batch: number;
  imagesPerSecond: number;
}

export interface Tried {
  precision: WeightPrecision;
  provider: Provider;
  /** Largest 1 - cosine to the reference over all probes; null when it gave nothing. */
  difference: number | null;
  imagesPerSecond: number | null;
  /** One sentence; null when it can be used. */
  problem: string | null;
}

export interface ChooseOptions {
  runtime?: Runtime;
  /** CPU threads per operator at most. */
  maxThreads: number;
  /** Embeddings of the probes to agree with; default what the CPU gives. */
  reference?: readonly Float32Array[];
  /** Not tried: providers that ended the process before. */
  skip?: readonly string[];
  /** Before a provider is tried, and after it was with null. */
  trying?: (provider: Provider | null) => Promise<void>;
  /** Images a second; other than by the clock in tests. */
  measure?: (encoder: ImageEncoder, batch: number) => Promise<number>;
}

const PROBES = 4;
const BATCHES = [1, 4, 8, 16];
/** Nobody should wait longer for the first result, nor for the measuring: seconds. */
const LONGEST_CALL_S = 2;
/** A larger batch delays the first result and costs memory: it must be worth it. */
const WORTH = 1.05;
/** Twice the threads must give at least so much more: they are taken from everybody else, and from decoding. */
const THREADS_WORTH = 1.25;

/**
 * The CPU is always there; every other provider is opened, compared with it and timed. Seconds for each that works.
 *
 * @throws SemblanceError when the model does not even run on the CPU
 */
export async function chooseRuntime(
  folder: ModelFolder,
  options: ChooseOptions,
): Promise<{ choice: RuntimeChoice; tried: Tried[]; vectors: Float32Array[] }> {
  const { runtime = onnxRuntime, maxThreads, measure = imagesPerSecond, skip = [] } = options;
  const { precision } = folder;
  const probes = probePictures(folder.preprocess, PROBES);
  const tried: Tried[] = [];

  const onCpu = await loadImageEncoder(folder, { runtime });
  let vectors: Float32Array[];
  let choice: RuntimeChoice;
  try {
    vectors = await onCpu.encode(probes);
    choice = { provider: 'cpu', threads: 1, ...(await bestBatch(onCpu, measure)) };
  } finally {
    await onCpu.dispose();
  }
  const reference = options.reference ?? vectors;
  for (const threads of threadCounts(maxThreads)) {
    const encoder = await loadImageEncoder(folder, { runtime, intraOpThreads: threads });
    const speed = await measure(encoder, choice.batch).finally(() => encoder.dispose());
    // More than enough will not help either, and every try opens the model anew.
    if (speed <= choice.imagesPerSecond * THREADS_WORTH) break;
    choice = { ...choice, threads, imagesPerSecond: speed };
  }
  const off = difference(vectors, reference);
  tried.push({
    precision,
    provider: 'cpu',
    difference: off,
    imagesPerSecond: choice.imagesPerSecond,
    problem: null,
  });

  for (const provider of runtime.providers()) {
    if (provider === 'cpu') continue;
    if (skip.includes(provider)) {
      const problem = 'It ended the process when it was tried before.';
      tried.push({ precision, provider, difference: null, imagesPerSecond: null, problem });
      continue;
    }
    await options.trying?.(provider);
    const attempt = await tryProvider(folder, { runtime, provider, probes, vectors, measure });
    await options.trying?.(null);
    tried.push({ precision, ...attempt.tried });
    if (attempt.choice !== null && attempt.choice.imagesPerSecond > choice.imagesPerSecond)
      choice = attempt.choice;
  }
  return { choice, tried, vectors };
}

async function tryProvider(
  folder: ModelFolder,
  use: {
    runtime: Runtime;
    provider: Provider;
    probes: Float32Array[];
    vectors: Float32Array[];
    measure: (encoder: ImageEncoder, batch: number) => Promise<number>;
  },
): Promise<{ tried: Omit<Tried, 'precision'>; choice: RuntimeChoice | null }> {
  const { runtime, provider, probes, vectors, measure } = use;
  const refused = (problem: string, off: number | null = null): Awaited<ReturnType<typeof tryProvider>> => ({
    tried: { provider, difference: off, imagesPerSecond: null, problem },
    choice: null,
  });
  let encoder: ImageEncoder | undefined;
  try {
    encoder = await loadImageEncoder(folder, { runtime, provider });
    const off = difference(await encoder.encode(probes), vectors);
    if (!(off <= PARITY)) {
      return refused(
        `Its embeddings differ by ${off.toFixed(4)} from those of the CPU; ${PARITY} is the limit.`,
        off,
      );
    }
    const choice = { provider, threads: 1, ...(await bestBatch(encoder, measure)) };
    const tried = { provider, difference: off, imagesPerSecond: choice.imagesPerSecond, problem: null };
    return { tried, choice };
  } catch (error) {
    if (error instanceof SemblanceError) return refused(whyNot(error));
    throw error;
  } finally {
    await encoder?.dispose();
  }
}

async function bestBatch(
  encoder: ImageEncoder,
  measure: (encoder: ImageEncoder, batch: number) => Promise<number>,
): Promise<{ batch: number; imagesPerSecond: number }> {
  let best = { batch: 1, imagesPerSecond: 0 };
  for (const batch of BATCHES) {
    if (batch > best.imagesPerSecond * LONGEST_CALL_S && batch > 1) break;
    const speed = await measure(encoder, batch);
    if (speed > best.imagesPerSecond * WORTH) best = { batch, imagesPerSecond: speed };
  }
  return best;
}

/** 2, 4, ... beyond the one that was measured already, and the limit itself. */
function threadCounts(most: number): number[] {
  const counts: number[] = [];
  for (let threads = 2; threads < most; threads *= 2) counts.push(threads);
  return most > 1 ? [...counts, most] : [];
}

/** Largest 1 - cosine; NaN when there is nothing to compare. */
function difference(vectors: readonly Float32Array[], reference: readonly Float32Array[]): number {
  return Math.max(...vectors.map((vector, i) => 1 - dot(vector, reference[i] ?? [])), 0);
}

/** What the driver said, without its source lines; the model file is not to blame. */
function whyNot(error: SemblanceError): string {
  const said = reasonOf(error.cause ?? error).replace(/^\/\S+:\d+ .* was false\. /, '');
  return `It cannot be used here: ${said.slice(0, 200)}`;
}

const MEASURED_MS = 250;

/** The best of a few calls, the first left out: other programs only ever make a call slower. */
export async function imagesPerSecond(encoder: ImageEncoder, batch: number): Promise<number> {
  const pictures = probePictures(encoder.config, batch);
  await encoder.encode(pictures);
  let best = 0;
  let spent = 0;
  for (let calls = 0; calls < 2 || (spent < MEASURED_MS && calls < 50); calls++) {
    const begun = performance.now();
    await encoder.encode(pictures);
    const took = performance.now() - begun;
    spent += took;
    best = Math.max(best, (1000 * batch) / took);
  }
  return best;
}
