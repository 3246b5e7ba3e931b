// In step with the disk, whatever the watcher says: people move, rename, edit, copy, swap, replace and delete, events
// are lost, doubled, late and out of order, and after the next look the library is what a fresh one would be, with
// everything that a person has said still on record.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { seededRandom, tempDir } from '@semblance/testkit';
import { describe, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

type Photos = Map<string, string>;

const BASE = Date.UTC(2024, 0, 1);

/** A disk with a clock of its own: no two writes have the same date, as if they were seconds apart. */
function makeDisk(folder: string) {
  const files: Photos = new Map();
  let clock = 0;
  const at = (path: string) => join(folder, path);
  return {
    files,
    write(path: string, content: string) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
      const date = new Date(BASE + 1000 * clock++);
      utimesSync(at(path), date, date);
      files.set(path, content);
    },
    move(from: string, to: string) {
      mkdirSync(dirname(at(to)), { recursive: true });
      renameSync(at(from), at(to));
      files.set(to, files.get(from) ?? '');
      if (from !== to) files.delete(from);
    },
    remove(path: string) {
      rmSync(at(path));
      files.delete(path);
    },
    /** A second name of the same file. */
    link(from: string, to: string) {
      linkSync(at(from), at(to));
      files.set(to, files.get(from) ?? '');
    },
  };
}

/** Paths by content, of what is in sight. */
function shown({ engine, photos }: Bench): Record<string, string[]> {
  const { library } = engine.services;
  const tiles = library.timeline({ offset: 0, limit: 1000 }).photos;
  return Object.fromEntries(
    tiles.map(({ id }) => {
      const files = library.photo(id).files.map((file) => file.path);
      const content = readFileSync(files[0] ?? '', 'utf8');
      return [content, files.map((path) => path.slice(photos.length + 1)).sort()];
    }),
  );
}

function byContent(files: Photos): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const [path, content] of files) paths[content] = [...(paths[content] ?? []), path].sort();
  return paths;
}

/** The photo that shows this content. */
function photoWith(b: Bench, content: string): string | undefined {
  const { library } = b.engine.services;
  return library
    .timeline({ offset: 0, limit: 1000 })
    .photos.find(({ id }) => readFileSync(library.photo(id).files[0]?.path ?? '', 'utf8') === content)?.id;
}

interface Case {
  name: string;
  before: Record<string, string>;
  change: (disk: ReturnType<typeof makeDisk>) => void;
  /** Contents whose photo must be the same one as that of the content before. */
  same: Record<string, string>;
}

/** Contents of the same length are files of the same size. */
const CASES: Case[] = [
  { name: 'touched', before: { a: 'one' }, change: (d) => d.write('a', 'one'), same: { one: 'one' } },
  { name: 'renamed', before: { a: 'one' }, change: (d) => d.move('a', 'b'), same: { one: 'one' } },
  {
    name: 'renamed in case only',
    before: { 'a.jpg': 'one' },
    change: (d) => d.move('a.jpg', 'A.JPG'),
    same: { one: 'one' },
  },
  {
    name: 'moved into a folder',
    before: { a: 'one' },
    change: (d) => d.move('a', 'x/y/a'),
    same: { one: 'one' },
  },
  { name: 'edited', before: { a: 'one' }, change: (d) => d.write('a', 'two'), same: { two: 'one' } },
  { name: 'copied', before: { a: 'one' }, change: (d) => d.write('b', 'one'), same: { one: 'one' } },
  {
    name: 'copied, and the copy edited',
    before: { a: 'one', b: 'one' },
    change: (d) => d.write('b', 'two'),
    same: { one: 'one' },
  },
  {
    name: 'copied and edited between two looks',
    before: { a: 'one' },
    change: (d) => {
      d.write('b', 'one');
      d.write('a', 'two');
    },
    same: { one: 'one' },
  },
  {
    name: 'moved away, and another photo saved under the old name',
    before: { a: 'one' },
    change: (d) => {
      d.move('a', 'b');
      d.write('a', 'two');
    },
    same: { one: 'one' },
  },
  {
    name: 'two names swapped',
    before: { a: 'one', b: 'two' },
    change: (d) => {
      d.move('a', 'c');
      d.move('b', 'a');
      d.move('c', 'b');
    },
    same: { one: 'one', two: 'two' },
  },
  {
    name: 'moved on in a row, and a new photo at its head',
    before: { a: 'one', b: 'two', c: 'six' },
    change: (d) => {
      d.move('c', 'd');
      d.move('b', 'c');
      d.move('a', 'b');
      d.write('a', 'ten');
    },
    same: { one: 'one', two: 'two', six: 'six' },
  },
  {
    name: 'replaced by a photo that is known',
    before: { a: 'one', b: 'two' },
    change: (d) => d.move('b', 'a'),
    same: { two: 'two' },
  },
  {
    name: 'deleted beside others',
    before: { a: 'one', b: 'two' },
    change: (d) => d.remove('a'),
    same: { two: 'two' },
  },
  {
    name: 'hard-linked',
    before: { a: 'one' },
    change: (d) => d.link('a', 'b'),
    same: { one: 'one' },
  },
  {
    name: 'hard-linked, and the first name taken away',
    before: { a: 'one' },
    change: (d) => {
      d.link('a', 'b');
      d.remove('a');
    },
    same: { one: 'one' },
  },
  {
    name: 'deleted, and restored with another date',
    before: { a: 'one' },
    change: (d) => {
      d.remove('a');
      d.write('a', 'one');
    },
    same: { one: 'one' },
  },
  {
    name: 'spelled in another Unicode form, with emoji and from right to left',
    before: { 'caf\u00e9 🏖️.jpg': 'one', 'صورة العائلة.jpg': 'two' },
    change: (d) => {
      d.move('caf\u00e9 🏖️.jpg', 'cafe\u0301 🏖️.jpg');
      d.move('صورة العائلة.jpg', 'تمت/صورة.jpg');
    },
    same: { one: 'one', two: 'two' },
  },
  {
    name: 'a folder renamed',
    before: { 'x/a': 'one', 'x/b': 'two' },
    change: (d) => {
      d.move('x/a', 'z/a');
      d.move('x/b', 'z/b');
    },
    same: { one: 'one', two: 'two' },
  },
];

async function start(): Promise<{ b: Bench; disk: ReturnType<typeof makeDisk>; root: number }> {
  const b = await bench();
  const disk = makeDisk(b.photos);
  const { id } = await b.engine.services.folders.add(b.photos);
  return { b, disk, root: id };
}

const jpg = (files: Record<string, string>) =>
  Object.entries(files).map(([path, content]) => [/\./.test(path) ? path : `${path}.jpg`, content] as const);

describe('what happened between two looks', () => {
  for (const { name, before, change, same } of CASES) {
    test(name, async () => {
      const { b, disk } = await start();
      const { indexer, marks } = b.engine.services;
      for (const [path, content] of jpg(before)) disk.write(path, content);
      // Something that stays, so that the folder is never empty.
      disk.write('stays.jpg', 'stays as it is');
      await indexer.update();
      const ids = new Map(Object.values(before).map((content) => [content, photoWith(b, content) ?? '']));
      for (const [n, id] of [...ids.values()].entries()) {
        marks.mark({ photos: { kind: 'photos', ids: [id] }, rating: 1 + (n % 5), favourite: true });
      }
      const ending = (path: string) => (/\./.test(path) ? path : `${path}.jpg`);
      change({
        ...disk,
        write: (path, content) => disk.write(ending(path), content),
        move: (from, to) => disk.move(ending(from), ending(to)),
        remove: (path) => disk.remove(ending(path)),
        link: (from, to) => disk.link(ending(from), ending(to)),
      });
      await indexer.update();
      expect(shown(b)).toEqual(byContent(disk.files));
      for (const [after, was] of Object.entries(same)) expect(photoWith(b, after)).toBe(ids.get(was));
      for (const content of Object.keys(byContent(disk.files))) {
        const id = photoWith(b, content) ?? '';
        const known = [...ids.values()].includes(id);
        expect(b.engine.services.library.photo(id).favourite).toBe(known);
      }
    });
  }
});

/** One everyday change at random. Contents are short, so that many files have the same size. */
function change(disk: ReturnType<typeof makeDisk>, random: (low?: number, high?: number) => number): void {
  const any = () => [...disk.files.keys()][Math.floor(random(0, disk.files.size))] ?? '';
  const content = () => `${Math.floor(random(0, 90)) + 10}`.repeat(1 + Math.floor(random(0, 3)));
  const name = () => `${['', 'x/', 'y/z/'][Math.floor(random(0, 3))]}${Math.floor(random(0, 40))}.jpg`;
  const what = random();
  if (disk.files.size < 12 || what < 0.25) disk.write(name(), content());
  else if (what < 0.45) disk.write(any(), content());
  else if (what < 0.65) disk.move(any(), name());
  else if (what < 0.8) {
    const [one, other] = [any(), any()];
    disk.move(one, 'aside.jpg');
    if (other !== one) disk.move(other, one);
    disk.move('aside.jpg', other);
  } else if (what < 0.9) disk.write(name(), disk.files.get(any()) ?? '');
  else disk.remove(any());
}

describe('a working day with a bad watcher', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    test(`events lost, doubled, late and out of order (${seed})`, { timeout: 240_000 }, async () => {
      const random = seededRandom(seed);
      const { b, disk, root } = await start();
      const { indexer, marks, library } = b.engine.services;
      for (let i = 0; i < 14; i++) change(disk, random);
      await indexer.update();
      const said = new Map<string, number>();
      const late: number[] = [];
      for (let step = 0; step < 90; step++) {
        change(disk, random);
        // An event is a hint that something is different; whether it comes, when and how often is chance.
        const fate = random();
        if (fate < 0.3) void indexer.update([root]);
        else if (fate < 0.45) void Promise.all([indexer.update([root]), indexer.update([root])]);
        else if (fate < 0.6) late.push(step + Math.floor(random(1, 12)));
        if (late.includes(step)) void indexer.update([root]);
        if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, random(0, 12)));
        const { photos } = library.timeline({ offset: 0, limit: 1000 });
        const id = photos[Math.floor(random(0, photos.length))]?.id;
        if (id === undefined || random() < 0.5) continue;
        const rating = 1 + Math.floor(random(0, 5));
        marks.mark({ photos: { kind: 'photos', ids: [id] }, rating });
        said.set(id, rating);
      }
      await indexer.update();
      await indexer.update();
      const fresh = await bench({ shared: { folder: await tempDir(), atEnd: () => undefined } });
      try {
        const { id } = await fresh.engine.services.folders.add(b.photos);
        await fresh.engine.services.indexer.update([id]);
        expect(shown(b)).toEqual(shown({ ...fresh, photos: b.photos }));
        expect(shown(b)).toEqual(byContent(disk.files));
        const { counts } = await library.status();
        const { counts: wanted } = await fresh.engine.services.library.status();
        expect(counts).toMatchObject({
          photos: wanted.photos,
          indexed: wanted.indexed,
          pending: 0,
          failed: 0,
        });
      } finally {
        await fresh.engine.dispose();
      }
      for (const [id, rating] of said) expect(library.photo(id).rating).toBe(rating);
    });
  }

  test('whoever is still on the disk keeps what was said of it, however files were moved about', {
    timeout: 240_000,
  }, async () => {
    const random = seededRandom(77);
    const { b, disk } = await start();
    const { indexer, marks } = b.engine.services;
    for (let i = 0; i < 20; i++) change(disk, random);
    await indexer.update();
    for (let look = 0; look < 25; look++) {
      const before = new Map(Object.keys(shown(b)).map((content) => [content, photoWith(b, content) ?? '']));
      for (const id of before.values())
        marks.mark({ photos: { kind: 'photos', ids: [id] }, favourite: true });
      for (let i = 0; i < 6; i++) change(disk, random);
      await indexer.update();
      expect(shown(b)).toEqual(byContent(disk.files));
      for (const [content, id] of before) {
        if ([...disk.files.values()].includes(content)) expect(photoWith(b, content), content).toBe(id);
      }
    }
  });

  test('more than a batch moved on, with new photos under the old names', async () => {
    const { b, disk } = await start();
    const { indexer, pace } = b.engine.services;
    pace.choose('gentle');
    for (let i = 10; i < 40; i++) disk.write(`${i}.jpg`, `old ${i}`);
    await indexer.update();
    const before = new Map([...disk.files.values()].map((content) => [content, photoWith(b, content)]));
    for (let i = 10; i < 40; i++) {
      disk.move(`${i}.jpg`, `moved/${i}.jpg`);
      disk.write(`${i}.jpg`, `another ${i}`);
    }
    await indexer.update();
    for (const [content, id] of before) expect(photoWith(b, content), content).toBe(id);
  });
});
