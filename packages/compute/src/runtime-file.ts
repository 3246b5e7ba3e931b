// How this machine runs each model best, in a file beside the models: measured once, shared by every library, and never
// trusted blindly.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { dirname } from 'node:path';
import { RUNTIME_VERSION, type RuntimeChoice } from '@semblance/clip';

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

/** Another limit of threads is another measurement. */
export function choiceName(modelKey: string, mostThreads: number): string {
  return `${modelKey} ${mostThreads}`;
}

export async function keepChoice(file: string, name: string, choice: RuntimeChoice): Promise<void> {
  const kept = await readKept(file);
  await writeKept(file, { ...kept, choices: { ...kept.choices, [name]: choice } });
}

/** @param provider about to be used for the first time in this process; null when that went well */
export async function keepTrying(file: string, provider: string | null): Promise<void> {
  const trying = provider === null ? null : { provider, pid: process.pid };
  await writeKept(file, { ...(await readKept(file)), trying });
}

const machine = (): string =>
  [platform(), arch(), cpus()[0]?.model ?? '', availableParallelism(), RUNTIME_VERSION].join(' ');

export async function readKept(file: string): Promise<Kept> {
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

/** Nothing depends on it: where it cannot be written, it is measured at every start. */
async function writeKept(file: string, kept: Kept): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(part, `${JSON.stringify(kept, null, 1)}\n`);
    await rename(part, file);
  } catch {}
}
