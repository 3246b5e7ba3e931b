// A small library of pretend duplicates, and everything about it that an act may change, in one comparable value.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Engine } from '../src/engine.ts';
import { type Bench, bench } from './harness.ts';

/** Three groups: the first name of each is kept. Bytes differ, as they do for resaved copies. */
export const GROUPS = [
  ['a.jpg', 'copies/a.jpg', 'copies/a2.jpg'],
  ['b.jpg', 'copies/b.jpg'],
  ['c.jpg', 'copies/c.jpg'],
] as const;

export const FILES: Record<string, string> = {
  'a.jpg': 'the one of a',
  'b.jpg': 'the one of b',
  'c.jpg': 'the one of c',
  'copies/a.jpg': 'a copy of a',
  'copies/a2.jpg': 'another copy of a',
  'copies/a.xmp': '<x:xmpmeta/>',
  'copies/b.jpg': 'a copy of b',
  'copies/b.jpg.json': '{}',
  'copies/c.jpg': 'a copy of c',
};

export interface TrashBench extends Bench {
  ids: Ids;
}

type Options = NonNullable<Parameters<typeof bench>[0]>;

export async function trashBench(options: Options = {}): Promise<TrashBench> {
  const made = await bench(options);
  await made.write(FILES);
  await fill(made.engine, made.photos, made.library);
  return Object.assign(made, { ids: idsOf(made.library) });
}

/** Indexes the folder, and says something of every copy. */
export async function fill(engine: Engine, photos: string, library: string): Promise<void> {
  const { folders, indexer, marks, albums } = engine.services;
  await folders.add(photos);
  await indexer.update();
  const ids = idsOf(library);
  const photo = (name: string) => ({ kind: 'photos' as const, ids: [ids.get(name)?.photoId ?? ''] });
  marks.mark({ photos: photo('copies/a.jpg'), favourite: true, rating: 3 });
  marks.mark({ photos: photo('copies/a2.jpg'), rating: 5 });
  marks.mark({ photos: photo('b.jpg'), rating: 4 });
  marks.mark({ photos: photo('copies/b.jpg'), rating: 2 });
  albums.create({ name: 'Boat', query: null, photos: photo('copies/c.jpg') });
}

type Ids = ReadonlyMap<string, { fileId: number; photoId: string }>;

/** By path relative to the folder. Read beside the engine, which names photos and never files. */
export function idsOf(library: string): Ids {
  return new Map(
    query(library, `SELECT id, rel_path, photo_id FROM files WHERE presence = 'present'`).map((row) => [
      String(row.rel_path),
      { fileId: Number(row.id), photoId: String(row.photo_id) },
    ]),
  );
}

export function query(library: string, sql: string): Record<string, SQLOutputValue>[] {
  const database = new DatabaseSync(join(library, 'catalog.sqlite'), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

export function request(ids: Ids) {
  const keepers = new Map<number, number>();
  for (const [keep, ...rest] of GROUPS) {
    for (const name of rest) keepers.set(ids.get(name)?.fileId ?? 0, ids.get(keep)?.fileId ?? 0);
  }
  return { kind: 'duplicates-apply' as const, fileIds: [...keepers.keys()], keepers };
}

/** Everything that must be as before or as decided: bytes by path, and what is said of the photos in sight. */
export function stateOf(engine: Engine, photos: string) {
  const { library, albums } = engine.services;
  const shown = library.timeline({ offset: 0, limit: 1000 }).photos.map(({ id }) => {
    const { files, favourite, rating, takenAt, place, dateSource } = library.photo(id);
    const names = files.filter((file) => file.reachable).map((file) => relative(photos, file.path));
    const inAlbums = albums.of(id).map((album) => album.name);
    return { names, favourite, rating, takenAt, place, dateSource, albums: inAlbums };
  });
  shown.sort((a, b) => (a.names.join() < b.names.join() ? -1 : 1));
  return { files: Object.fromEntries(filesBelow(photos)), shown };
}

/** SHA-256 by relative path. */
export function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name.split('\\').join('/'), sha(readFileSync(join(folder, name)))]),
  );
}

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const CONTENTS: ReadonlySet<string> = new Set(
  Object.values(FILES).map((text) => sha(Buffer.from(text))),
);
