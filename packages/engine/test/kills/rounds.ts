// kill -9 of engine and compute processes at random moments, over and over on one library, and what is left after each.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { lockLibrary, openCatalog } from '@semblance/catalog';
import { hashVector, openVectors } from '@semblance/vectors';
import { createDisk } from './disk.ts';
import { createPerson, type Person } from './person.ts';
import type { Line } from './worker.ts';

export type Random = (low?: number, high?: number) => number;

export interface KillOptions {
  /** Empty; library and photos are made in it. */
  folder: string;
  kills: number;
  seed: number;
  random: Random;
  /** Bytes of the nth photo, no two alike. */
  photo: (n: number) => Uint8Array;
  /** A model folder for real compute processes; '' for the fake one inside the engine's process. */
  modelDirectory: string;
  modelKey: string;
  dimensions: number;
  /** Longest time between two kills, ms. */
  longestMs: number;
  onKill?: (done: number) => void;
}

export interface KillReport {
  engineKills: number;
  computeKills: number;
  /** Of the engine's, before it had opened the library. */
  duringOpen: number;
  photos: number;
  acknowledged: number;
  /** Files called failed because two kills hit them; all must be well when tried again. */
  quarantined: number;
  /** Looks at the library in which catalog and vectors stood a batch apart, as they may. */
  apart: number;
  /** What must never be. Empty when all is well. */
  violations: string[];
}

const WORKER = join(import.meta.dirname, 'worker.ts');
/** A compute process whose engine is dead ends by itself within this time, ms. */
const ORPHAN_MS = 20_000;
/** A start that takes longer is not waited for, ms. */
const LONGEST_START_MS = 30_000;

interface Life {
  process: ChildProcess;
  computes: number[];
  open: boolean;
  /** Photos are in sight, and somebody marks them. */
  acting: boolean;
  ended: Promise<unknown>;
  done: Extract<Line, { say: 'done' }> | null;
}

export async function killRounds(options: KillOptions): Promise<KillReport> {
  const { folder, random, kills, longestMs } = options;
  const disk = createDisk(join(folder, 'photos'), random, options.photo);
  const person = createPerson();
  const report: KillReport = {
    ...{ engineKills: 0, computeKills: 0, duringOpen: 0, photos: 0 },
    ...{ acknowledged: 0, quarantined: 0, apart: 0, violations: [] },
  };
  const done = () => report.engineKills + report.computeKills;
  disk.add(30);
  while (done() < kills) {
    const life = start(options, person, done());
    // Some die while they open the library, before there is anything to kill beside them.
    const early = random() < 0.15;
    // The others in the first batch, or later.
    const heard = random() < 0.4 ? () => life.open : () => life.acting;
    if (!early) await Promise.race([until(heard), wait(LONGEST_START_MS), life.ended]);
    for (;;) {
      disk.add(3);
      const deadline = performance.now() + random(0, longestMs);
      while (performance.now() < deadline) {
        disk.change();
        await wait(15);
      }
      if (early || random() < 0.6 || done() >= kills - 1) break;
      if (endCompute(life)) report.computeKills += 1;
    }
    if (life.process.exitCode !== null) report.violations.push('an engine ended by itself');
    life.process.kill('SIGKILL');
    await life.ended;
    report.engineKills += 1;
    if (!life.open) report.duringOpen += 1;
    person.end();
    await orphansGone(life, report);
    await judge(options, person, disk.touched(), report);
    options.onKill?.(done());
  }
  await finish(options, person, disk, report);
  report.acknowledged = person.acknowledged();
  return report;
}

function start({ folder, modelDirectory, seed }: KillOptions, person: Person, n: number, mode = ''): Life {
  const child = spawn(process.execPath, [WORKER, folder, modelDirectory, String(seed + n), mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const life: Life = {
    process: child,
    computes: [],
    open: false,
    acting: false,
    ended: once(child, 'close'),
    done: null,
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.endsWith('}')) return;
    const line = JSON.parse(text) as Line;
    if (line.say === 'open') life.open = true;
    if (line.say === 'try') life.acting = true;
    if (line.say === 'compute') life.computes.push(line.pid);
    if (line.say === 'done') life.done = line;
    person.hear(line);
  });
  child.stdin.on('error', () => undefined);
  return life;
}

/** Ends one of the engine's compute processes, or the one inside it. */
function endCompute(life: Life): boolean {
  const pid = life.computes.at(-1);
  if (pid === undefined) return life.process.stdin?.write('crash\n') !== undefined;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

async function orphansGone(life: Life, report: KillReport): Promise<void> {
  const alive = () => life.computes.filter(isAlive);
  const begun = performance.now();
  while (alive().length > 0 && performance.now() - begun < ORPHAN_MS) await wait(20);
  for (const pid of alive()) {
    report.violations.push('a compute process outlived its engine');
    process.kill(pid, 'SIGKILL');
  }
}

/** What the dead left behind, looked at as the next start will find it. */
async function judge(
  { folder, modelKey, dimensions }: KillOptions,
  person: Person,
  touched: readonly string[],
  report: KillReport,
): Promise<void> {
  const directory = join(folder, 'library');
  const bad = (...sentences: readonly string[]) => report.violations.push(...sentences);
  bad(...touched);
  const lock = lockLibrary(directory);
  const catalog = openCatalog(directory);
  const store = await openVectors(join(directory, 'vectors'));
  try {
    bad(...catalog.verifyIntegrity(), ...person.lost(catalog));
    const table = await store.table(modelKey, dimensions);
    const stored = new Map<string, string>();
    for await (const rows of table.scan()) {
      for (const { photoId, vector } of rows) {
        if (stored.has(photoId)) bad(`two vectors of ${photoId}`);
        stored.set(photoId, hashVector(vector));
      }
    }
    const promised = catalog.vectorHashes(modelKey);
    for (const [photoId, hash] of promised) {
      if (stored.get(photoId) !== hash) bad(`the vector of ${photoId} is not the promised one`);
    }
    if (stored.size !== promised.size) report.apart += 1;
  } finally {
    await store.close();
    catalog.close();
    lock.release();
  }
}

/** Nobody does anything: the next start brings everything in order. */
async function finish(
  options: KillOptions,
  person: Person,
  disk: ReturnType<typeof createDisk>,
  report: KillReport,
): Promise<void> {
  const life = start(options, person, 0, '--finish');
  await life.ended;
  if (life.done === null) report.violations.push('the last start did not come to its end');
  report.quarantined = life.done?.failed ?? 0;
  if ((life.done?.again ?? 0) > 0) report.violations.push(`${life.done?.again} files stay failed`);
  await judge(options, person, disk.touched(), report);
  const directory = join(options.folder, 'library');
  const lock = lockLibrary(directory);
  const catalog = openCatalog(directory);
  const { photos, indexed, pending, failed } = catalog.counts(options.modelKey);
  const paths = catalog
    .timeline({ offset: 0, limit: 1_000_000 })
    .photos.flatMap(({ id }) =>
      (catalog.photo(id, options.modelKey)?.files ?? []).map((file) => ({ path: file.path, id })),
    );
  const root = join(options.folder, 'photos');
  for (const { path, id } of paths) {
    if (disk.files.get(path.slice(root.length + 1)) !== catalog.contentHash(id)) {
      report.violations.push(`${path} is another photo on record`);
    }
  }
  const distinct = new Set(disk.files.values()).size;
  if (
    photos !== distinct ||
    indexed !== distinct ||
    pending + failed > 0 ||
    paths.length !== disk.files.size
  ) {
    report.violations.push(
      `${distinct} photos in ${disk.files.size} files on disk, on record ${photos} in ${paths.length}, ` +
        `${indexed} searchable, ${pending} waiting, ${failed} failed`,
    );
  }
  report.photos = photos;
  catalog.close();
  lock.release();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(5);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
