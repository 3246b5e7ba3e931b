// What was said of a photo goes with it when it was moved and edited between two looks, where that is sure; and edits that
// hide themselves are found.
import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

const DATE = new Date(Date.UTC(2024, 0, 1));

interface Photo {
  id: string;
  files: string[];
  favourite: boolean;
}

async function start(fake = fakeCompute()) {
  const b = await bench({ fake });
  const at = (path: string) => join(b.photos, path);
  const disk = {
    /** In place, as cameras' and most Windows programs do. */
    write(path: string, content: string, date = DATE) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
      utimesSync(at(path), date, date);
    },
    move(from: string, to: string) {
      mkdirSync(dirname(at(to)), { recursive: true });
      renameSync(at(from), at(to));
    },
    remove: (path: string) => rmSync(at(path)),
  };
  disk.write('stays.jpg', 'stays');
  await b.engine.services.folders.add(b.photos);
  const look = async () => {
    await b.engine.services.indexer.update();
    return shown(b);
  };
  return { b, disk, look };
}

/** By path of its first file. */
function shown({ engine, photos }: Bench): Record<string, Photo> {
  const { library } = engine.services;
  const all = library.timeline({ offset: 0, limit: 100 }).photos.map(({ id }) => {
    const { files, favourite } = library.photo(id);
    return { id, files: files.map(({ path }) => path.slice(photos.length + 1)), favourite };
  });
  return Object.fromEntries(all.map((photo) => [photo.files[0] ?? '', photo]));
}

function love(b: Bench, id: string | undefined): string {
  b.engine.services.marks.mark({ photos: { kind: 'photos', ids: [id ?? ''] }, favourite: true });
  return id ?? '';
}

const hasBirthDates = (path: string) => statSync(path, { bigint: true }).birthtimeNs > 0n;

test('renamed, and edited in place', async () => {
  const { b, disk, look } = await start();
  disk.write('a.jpg', 'one');
  const id = love(b, (await look())['a.jpg']?.id);
  disk.move('a.jpg', 'x/b.jpg');
  disk.write('x/b.jpg', 'one, brighter');
  const after = (await look())['x/b.jpg'];
  if (!hasBirthDates(join(b.photos, 'x/b.jpg'))) return;
  expect(after).toMatchObject({ id, files: ['x/b.jpg'], favourite: true });
});

test('deleted, and another photo saved under another name: it is a new one, although inodes are given again', async () => {
  const { b, disk, look } = await start();
  disk.write('a.jpg', 'one');
  love(b, (await look())['a.jpg']?.id);
  disk.remove('a.jpg');
  disk.write('b.jpg', 'two');
  expect((await look())['b.jpg']).toMatchObject({ favourite: false });
});

test('moved, and an edited copy saved where it was taken for it: the photo itself counts', async () => {
  const { b, disk, look } = await start();
  disk.write('a.jpg', 'one');
  const id = love(b, (await look())['a.jpg']?.id);
  disk.move('a.jpg', 'b.jpg');
  disk.write('b.jpg', 'six');
  disk.write('z/a.jpg', 'one', new Date(DATE.getTime() - 9e9));
  const after = await look();
  expect(after['z/a.jpg']).toMatchObject({ id, favourite: true });
  expect(after['b.jpg']).toMatchObject({ favourite: false });
});

test('saved anew into another folder, with the camera and the second of the shot', async () => {
  const { b, disk, look } = await start(oneShot());
  disk.write('in/IMG_1.jpg', 'one');
  disk.write('in/IMG_2.jpg', 'two');
  const before = await look();
  const id = love(b, before['in/IMG_1.jpg']?.id);
  disk.write('out/IMG_1.jpg', 'one, developed');
  disk.write('out/IMG_2 edited.jpg', 'two, developed');
  disk.remove('in/IMG_1.jpg');
  disk.remove('in/IMG_2.jpg');
  const after = await look();
  expect(after['out/IMG_1.jpg']).toMatchObject({ id, favourite: true });
  expect(after['out/IMG_2 edited.jpg']?.id).not.toBe(before['in/IMG_2.jpg']?.id);
});

test('missed, then saved anew in its place, with the camera and the second of the shot', async () => {
  const { b, disk, look } = await start(oneShot());
  disk.write('a.jpg', 'one');
  const id = love(b, (await look())['a.jpg']?.id);
  disk.remove('a.jpg');
  expect(await look()).not.toHaveProperty('a.jpg');
  disk.write('a.jpg', 'one, developed');
  expect((await look())['a.jpg']).toMatchObject({ id, favourite: true });
});

test('an edit that keeps size and date is seen', { skip: process.platform === 'win32' }, async () => {
  const { b, disk, look } = await start();
  disk.write('a.jpg', 'one');
  const id = love(b, (await look())['a.jpg']?.id);
  const read = b.fake.ingested.length;
  disk.write('a.jpg', 'two');
  expect((await look())['a.jpg']).toMatchObject({ id, favourite: true });
  expect(b.fake.ingested.slice(read)).toEqual([join(b.photos, 'a.jpg')]);
  // Touched without an edit: hashed, and not decoded.
  disk.write('a.jpg', 'two');
  await look();
  await look();
  expect(b.fake.ingested.length).toBe(read + 1);
});

/** All photos were taken by one camera in one second. */
function oneShot() {
  const camera = { make: 'Nikon', model: 'D70' };
  return fakeCompute({
    async ingest({ path }) {
      const { bytes, mtimeMs } = await lookAt(path);
      const shot = photoOf(bytes, new Float32Array([1, 0, 0, 0]));
      const taken = { takenAt: Date.UTC(2023, 4, 5, 6, 7, 8), dateSource: 'exif' as const };
      return { ...shot, ...taken, modifiedAt: mtimeMs, camera: { ...shot.camera, ...camera } };
    },
  });
}

async function lookAt(path: string) {
  const { readFile, stat } = await import('node:fs/promises');
  return { bytes: await readFile(path, 'utf8'), mtimeMs: (await stat(path)).mtimeMs };
}
