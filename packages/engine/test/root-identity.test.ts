// Folders are the ones they are, not the ones that lie at a path: disks are swapped, come back elsewhere, are renamed.
// The "disks" are real folders with a number of their own, which are moved about as mounting would show them.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Volumes } from '@semblance/scan';
import { describe, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

const DATE = new Date(Date.UTC(2024, 0, 1));

/** Tells disks apart by the folder that stands for each, wherever it is renamed to. */
function fakeDisks() {
  const disks = new Map<string, string>();
  const mounted = new Set<string>();
  const keyOf = (path: string): string | null => {
    try {
      const { ino, dev } = statSync(path);
      return `${dev}:${ino}`;
    } catch {
      return null;
    }
  };
  const volumes: Volumes = {
    async placeOf(folder) {
      for (let top = folder; top !== dirname(top); top = dirname(top)) {
        const volume = disks.get(keyOf(top) ?? '');
        if (volume !== undefined) return { volume, inside: relative(top, folder) };
      }
      return null;
    },
    async find({ volume, inside }) {
      return [...mounted]
        .filter((top) => disks.get(keyOf(top) ?? '') === volume)
        .map((top) => join(top, inside));
    },
  };
  return {
    volumes,
    /** A new disk, mounted there. */
    add(mountPoint: string, files: Record<string, string>, at = DATE) {
      for (const [path, content] of Object.entries(files)) {
        const file = join(mountPoint, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
        utimesSync(file, at, at);
      }
      const key = keyOf(mountPoint);
      if (key !== null) disks.set(key, `uuid:${key}`);
      mounted.add(mountPoint);
    },
    /** Unmounted at one place and mounted at another one. */
    move(from: string, to: string) {
      renameSync(from, to);
      mounted.delete(from);
      mounted.add(to);
    },
  };
}

const card = (of: string, count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`DCIM/IMG_${i}.jpg`, `${of} number ${i}`]));

async function start() {
  const disks = fakeDisks();
  const b = await bench({ volumes: disks.volumes });
  const media = join(b.photos, '../media');
  mkdirSync(media);
  const stick = join(media, 'CARD');
  const { folders, indexer } = b.engine.services;
  return { b, disks, media, stick, folders, indexer };
}

/** A card whose photos, or those of one of its folders, are indexed and all marked. */
async function indexed(count: number, inside = '') {
  const begun = await start();
  begun.disks.add(begun.stick, card('holiday', count));
  const { id } = await begun.folders.add(join(begun.stick, inside));
  await begun.indexer.update();
  return { ...begun, id, ids: love(begun.b) };
}

function contents({ engine }: Bench): string[] {
  const { library } = engine.services;
  return library
    .timeline({ offset: 0, limit: 1000 })
    .photos.filter((photo) => !photo.offline)
    .map(({ id }) => readFileSync(library.photo(id).files.find((file) => file.reachable)?.path ?? '', 'utf8'))
    .sort();
}

/** Marks every photo in sight as a favourite, by its id. */
function love({ engine }: Bench): string[] {
  const { library, marks } = engine.services;
  const ids = library.timeline({ offset: 0, limit: 1000 }).photos.map((photo) => photo.id);
  marks.mark({ photos: { kind: 'photos', ids }, favourite: true, rating: 4 });
  return ids.sort();
}

function loved({ engine }: Bench): string[] {
  const { library } = engine.services;
  return library
    .timeline({ offset: 0, limit: 1000 })
    .photos.filter(({ id }) => library.photo(id).favourite && library.photo(id).rating === 4)
    .map(({ id }) => id)
    .sort();
}

describe('another disk in the same place', () => {
  for (const many of [3, 30]) {
    test(`is not taken for the folder, although its ${many} photos have the same names`, async () => {
      const { b, disks, media, stick } = await start();
      const { folders, indexer, library } = b.engine.services;
      disks.add(stick, card('holiday', many));
      const { id } = await folders.add(join(stick, 'DCIM'));
      await indexer.update();
      const ids = love(b);
      disks.move(stick, join(media, 'in the drawer'));
      disks.add(stick, card('another person', many));
      await indexer.update();

      const [folder] = folders.list();
      expect(folder).toMatchObject({ id, state: 'offline', stranger: true });
      expect(folder?.note).toContain('Another drive');
      expect(loved(b)).toEqual(ids);
      expect((await library.status()).counts).toMatchObject({ photos: many, offline: many, missing: 0 });
      expect(b.fake.ingested).toHaveLength(many);

      // The first one again: as if nothing had been.
      rmSync(stick, { recursive: true });
      disks.move(join(media, 'in the drawer'), stick);
      await indexer.update();
      expect(folders.list()[0]).toMatchObject({ state: 'online', stranger: false, note: null });
      expect(loved(b)).toEqual(ids);
      expect(contents(b)).toEqual(Object.values(card('holiday', many)).sort());
      expect(b.fake.ingested).toHaveLength(many);
    });
  }

  test('can be taken in its place by the person, and gets nothing that was said of the other one', async () => {
    const { b, disks, media, stick, folders, indexer, id, ids } = await indexed(5);
    disks.move(stick, join(media, 'drawer'));
    disks.add(stick, card('another person', 7));
    // Nobody has been told yet that it is another one: saying "they are gone" is not about that.
    await indexer.accept(id);
    expect(folders.list()[0]).toMatchObject({ state: 'offline', stranger: true });
    await indexer.accept(id);
    expect(folders.list()[0]).toMatchObject({ state: 'online', stranger: false });
    expect(contents(b)).toEqual(Object.values(card('another person', 7)).sort());
    expect(loved(b)).toEqual([]);
    // What was said of the first card's photos waits for them.
    await folders.add(join(media, 'drawer'));
    await indexer.update();
    expect(loved(b)).toEqual(ids);
  });

  test('with a copy of the photos is the folder', async () => {
    const { b, disks, media, stick, folders, indexer, ids } = await indexed(30);
    disks.move(stick, join(media, 'old disk'));
    disks.add(stick, { ...card('holiday', 30), 'DCIM/new.jpg': 'one more' });
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ state: 'online' });
    expect(loved(b)).toEqual(ids);
    expect(contents(b)).toHaveLength(31);
    expect(b.fake.ingested).toHaveLength(31);
  });

  test('that is empty: an unmounted disk leaves its mount point', async () => {
    const { b, disks, media, stick } = await start();
    disks.add(stick, card('holiday', 3));
    await b.engine.services.folders.add(stick);
    await b.engine.services.indexer.update();
    const ids = love(b);
    disks.move(stick, join(media, 'drawer'));
    rmSync(join(media, 'drawer'), { recursive: true });
    mkdirSync(stick);
    await b.engine.services.indexer.update();
    expect(b.engine.services.folders.list()[0]).toMatchObject({ state: 'offline', stranger: false });
    expect(loved(b)).toEqual(ids);
  });
});

describe('the same disk in another place', () => {
  test('is found, offered, and taken over with everything that was said', async () => {
    const { b, disks, media, stick, folders, indexer, id, ids } = await indexed(6, 'DCIM');
    const elsewhere = join(media, 'CARD1');
    disks.move(stick, elsewhere);
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ state: 'offline', foundAt: join(elsewhere, 'DCIM') });
    await folders.follow(id);
    await indexer.update();
    expect(folders.list()).toMatchObject([
      { id, path: join(elsewhere, 'DCIM'), state: 'online', foundAt: null, photos: 6 },
    ]);
    expect(loved(b)).toEqual(ids);
    expect(contents(b)).toHaveLength(6);
    expect(b.fake.ingested).toHaveLength(6);
  });

  test('is found although another one has taken its old place', async () => {
    const { disks, media, stick, folders, indexer } = await indexed(6);
    disks.move(stick, join(media, 'CARD1'));
    disks.add(stick, card('another person', 6));
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ stranger: true, foundAt: join(media, 'CARD1') });
  });

  test('is not offered when other photos lie there now', async () => {
    const { disks, media, stick, folders, indexer } = await indexed(6);
    disks.move(stick, join(media, 'CARD1'));
    for (let i = 0; i < 6; i++) writeFileSync(join(media, 'CARD1', `DCIM/IMG_${i}.jpg`), `wiped ${i}`);
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ state: 'offline', foundAt: null });
    await expect(folders.follow(folders.list()[0]?.id ?? 0)).rejects.toMatchObject({
      kind: 'FOLDER_NOT_FOUND',
    });
  });

  test('that is added by hand is the folder that was away, and not a second one', async () => {
    const { b, disks, media, stick, folders, indexer, id, ids } = await indexed(6);
    disks.move(stick, join(media, 'CARD1'));
    await indexer.update();
    expect(await folders.add(join(media, 'CARD1'))).toMatchObject({ id, photos: 6 });
    await indexer.update();
    expect(folders.list()).toMatchObject([{ id, state: 'online' }]);
    expect(loved(b)).toEqual(ids);
    expect(b.fake.ingested).toHaveLength(6);
  });

  test('a copy on another disk is a folder of its own, with what was said of its photos', async () => {
    const { b, disks, media, stick, folders, indexer, id, ids } = await indexed(6);
    disks.move(stick, join(media, '../in the drawer'));
    const copy = join(media, 'backup');
    disks.add(copy, card('holiday', 6));
    await indexer.update();
    expect((await folders.add(copy)).id).not.toBe(id);
    await indexer.update();
    expect(folders.list()).toMatchObject(
      [
        { path: stick, state: 'offline' },
        { path: copy, state: 'online' },
      ].sort((x, y) => (x.path < y.path ? -1 : 1)),
    );
    expect(loved(b)).toEqual(ids);
  });

  test('below a folder that is added comes along into it', async () => {
    const { b, disks, media, stick, folders, indexer } = await start();
    disks.add(stick, { ...card('holiday', 6), 'other/x.jpg': 'not in the library' });
    await folders.add(join(stick, 'DCIM'));
    await indexer.update();
    const ids = love(b);
    disks.move(stick, join(media, 'CARD1'));
    await indexer.update();
    await folders.add(join(media, 'CARD1'));
    await indexer.update();
    expect(folders.list()).toMatchObject([{ path: join(media, 'CARD1'), state: 'online', photos: 7 }]);
    expect(loved(b)).toEqual(ids);
    expect(b.fake.ingested).toHaveLength(7);
  });
});

describe('on one disk', () => {
  test('a renamed folder is found beside its old name', async () => {
    const { b, media, folders, indexer } = await start();
    const [before, after] = [join(media, 'Photos'), join(media, 'Fotoğraflar 📷')];
    mkdirSync(join(before, 'x'), { recursive: true });
    for (const name of ['a', 'x/b', 'c']) writeFileSync(join(before, `${name}.jpg`), name);
    const { id } = await folders.add(before);
    await indexer.update();
    const ids = love(b);
    renameSync(before, after);
    await indexer.update();
    const { birthtimeNs } = statSync(after, { bigint: true });
    if (birthtimeNs <= 0n) return;
    expect(folders.list()[0]).toMatchObject({ state: 'offline', foundAt: after });
    await folders.follow(id);
    await indexer.update();
    expect(folders.list()).toMatchObject([{ id, path: after, state: 'online' }]);
    expect(loved(b)).toEqual(ids);
  });

  test('another folder under the old name is not it, and the one that was is found', async () => {
    const { b, media, folders, indexer } = await start();
    const [before, after] = [join(media, 'Photos'), join(media, 'Photos-old')];
    mkdirSync(before);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(before, `${name}.jpg`), `mine ${name}`);
    await folders.add(before);
    await indexer.update();
    const ids = love(b);
    if (statSync(before, { bigint: true }).birthtimeNs <= 0n) return;
    renameSync(before, after);
    mkdirSync(before);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(before, `${name}.jpg`), `another ${name}!`);
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ state: 'offline', stranger: true, foundAt: after });
    expect(loved(b)).toEqual(ids);
  });

  test('every photo edited at once stays the folder that it is', async () => {
    const { b, disks, stick, folders, indexer } = await start();
    disks.add(stick, card('holiday', 30));
    await folders.add(stick);
    await indexer.update();
    const ids = love(b);
    disks.add(stick, card('holiday, edited,', 30), new Date(DATE.getTime() + 60_000));
    await indexer.update();
    expect(folders.list()[0]).toMatchObject({ state: 'online' });
    expect(loved(b)).toEqual(ids);
    expect(contents(b)).toEqual(Object.values(card('holiday, edited,', 30)).sort());
  });

  test('one that was moved by hand is moved by hand, and only where its photos are', async () => {
    const { b, media, folders, indexer } = await start();
    const [before, after] = [join(media, 'Photos'), join(media, 'far/away/Photos')];
    mkdirSync(before);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(before, `${name}.jpg`), name);
    const { id } = await folders.add(before);
    await indexer.update();
    const ids = love(b);
    mkdirSync(dirname(after), { recursive: true });
    renameSync(before, after);
    const none = join(media, 'none');
    mkdirSync(none);
    await expect(folders.move(before, none)).rejects.toMatchObject({ kind: 'FOLDER_NOT_ALLOWED' });
    await expect(folders.move(none, after)).rejects.toMatchObject({ kind: 'FOLDER_NOT_FOUND' });
    await expect(folders.move(before, b.library)).rejects.toMatchObject({ kind: 'FOLDER_NOT_ALLOWED' });
    expect(folders.list()).toMatchObject([{ id, path: before }]);
    await folders.move(before, after);
    await indexer.update();
    expect(folders.list()).toMatchObject([{ id, path: after, state: 'online', photos: 3 }]);
    expect(loved(b)).toEqual(ids);
    expect(b.fake.ingested).toHaveLength(3);
  });

  test('one that was moved into another folder of the library becomes a part of it', async () => {
    const { b, media, folders, indexer } = await start();
    const [one, all] = [join(media, 'one'), join(media, 'all')];
    for (const folder of [one, all]) mkdirSync(folder);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(one, `${name}.jpg`), name);
    writeFileSync(join(all, 'z.jpg'), 'z');
    await folders.add(one);
    const { id } = await folders.add(all);
    await indexer.update();
    const ids = love(b);
    renameSync(one, join(all, 'one'));
    await indexer.update();
    await folders.move(one, join(all, 'one'));
    await indexer.update();
    expect(folders.list()).toMatchObject([{ id, path: all, state: 'online', photos: 4 }]);
    expect(loved(b)).toEqual(ids);
    expect((await b.engine.services.library.status()).counts).toMatchObject({
      photos: 4,
      pending: 0,
      missing: 0,
    });
    expect(b.fake.ingested).toHaveLength(4);
  });
});
