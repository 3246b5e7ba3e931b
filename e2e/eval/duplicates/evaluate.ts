// Makes a folder of known copies, lets the product find them, and counts pairs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readPhotoFolder, splitBySource } from '../search/photo-folder.ts';
import {
  bitsApart,
  CZKAWKA_HIGH,
  CZKAWKA_MEDIUM,
  cosineDistance,
  gradientHash,
  IMMICH_DISTANCE,
} from './baselines.ts';
import { type Found, findDuplicates } from './library.ts';
import { type KnownFile, type Truth, writeLabelledSet, writeMadeSet } from './set.ts';

const SEED = 20261123;
const COPIES = ['exact', 'resaved', 'edited'];

interface Rate {
  hits: number;
  of: number;
}

export interface MethodResult {
  name: string;
  /** Pairs that it calls copies, and those of them that are. */
  precision: Rate;
  /** Pairs of an original and what was made of it, by kind and by operation. */
  kinds: Record<Truth, Rate>;
  operations: Record<string, Rate>;
}

export interface PartResult {
  name: string;
  files: number;
  originals: number;
  methods: MethodResult[];
  /** Pairs of different photos of which one would be trashed for the other. */
  wronglyProposed: string[];
  missed: string[];
  indexSeconds: number;
  findSeconds: number;
}

export async function evaluateDuplicates(
  source: string,
  options: { model: string | undefined; photos: number | undefined },
  say: (line: string) => void,
): Promise<PartResult[]> {
  const { tuned, heldOut } = splitBySource(readPhotoFolder(source));
  const some = <T>(all: T[]): T[] => {
    const wanted = Math.min(options.photos ?? all.length, all.length);
    return all.filter((_, i) => (i * wanted) % all.length < wanted);
  };
  const parts: [string, (folder: string) => Promise<KnownFile[]>][] = [
    ['tuned on', (folder) => writeMadeSet(some(tuned), folder, SEED)],
    ['held out', (folder) => writeMadeSet(some(heldOut), folder, SEED)],
    ['duplicates.tsv', (folder) => writeLabelledSet(source, folder)],
  ];
  const results: PartResult[] = [];
  for (const [name, write] of parts) {
    const folder = await mkdtemp(join(tmpdir(), 'semblance-eval-'));
    try {
      say(`eval: ${name}: making pictures`);
      const files = await write(folder);
      say(`eval: ${name}: ${files.length} files, indexing`);
      const found = await findDuplicates(folder, options.model);
      say(
        `eval: ${name}: indexed in ${found.indexSeconds.toFixed(0)} s, compared in ${found.findSeconds.toFixed(0)} s`,
      );
      results.push(await measurePart(name, files, found));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return results;
}

async function measurePart(name: string, files: readonly KnownFile[], found: Found): Promise<PartResult> {
  const groupOf = new Map<string, string>();
  const wronglyProposed: string[] = [];
  const originOf = new Map(files.map((file) => [file.path, file.origin]));
  for (const { id, kind, photos } of found.groups) {
    const kept = photos.filter((photo) => photo.keep);
    for (const { path, keep } of photos) {
      if (COPIES.includes(kind)) groupOf.set(path, id);
      if (keep || kept.some((other) => originOf.get(other.path) === originOf.get(path))) continue;
      wronglyProposed.push(
        `${kind}: ${basename(path)} for ${kept.map((other) => basename(other.path)).join(', ')}`,
      );
    }
  }
  const ours = (a: KnownFile, b: KnownFile): boolean => {
    const group = groupOf.get(a.path);
    return group !== undefined && group === groupOf.get(b.path);
  };
  const hashes = new Map<string, Uint8Array>();
  for (const { path } of files) {
    const hash = await gradientHash(path);
    if (hash !== null) hashes.set(path, hash);
  }
  const byHash =
    (distance: number) =>
    (a: KnownFile, b: KnownFile): boolean => {
      const [left, right] = [hashes.get(a.path), hashes.get(b.path)];
      return left !== undefined && right !== undefined && bitsApart(left, right) <= distance;
    };
  const byVector = (a: KnownFile, b: KnownFile): boolean => {
    const [left, right] = [found.vectors.get(a.path), found.vectors.get(b.path)];
    return left !== undefined && right !== undefined && cosineDistance(left, right) <= IMMICH_DISTANCE;
  };
  const missed = files.flatMap((file) => {
    const original = files.find((other) => other.origin === file.origin && other.made === null);
    if (file.made === null || original === undefined || ours(original, file)) return [];
    return [`${file.made.operation}: ${basename(file.path)}`];
  });
  return {
    name,
    files: files.length,
    originals: files.filter((file) => file.made === null).length,
    methods: [
      measureMethod('Semblance', files, ours),
      measureMethod(`64-bit gradient hash, distance ${CZKAWKA_HIGH}`, files, byHash(CZKAWKA_HIGH)),
      measureMethod(`64-bit gradient hash, distance ${CZKAWKA_MEDIUM}`, files, byHash(CZKAWKA_MEDIUM)),
      measureMethod(`CLIP alone, distance ${IMMICH_DISTANCE}`, files, byVector),
    ],
    wronglyProposed,
    missed,
    indexSeconds: found.indexSeconds,
    findSeconds: found.findSeconds,
  };
}

function measureMethod(
  name: string,
  files: readonly KnownFile[],
  says: (a: KnownFile, b: KnownFile) => boolean,
): MethodResult {
  const precision: Rate = { hits: 0, of: 0 };
  const kinds: Record<Truth, Rate> = {
    exact: { hits: 0, of: 0 },
    resaved: { hits: 0, of: 0 },
    edited: { hits: 0, of: 0 },
  };
  const operations: Record<string, Rate> = {};
  for (const [at, a] of files.entries()) {
    for (const b of files.slice(at + 1)) {
      const hit = says(a, b);
      const same = a.origin === b.origin;
      if (hit) count(precision, same);
      const made = a.made === null ? b.made : b.made === null ? a.made : null;
      if (!same || made === null) continue;
      count(kinds[made.kind], hit);
      operations[made.operation] ??= { hits: 0, of: 0 };
      count(operations[made.operation] ?? precision, hit);
    }
  }
  return { name, precision, kinds, operations };
}

function count(rate: Rate, hit: boolean): void {
  rate.of += 1;
  if (hit) rate.hits += 1;
}
