// The image encoder as this machine runs it best: measured once per model, kept in a file, and never trusted blindly.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
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

interface Kept {
  /** Another machine, or other hardware in it: everything is measured again. */
  machine: string;
  /** By model key and thread limit. */
  choices: Record<string, RuntimeChoice>;
  /** Written before a provider is used for the first time in a process: what is still here at a start ended the last one. */
  trying: { provider: string; pid: number } | null;
  /** Providers that ended a process. */
  ended: string[];
}

/** Measuring takes seconds: it pays for a library, not for a handful of photos. */
const PHOTOS_BEFORE_MEASURING = 256;

export interface TunedEncoder extends ImageEncoder {
  /** Pictures per call. */
  batch(): number;
}

/**
 * An encoder on the CPU that after some hundred photos stops once to measure what else this machine has, and goes on with
 * the best; from the next start on it begins with that. Its calls must not overlap.
 *
 * @param options for tests
 */
export async function loadTunedEncoder(
  folder: ModelFolder,
  { runtimeFile, intraOpThreads }: { runtimeFile: string; intraOpThreads: number },
  options: Pick<ChooseOptions, 'runtime' | 'measure'> = {},
): Promise<TunedEncoder> {
  const name = `${folder.key} ${intraOpThreads}`;
  const { runtime } = options;
  const plain: RuntimeChoice = {
    provider: 'cpu',
    threads: intraOpThreads,
    batch: ENCODER_BATCH,
    imagesPerSecond: 0,
  };

  async function trying(provider: string | null): Promise<void> {
    const kept = await readKept(runtimeFile);
    await writeKept(runtimeFile, {
      ...kept,
      trying: provider === null ? null : { provider, pid: process.pid },
    });
  }

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
    const kept = await readKept(runtimeFile);
    await writeKept(runtimeFile, { ...kept, choices: { ...kept.choices, [name]: choice } });
    return choice;
  }

  const kept = await readKept(runtimeFile);
  const before = kept.choices[name];
  const known = before !== undefined && !kept.ended.includes(before.provider);
  let choice = known ? before : plain;
  let unmeasured = known ? Number.NEGATIVE_INFINITY : 0;
  let encoder = await open(choice);
  return {
    config: encoder.config,
    dimensions: encoder.dimensions,
    batch: () => choice.batch,
    async encode(pictures) {
      if (unmeasured >= PHOTOS_BEFORE_MEASURING) {
        unmeasured = Number.NEGATIVE_INFINITY;
        // One at a time: large models would not fit twice.
        await encoder.dispose();
        // Measuring is a luxury: whatever goes wrong, the photos come first.
        choice = await measure().catch(() => plain);
        encoder = await open(choice);
      }
      unmeasured += pictures.length;
      return encoder.encode(pictures);
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

const machine = (): string =>
  [platform(), arch(), cpus()[0]?.model ?? '', availableParallelism(), process.versions.modules].join(' ');

async function readKept(file: string): Promise<Kept> {
  const fresh: Kept = { machine: machine(), choices: {}, trying: null, ended: [] };
  const text = await readFile(file, 'utf8').catch(() => '{}');
  let kept: Kept;
  try {
    kept = { ...fresh, ...(JSON.parse(text) as Partial<Kept>) };
  } catch {
    return fresh;
  }
  if (kept.machine !== fresh.machine) return fresh;
  const { trying } = kept;
  if (trying === null || isAlive(trying.pid)) return kept;
  const ended = { ...kept, ended: [...new Set([...kept.ended, trying.provider])], trying: null };
  await writeKept(file, ended);
  return ended;
}

/** Another process of this library may be trying right now. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Nothing depends on it: a library that cannot be written to is measured at every start. */
async function writeKept(file: string, kept: Kept): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, `${JSON.stringify(kept, null, 1)}\n`);
    await rename(part, file);
  } catch {}
}
