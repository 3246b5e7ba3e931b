// Indexes a folder as the product does: an engine in this process, compute processes beside it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, forkCompute, openEngine } from '@semblance/engine';
import { memoryMb, processorMs, type Spent, stopwatch } from './processor.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface Mark extends Spent {
  photos: number;
  computeMb: number;
  engineMb: number;
}

export interface OurRun extends Spent {
  photos: number;
  /** The most that each process ever held. */
  computeMb: number;
  engineMb: number;
  /** Every so many photos, since the one before. */
  marks: Mark[];
}

/**
 * @param rehearsal a few photos that are indexed first, so that what is measured is not a start
 * @param every photos between two marks
 */
async function run(model: string, rehearsal: string, photos: string, every: number): Promise<OurRun> {
  const library = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  const spawn = forkCompute(join(ROOT, 'packages/compute/src/main.ts'));
  let compute = process.pid;
  let ended = 0;
  let peak = 0;
  const look = (): number => {
    peak = Math.max(peak, memoryMb(compute).peak);
    return processorMs(compute);
  };
  const engine = await openEngine({
    libraryDirectory: library,
    modelDirectory: model,
    bundledModelsDirectory: model,
    modelsDirectory: join(library, 'models'),
    host: { kind: 'cli', version: '0' },
    spawnCompute(role) {
      const channel = spawn(role);
      if (role === 'background') {
        // One that took the place of another: what that one had used still counts.
        ended = used;
        compute = channel.pid ?? process.pid;
      }
      return channel;
    },
  });
  let used = 0;
  const timer = setInterval(() => {
    used = ended + look();
  }, 50);
  try {
    engine.services.pace.insist('full');
    await index(engine, rehearsal);
    const ours = (): number => ended + look() + processorMs(process.pid);
    const marks: Mark[] = [];
    let lap = stopwatch(ours);
    let last = engine.services.progress.get().done;
    const whole = stopwatch(ours);
    const before = last;
    const watch = setInterval(() => {
      const { done } = engine.services.progress.get();
      if (done - last < every) return;
      marks.push({
        photos: done - last,
        ...lap(),
        computeMb: memoryMb(compute).now,
        engineMb: memoryMb(process.pid).now,
      });
      lap = stopwatch(ours);
      last = done;
      console.error(JSON.stringify({ done, ...marks.at(-1) }));
    }, 20);
    await index(engine, photos);
    clearInterval(watch);
    const spent = whole();
    const { indexed } = (await engine.services.library.status()).counts;
    return {
      photos: indexed - before,
      ...spent,
      computeMb: peak,
      engineMb: memoryMb(process.pid).peak,
      marks,
    };
  } finally {
    clearInterval(timer);
    await engine.dispose();
    await rm(library, { recursive: true, force: true });
  }
}

async function index(engine: Engine, folder: string): Promise<void> {
  const { id } = await engine.services.folders.add(folder);
  await engine.services.indexer.update([id]);
}

if (import.meta.main) {
  const [model = '', rehearsal = '', photos = '', every = '1000'] = process.argv.slice(2);
  console.log(JSON.stringify(await run(model, rehearsal, photos, Number(every))));
}
