// `npm run bench -- duplicates [photos]`: the pass over a whole library and over what is new, on made signatures and
// vectors. The pixels are answered for by the maker: what looking at them costs is counted and stated beside.
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '@semblance/catalog';
import { align, comparable, judge, type PictureToCompare, type Rgb } from '@semblance/core';
import { seededRandom } from '@semblance/testkit';
import { openVectors } from '@semblance/vectors';
import { createFinder, type FinderDeps } from '../../../packages/engine/src/services/duplicates-find.ts';
import { buildGroups } from '../../../packages/engine/src/services/duplicates-groups.ts';
import type { BenchResult } from '../main.ts';
import { addPhotos, COPIES, createLibrary, DIMENSIONS, originOf } from './synthetic.ts';

const NEW = 100;
const RULES = { order: ['oldest' as const], preferred: [], references: [] };

interface Measured {
  photos: number;
  fullSeconds: number;
  /** Of all threads: what the pass takes whatever else the machine does. */
  fullProcessorSeconds: number;
  groupSeconds: number;
  incrementalSeconds: number;
  comparisons: number;
  newComparisons: number;
  groups: number;
  longestBlockMs: number;
}

export async function bench(args: string[]): Promise<BenchResult> {
  const large = Number(args[0] ?? 100_000);
  const small = Math.round(large / 10);
  const [ten, hundred] = [await measure(small), await measure(large)];
  const pixels = pixelMilliseconds();
  const growth = Math.log(hundred.fullSeconds / ten.fullSeconds) / Math.log(large / small);
  const json = {
    photos: large,
    full100kSeconds: round(hundred.fullSeconds),
    full100kProcessorSeconds: round(hundred.fullProcessorSeconds),
    full10kSeconds: round(ten.fullSeconds),
    incremental100Seconds: round(hundred.incrementalSeconds),
    growthExponent: round(growth),
    comparisons: hundred.comparisons,
    copyMilliseconds: round(pixels.copy),
    otherMilliseconds: round(pixels.other),
  };
  return { json, report: report(ten, hundred, growth, pixels) };
}

async function measure(photos: number): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    createLibrary(directory);
    const store = await openVectors(join(directory, 'vectors'));
    const vectors = await store.table('bench', DIMENSIONS);
    await addPhotos(directory, vectors, 0, photos);
    await vectors.compact(1);
    const catalog = openCatalog(directory);
    let comparisons = 0;
    const compute = {
      async call(name: string, args: { contentHash: string }[]) {
        if (name !== 'comparePhotos') return { detail: 1, sharpness: 1, compression: 90 };
        comparisons += 1;
        // As an answer from another process comes: not before others had the thread.
        await new Promise((resolve) => setImmediate(resolve));
        const [a = 0, b = 0] = args.map(({ contentHash }) =>
          originOf(Number.parseInt(contentHash.slice(0, 20), 16)),
        );
        return {
          ok: true,
          likeness: { kind: a === b ? 'resaved' : 'none', ofA: [], ofB: [], difference: 0 },
        };
      },
    } as unknown as FinderDeps['compute'];
    const finder = createFinder({ catalog, vectors, modelKey: 'bench', compute, onChange: () => undefined });
    const wanted = () => buildGroups(catalog, RULES);
    const watch = watchThread();
    const before = process.cpuUsage();
    const full = await seconds(() => finder.run(wanted));
    const used = process.cpuUsage(before);
    const longestBlockMs = watch();
    const fullComparisons = comparisons;
    const group = await seconds(async () => void wanted());
    const groups = wanted().groups.size;
    await addPhotos(directory, vectors, photos, photos + NEW);
    const incremental = await seconds(() => finder.run(wanted));
    catalog.close();
    await store.close();
    return {
      photos,
      fullSeconds: full,
      fullProcessorSeconds: (used.user + used.system) / 1e6,
      groupSeconds: group,
      incrementalSeconds: incremental,
      comparisons: fullComparisons,
      newComparisons: comparisons - fullComparisons,
      groups,
      longestBlockMs,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Longest time for which nobody else had the thread, in milliseconds. */
function watchThread(): () => number {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    // What had the thread last never gave it back before this.
    return Math.max(longest, performance.now() - last);
  };
}

/** One comparison of pixels, of a copy and of another photo. */
function pixelMilliseconds(): { copy: number; other: number } {
  const pictures = Array.from({ length: 8 }, (_, i) => pictureToCompare(i));
  const copies = Array.from({ length: 8 }, (_, i) => pictureToCompare(i, 3));
  const time = (of: (i: number) => PictureToCompare): number => {
    const started = performance.now();
    for (const [i, a] of pictures.entries()) judge(a, of(i), align(a, of(i)));
    return (performance.now() - started) / pictures.length;
  };
  const copy = (i: number): PictureToCompare => copies[i] ?? pictureToCompare(i);
  const other = (i: number): PictureToCompare => pictures[(i + 1) % pictures.length] ?? pictureToCompare(i);
  // Once to warm up.
  time(copy);
  time(other);
  return { copy: time(copy), other: time(other) };
}

function pictureToCompare(seed: number, noise = 0): PictureToCompare {
  const random = seededRandom(seed + 1);
  const waves = Array.from(
    { length: 30 },
    () => [random(-9, 9), random(-9, 9), random(0, 7), random(4, 16)] as const,
  );
  const [width, height] = [240, 160];
  const grain = seededRandom(seed + 99);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / width];
    const level = waves.reduce(
      (sum, [u, v, phase, size]) => sum + size * Math.cos(3 * (u * x + v * y) + phase),
      128,
    );
    data.fill(Math.max(0, Math.min(255, level + grain(-noise, noise))), 3 * i, 3 * i + 3);
  }
  const picture: Rgb = { data, width, height };
  return { picture, prepared: comparable(picture), width: 4000, height: 2667, format: 'jpeg' };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function report(
  ten: Measured,
  hundred: Measured,
  growth: number,
  pixels: { copy: number; other: number },
): string {
  const row = (name: string, cell: (m: Measured) => string): string =>
    `| ${name} | ${cell(ten)} | ${cell(hundred)} |`;
  const pixelSeconds = (m: Measured): number => {
    const copies = Math.min(m.comparisons, (m.photos * COPIES) / 100);
    return (copies * pixels.copy + (m.comparisons - copies) * pixels.other) / 1000;
  };
  return [
    row('photos', (m) => m.photos.toLocaleString('en')),
    '|---|---:|---:|',
    row('full pass, seconds', (m) => m.fullSeconds.toFixed(1)),
    row('processor time of it, seconds', (m) => m.fullProcessorSeconds.toFixed(1)),
    row(`${NEW} new photos, seconds`, (m) => m.incrementalSeconds.toFixed(2)),
    row('groups made from what is on record, seconds', (m) => m.groupSeconds.toFixed(2)),
    row('groups', (m) => m.groups.toLocaleString('en')),
    row('comparisons of pixels, full pass', (m) => m.comparisons.toLocaleString('en')),
    row(`comparisons of pixels, ${NEW} new`, (m) => String(m.newComparisons)),
    row('what these would take one after another, seconds', (m) => pixelSeconds(m).toFixed(0)),
    row('longest time the thread was not free, ms', (m) => m.longestBlockMs.toFixed(0)),
    '',
    `Growth of the full pass: photos to the power of ${growth.toFixed(2)}. One comparison of pixels: ` +
      `${pixels.copy.toFixed(1)} ms for a copy, ${pixels.other.toFixed(1)} ms for another photo. ${cpus()[0]?.model}.`,
  ].join('\n');
}
