// What goes with a photo, what does not, and moves that never overwrite.
import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createCompanionFinder, identify, moveToFreeName, renameToFreeName } from '../src/index.ts';
import { temporaryFolder } from './fixtures.ts';

const LIVE = 'com.apple.quicktime.content.identifier';

async function companions(names: Record<string, string>, photo: string, leaving: string[] = []) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(names)) writeFileSync(join(folder, name), text);
  const found = await createCompanionFinder().of(join(folder, photo), (path) =>
    leaving.includes(basename(path)),
  );
  return found.map((path) => basename(path));
}

test('sidecars by stem and by whole name, in any case', async () => {
  const names = {
    'a.jpg': '',
    'a.xmp': '',
    'a.jpg.xmp': '',
    'A.AAE': '',
    'a.jpg.supplemental-metadata.json': '',
  };
  const found = await companions({ ...names, 'ab.xmp': '', 'a.txt': '', 'a.b.xmp': '' }, 'a.jpg');
  expect(found.sort()).toEqual(['A.AAE', 'a.jpg.supplemental-metadata.json', 'a.jpg.xmp', 'a.xmp']);
});

test('a shared sidecar stays with the photo that stays', async () => {
  const names = { 'a.jpg': '', 'a.dng': '', 'a.xmp': '', 'a.dng.xmp': '' };
  expect(await companions(names, 'a.jpg')).toEqual([]);
  expect(await companions(names, 'a.jpg', ['a.dng'])).toEqual(['a.xmp']);
  expect(await companions(names, 'a.dng')).toEqual(['a.dng.xmp']);
});

test('the film of a Live Photo, and no other video', async () => {
  expect(await companions({ 'a.heic': '', 'a.mov': `\0\0\0.moov${LIVE}` }, 'a.heic')).toEqual(['a.mov']);
  expect(await companions({ 'a.heic': '', 'a.mov': 'a holiday' }, 'a.heic')).toEqual([]);
});

test('names with dots', async () => {
  const names = { 'a.b.jpg': '', 'a.b.xmp': '', 'a.xmp': '', 'a.jpg': '' };
  expect(await companions(names, 'a.b.jpg')).toEqual(['a.b.xmp']);
  expect(await companions(names, 'a.jpg')).toEqual(['a.xmp']);
});

test.skipIf(process.platform === 'win32')('a link is no sidecar', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.jpg'), '');
  symlinkSync('/etc/hostname', join(folder, 'a.xmp'));
  expect(await createCompanionFinder().of(join(folder, 'a.jpg'), () => false)).toEqual([]);
});

test.each([
  ['moveToFreeName', moveToFreeName],
  ['renameToFreeName', renameToFreeName],
])('%s moves, and never onto another file', async (_, move) => {
  const folder = temporaryFolder();
  const [a, b, c] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'c')];
  writeFileSync(a, 'one');
  writeFileSync(b, 'two');
  await expect(move(a, b)).rejects.toMatchObject({ code: 'EEXIST' });
  expect([readFileSync(a, 'utf8'), readFileSync(b, 'utf8')]).toEqual(['one', 'two']);
  const before = await identify(a);
  await move(a, c);
  expect(await identify(a)).toBeNull();
  expect(await identify(c)).toEqual(before);
});

test('two names of one file, as a crash leaves them, become one', async () => {
  const folder = temporaryFolder();
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(a, 'one');
  linkSync(a, b);
  await moveToFreeName(a, b);
  expect(await identify(a)).toBeNull();
  expect(readFileSync(b, 'utf8')).toBe('one');
});
