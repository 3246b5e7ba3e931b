// What the walk finds, what it passes over, and that nothing on a disk can make it hang or leave its folder.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { SeenFile } from '@semblance/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serialNumber, walk } from '../src/index.ts';
import { JPEG, makeFifo, temporaryFolder, walked, write } from './fixtures.ts';

const unix = process.platform !== 'win32';

async function batches(root: string): Promise<SeenFile[][]> {
  const all: SeenFile[][] = [];
  for await (const batch of walk(root)) all.push(batch);
  return all;
}

test('photos by extension in any case, extensionless ones by content, and nothing else', async () => {
  const root = temporaryFolder();
  write(root, {
    'a.jpg': '',
    'b.JPEG': 'not a picture at all',
    'c.NEF': 'x',
    'd/e/f.heic': 'x',
    'no-extension': JPEG,
    'go-fuzz-corpus__corpus_0027-2': JPEG,
    'trailing.dot.': JPEG,
    README: 'text',
    'empty-without-extension': '',
    'notes.txt': JPEG,
    'drawing.svg': '<svg/>',
    'index.tsv': 'a\tb',
    'movie.mov': 'x',
    '.hidden.jpg': JPEG,
    '._a.jpg': 'AppleDouble',
    '.jpg': JPEG,
  });
  const { paths, problems } = await walked(root);
  expect(paths).toEqual(
    [
      'a.jpg',
      'b.JPEG',
      'c.NEF',
      'd/e/f.heic',
      'go-fuzz-corpus__corpus_0027-2',
      'no-extension',
      'trailing.dot.',
    ].sort(),
  );
  expect(problems).toEqual([]);
});

test('size, whole milliseconds, and what tells it from other files', async () => {
  const root = temporaryFolder();
  write(root, { 'a.jpg': '12345' });
  utimesSync(join(root, 'a.jpg'), 1_600_000_000.5, 1_600_000_000.5);
  const [batch] = await batches(root);
  const facts = statSync(join(root, 'a.jpg'), { bigint: true });
  expect(batch).toEqual([
    {
      relPath: 'a.jpg',
      size: 5,
      mtimeMs: 1_600_000_000_500,
      inode: facts.ino.toString(),
      serial: serialNumber(facts),
      changedMs: unix ? Number(facts.ctimeMs) : null,
      beside: { sidecars: null, film: null },
    },
  ]);
});

test('what other programs are still writing is passed over, or said to be unfinished', async () => {
  const root = temporaryFolder();
  write(root, {
    'whole.jpg': JPEG,
    'a.jpg.part': JPEG,
    'b.jpg.crdownload': JPEG,
    'c.jpg.tmp': JPEG,
    'd.jpg.4f2a.partial': JPEG,
    'e.jpg.filepart': JPEG,
    'Unconfirmed 4711.crdownload': JPEG,
    '.f.jpg.Xy12Ab': JPEG,
    '.~tmp~/f.jpg': JPEG,
    '.goutputstream-ABC': JPEG,
    '~syncthing~g.jpg.tmp': JPEG,
    'h.jpg~': JPEG,
    'i.jpg.download/i.jpg': JPEG,
    'firefox.jpg': '',
    'firefox.jpg.part': JPEG,
    'aria.jpg': JPEG,
    'aria.jpg.aria2': 'x',
  });
  const [batch] = await batches(root);
  const found = batch?.map(({ relPath, unfinished = false }) => `${relPath} ${unfinished}`).sort();
  expect(found).toEqual(['aria.jpg true', 'firefox.jpg true', 'whole.jpg false']);
});

test('folders of copies, caches and programs are passed over; packages are said so', async () => {
  const root = temporaryFolder();
  const skipped = ['.git', '.Trash', '.thumbnails', '@eaDir', '$RECYCLE.BIN', 'node_modules', 'lost+found'];
  for (const folder of skipped) write(root, { [`${folder}/a.jpg`]: JPEG, [`deep/${folder}/b.jpg`]: JPEG });
  write(root, { 'Photos Library.photoslibrary/originals/c.jpg': JPEG, 'photoslibrary/d.jpg': JPEG });
  const { paths, problems } = await walked(root);
  expect(paths).toEqual(['photoslibrary/d.jpg']);
  expect(problems).toEqual([{ relPath: 'Photos Library.photoslibrary', kind: 'skipped', code: 'PACKAGE' }]);
});

test.runIf(unix)('names of every kind', async () => {
  const root = temporaryFolder();
  const names = [
    '🦊🏔️.jpg',
    'صورة.jpg',
    'תמונה של כלב.png',
    'cafe\u0301.jpg',
    'caf\u00e9.jpg',
    ' leading and trailing .jpg',
    'quote\'"`$;|&.jpg',
    'line\nbreak.jpg',
    'back\\slash.jpg',
    `${'x'.repeat(251)}.jpg`,
  ];
  write(root, Object.fromEntries(names.map((name) => [`ordner ä/${name}`, JPEG])));
  expect((await walked(root)).paths).toEqual(names.map((name) => `ordner ä/${name}`).sort());
});

describe.runIf(unix)('links', () => {
  test('to files inside count, to files outside and nowhere are reported, to folders are not followed', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    write(outside, { 'secret.jpg': JPEG });
    write(root, { 'a.jpg': JPEG, 'sub/b.jpg': JPEG });
    symlinkSync('a.jpg', join(root, 'link.jpg'));
    symlinkSync(join(outside, 'secret.jpg'), join(root, 'out.jpg'));
    symlinkSync('nowhere.jpg', join(root, 'dangling.jpg'));
    symlinkSync('circle.jpg', join(root, 'circle.jpg'));
    symlinkSync(root, join(root, 'sub/loop'));
    symlinkSync(outside, join(root, 'folder.jpg'));
    const { paths, problems } = await walked(root);
    expect(paths).toEqual(['a.jpg', 'link.jpg', 'sub/b.jpg']);
    expect(problems.map(({ relPath, kind, code }) => [relPath, kind, code]).sort()).toEqual([
      ['circle.jpg', 'skipped', 'ELOOP'],
      ['dangling.jpg', 'skipped', 'ENOENT'],
      ['folder.jpg', 'skipped', 'OUTSIDE'],
      ['out.jpg', 'skipped', 'OUTSIDE'],
    ]);
  });

  test('a folder beside the root with the same beginning is outside', async () => {
    const parent = temporaryFolder();
    write(parent, { 'photos/a.jpg': JPEG, 'photos2/b.jpg': JPEG });
    symlinkSync(join(parent, 'photos2/b.jpg'), join(parent, 'photos/b.jpg'));
    expect((await walked(join(parent, 'photos'))).paths).toEqual(['a.jpg']);
  });

  test('a root that is itself a link', async () => {
    const parent = temporaryFolder();
    write(parent, { 'real/a.jpg': JPEG });
    symlinkSync('a.jpg', join(parent, 'real/l.jpg'));
    symlinkSync(join(parent, 'real'), join(parent, 'link'));
    expect((await walked(join(parent, 'link'))).paths).toEqual(['a.jpg', 'l.jpg']);
  });
});

test.runIf(unix)(
  'a FIFO and a socket with a photo name are reported and never opened',
  { timeout: 5000 },
  async () => {
    const root = temporaryFolder();
    makeFifo(join(root, 'pipe.jpg'));
    makeFifo(join(root, 'pipe-without-extension'));
    const server = createServer().listen(join(root, 's.png'));
    onTestFinished(() => void server.close());
    write(root, { 'a.jpg': JPEG });
    const { paths, problems } = await walked(root);
    expect(paths).toEqual(['a.jpg']);
    expect(problems.map((problem) => [problem.relPath, problem.code]).sort()).toEqual([
      ['pipe.jpg', 'NOT_A_FILE'],
      ['s.png', 'NOT_A_FILE'],
    ]);
  },
);

test('a root that is not there, or is a file', async () => {
  const root = temporaryFolder();
  write(root, { 'a.jpg': JPEG });
  expect(await walked(join(root, 'nowhere'))).toEqual({
    paths: [],
    problems: [{ relPath: '', kind: 'unlisted', code: 'ENOENT' }],
  });
  expect((await walked(join(root, 'a.jpg'))).problems).toEqual([
    { relPath: '', kind: 'unlisted', code: 'ENOTDIR' },
  ]);
});

test.runIf(unix && process.getuid?.() !== 0)(
  'a folder that may not be read is reported as unlisted',
  async () => {
    const root = temporaryFolder();
    write(root, { 'a.jpg': JPEG, 'locked/b.jpg': JPEG });
    chmodSync(join(root, 'locked'), 0);
    onTestFinished(() => chmodSync(join(root, 'locked'), 0o700));
    const { paths, problems } = await walked(root);
    expect(paths).toEqual(['a.jpg']);
    expect(problems).toEqual([{ relPath: 'locked', kind: 'unlisted', code: 'EACCES' }]);
  },
);

test.runIf(unix)(
  'a path longer than the system takes is reported as unlisted, the rest is found',
  async () => {
    const root = temporaryFolder();
    write(root, { 'a.jpg': JPEG });
    const name = 'd'.repeat(200);
    const deep = join(root, ...Array.from({ length: 15 }, () => name));
    mkdirSync(deep, { recursive: true });
    write(deep, { 'deep.jpg': JPEG });
    // Each half is a legal path; joined they are longer than PATH_MAX (4096).
    const other = temporaryFolder();
    const half = join(other, ...Array.from({ length: 15 }, () => name));
    mkdirSync(half, { recursive: true });
    write(half, { 'too-deep.jpg': JPEG });
    renameSync(join(other, name), join(deep, 'more'));
    onTestFinished(() => void execFileSync('rm', ['-rf', root]));
    const { paths, problems } = await walked(root);
    expect(paths.map((path) => path.slice(-8))).toEqual(['a.jpg', 'deep.jpg']);
    expect(problems.map((problem) => [problem.kind, problem.code])).toEqual([['unlisted', 'ENAMETOOLONG']]);
  },
);

test.runIf(process.platform === 'linux')('a name that is not valid UTF-8', async () => {
  const root = temporaryFolder();
  execFileSync('bash', ['-c', `printf x > "$1"/$'bad\\xff.jpg'`, 'bash', root]);
  write(root, { 'a.jpg': JPEG });
  const { paths, problems } = await walked(root);
  expect(paths).toEqual(['a.jpg']);
  expect(problems).toEqual([{ relPath: 'bad\\xFF.jpg', kind: 'skipped', code: 'BAD_NAME' }]);
});

test('batches, and many files', async () => {
  const root = temporaryFolder();
  write(root, Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`${i % 7}/${i}.jpg`, 'x'])));
  const found = await batches(root);
  expect(found.length).toBeGreaterThan(1);
  expect(new Set(found.flat().map((file) => file.relPath)).size).toBe(700);
});

test('an aborted walk throws: it must not pass for a finished one', async () => {
  const root = temporaryFolder();
  write(root, Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${i}.jpg`, 'x'])));
  const stop = new AbortController();
  const files = walk(root, { signal: stop.signal });
  await files.next();
  stop.abort(new Error('stopped by test'));
  await expect(files.next()).rejects.toThrow('stopped by test');
  await expect(walk(root, { signal: stop.signal }).next()).rejects.toThrow('stopped by test');
});

test('a folder that vanishes during the walk is simply gone', async () => {
  const root = temporaryFolder();
  write(root, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.jpg`, 'x'])));
  write(root, { 'zz/b.jpg': 'x' });
  const found: string[] = [];
  const problems: unknown[] = [];
  for await (const batch of walk(root, { onProblem: (problem) => problems.push(problem) })) {
    found.push(...batch.map((file) => file.relPath));
    rmSync(join(root, 'zz'), { recursive: true, force: true });
  }
  expect(found).toHaveLength(300);
  expect(problems).toEqual([]);
});
