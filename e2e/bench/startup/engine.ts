// Started by bench.ts: the bundled engine in a process of its own, timed from when its program begins to load.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBundledEngine } from '../../../build/packaging/bundled-engine.ts';

export interface EngineStart {
  /** From the beginning of loading the program until the library is open: milliseconds. */
  readyMs: number;
  /** Processor time of the engine for that: milliseconds. */
  engineCpuMs: number;
  /** Of the compute process, which loads the model meanwhile; NaN where it cannot be told. */
  computeCpuMs: number;
  /** From asking for the first 2,000 photos to their arrival: milliseconds. */
  firstPageMs: number;
  firstPageCpuMs: number;
  photos: number;
}

const [libraryDirectory = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');
const out = join(root, 'apps/desktop/out');

const [started, before] = [performance.now(), processorMs()];
const engine = await startBundledEngine(join(out, 'engine/engine.mjs'), {
  libraryDirectory,
  modelDirectory: join(root, 'assets/models/starter'),
  bundledModelsDirectory: join(root, 'assets/models'),
  modelsDirectory: join(libraryDirectory, 'models'),
  labelPacksDirectory: join(root, 'assets/label-packs'),
  samplesDirectory: join(root, 'assets/samples'),
  citiesFile: join(root, 'assets/places/cities.tsv.br'),
  version: 'bench',
  compute: { kind: 'node', executable: process.execPath, program: join(out, 'compute/compute.mjs') },
});
const readyMs = performance.now() - started;
const engineCpuMs = processorMs() - before;
const computeCpuMs = childrenMs();
const client = await engine.connect();
const [asked, beforePage] = [performance.now(), processorMs()];
const { total } = await client.library.timeline({ offset: 0, limit: 2000 });
const start: EngineStart = {
  readyMs,
  engineCpuMs,
  computeCpuMs,
  firstPageMs: performance.now() - asked,
  firstPageCpuMs: processorMs() - beforePage,
  photos: total,
};
console.log(JSON.stringify(start));
engine.end();

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of this process' children, from Linux's /proc, in ticks of 10 ms (man 5 proc_pid_stat). */
function childrenMs(): number {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
    const ticks = children
      .trim()
      .split(' ')
      .flatMap((pid) =>
        readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
          .slice(11, 13)
          .map(Number),
      );
    return ticks.reduce((sum, value) => sum + value, 0) * 10;
  } catch {
    return Number.NaN;
  }
}
