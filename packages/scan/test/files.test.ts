// One file at a time: what it is, its hash, whether it lies inside, writing it whole or not at all, and hints of change.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { atomicWrite, freeSpace, hashFile, isInside, sniffFormat, watchRoot } from '../src/index.ts';
import { makeFifo, temporaryFolder, write } from './fixtures.ts';

describe('sniffFormat', () => {
  const ftyp = (brand: string, ...compatible: string[]) =>
    `\0\0\0\x20ftyp${brand}\0\0\0\0${compatible.join('')}`;
  const bmp = (header: number) => `BM${'\0'.repeat(12)}${String.fromCharCode(header)}\0\0\0`;
  test.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\xff\xd8\xff\xd6\xff', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['GIF87a', 'gif'],
    ['RIFF\x01\x02\x03\x04WEBPVP8 ', 'webp'],
    [bmp(40), 'bmp'],
    [bmp(124), 'bmp'],
    ['II*\0\x08\0\0\0', 'tiff'],
    ['MM\0*\0\0\0\x08', 'tiff'],
    ['MM\0+', 'tiff'],
    ['II*\0\x10\0\0\0CR\x02\0', 'raw'],
    ['FUJIFILMCCD-RAW ', 'raw'],
    ['IIRO\x08\0', 'raw'],
    [ftyp('heic', 'mif1', 'heic'), 'heif'],
    [ftyp('mif1', 'mif1', 'avif', 'miaf'), 'avif'],
    [ftyp('avif'), 'avif'],
    [ftyp('crx '), 'raw'],
    ['\xff\x0a\xff', 'jxl'],
    ['\0\0\0\x0cJXL \r\n\x87\n', 'jxl'],
    [ftyp('qt  ', 'qt  '), null],
    [ftyp('isom', 'iso2', 'avc1', 'mp41'), null],
    ['RIFF\x01\x02\x03\x04WAVEfmt ', null],
    ['BM means British Museum', null],
    ['\xff\xd8', null],
    ['', null],
    ['<svg xmlns="http://www.w3.org/2000/svg">', null],
    ['#!/bin/sh', null],
  ])('%j is %s', (start, format) => {
    expect(sniffFormat(Buffer.from(start, 'latin1'))).toBe(format);
  });
});

describe('hashFile', () => {
  test('SHA-256 of all bytes, in pieces', async () => {
    const root = temporaryFolder();
    const bytes = Buffer.alloc(2_500_001, 'semblance');
    write(root, { 'a.jpg': bytes, 'empty.jpg': '' });
    const { contentHash, ...rest } = await hashFile(join(root, 'a.jpg'));
    expect(contentHash).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { mtimeMs } = statSync(join(root, 'a.jpg'));
    expect(rest).toEqual({ bytes: bytes.length, modifiedAt: Math.trunc(mtimeMs) });
    expect((await hashFile(join(root, 'empty.jpg'))).contentHash).toMatch(/^e3b0c44298fc/);
  });

  test('what is no file is an error, not a hang', { timeout: 5000 }, async () => {
    const root = temporaryFolder();
    await expect(hashFile(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(hashFile(root)).rejects.toThrow();
    if (process.platform === 'win32') return;
    makeFifo(join(root, 'pipe'));
    await expect(hashFile(join(root, 'pipe'))).rejects.toMatchObject({ code: 'ENOTREG' });
  });

  test('it can be stopped', async () => {
    const root = temporaryFolder();
    write(root, { 'a.jpg': 'x' });
    await expect(hashFile(join(root, 'a.jpg'), AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

test('isInside follows links and compares folders, not beginnings of names', async () => {
  const parent = temporaryFolder();
  write(parent, { 'photos/a.jpg': 'x', 'photos/..b.jpg': 'x', 'photos2/c.jpg': 'x' });
  symlinkSync(join(parent, 'photos2'), join(parent, 'photos/way-out'));
  symlinkSync(join(parent, 'photos'), join(parent, 'way-in'));
  const root = join(parent, 'photos');
  const inside = (path: string) => isInside(root, join(parent, path));
  expect(await inside('photos')).toBe(true);
  expect(await inside('photos/a.jpg')).toBe(true);
  expect(await inside('photos/..b.jpg')).toBe(true);
  expect(await inside('way-in/a.jpg')).toBe(true);
  expect(await inside('photos2/c.jpg')).toBe(false);
  expect(await inside('photos/way-out/c.jpg')).toBe(false);
  expect(await inside('photos/../photos2/c.jpg')).toBe(false);
  expect(await inside('photos/nowhere.jpg')).toBe(false);
  expect(await isInside(root, `${root}/a.jpg\0.png`)).toBe(false);
});

describe('atomicWrite', () => {
  test('writes and replaces, and leaves nothing beside', async () => {
    const root = temporaryFolder();
    const path = join(root, 'a.webp');
    await atomicWrite(path, Buffer.from('one'));
    await atomicWrite(path, Buffer.from('two'));
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(root)).toEqual(['a.webp']);
  });

  test('a failure keeps the old file and leaves nothing beside', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'folder/full'), { recursive: true });
    await expect(atomicWrite(join(root, 'folder'), Buffer.from('x'))).rejects.toThrow();
    expect(readdirSync(root)).toEqual(['folder']);
    expect(readdirSync(join(root, 'folder'))).toEqual(['full']);
    await expect(atomicWrite(join(root, 'nowhere/a'), Buffer.from('x'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  test.runIf(process.platform === 'linux')(
    'the bytes are on disk before the name, and the name before it resolves',
    async () => {
      const root = temporaryFolder();
      const path = join(root, 'a.webp');
      const handle = await open('/proc/self/status');
      const prototype: FileHandle = Object.getPrototypeOf(handle);
      await handle.close();
      const synced: [string, boolean][] = [];
      const real = prototype.sync;
      const spy = vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
        synced.push([readlinkSync(`/proc/self/fd/${this.fd}`), existsSync(path)]);
        return real.call(this);
      });
      onTestFinished(() => spy.mockRestore());
      await atomicWrite(path, Buffer.from('x'));
      expect(synced).toEqual([
        [expect.stringMatching(/\.tmp$/), false],
        [root, true],
      ]);
    },
  );

  test('many writers of one file: one of them wins whole', async () => {
    const path = join(temporaryFolder(), 'a');
    const texts = Array.from({ length: 10 }, (_, i) => String(i).repeat(10_000));
    await Promise.all(texts.map((text) => atomicWrite(path, Buffer.from(text))));
    expect(texts).toContain(readFileSync(path, 'utf8'));
  });
});

test('free space is a number of bytes', async () => {
  expect(await freeSpace(temporaryFolder())).toBeGreaterThan(1024);
  await expect(freeSpace('/nowhere/at/all')).rejects.toMatchObject({ code: 'ENOENT' });
});

describe('watchRoot', () => {
  const quick = { debounceMs: 40, longestMs: 400 };

  async function watched(root: string, options = quick) {
    const hint = vi.fn();
    const watch = watchRoot(root, hint, options);
    onTestFinished(() => watch.close());
    await watch.ready;
    // macOS reports what happened just before the watch began.
    await wait(100);
    hint.mockClear();
    return { hint, watch };
  }

  test('new files, in new folders too, give a hint; many at once give few', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'sub'));
    const { hint } = await watched(root);
    for (let i = 0; i < 50; i++) writeFileSync(join(root, `sub/${i}.jpg`), 'x');
    await vi.waitFor(() => expect(hint).toHaveBeenCalled());
    expect(hint.mock.calls.length).toBeLessThan(5);

    mkdirSync(join(root, 'new/deep'), { recursive: true });
    await vi.waitFor(() => expect(hint.mock.calls.length).toBeGreaterThan(1));
    await wait(150);
    const before = hint.mock.calls.length;
    writeFileSync(join(root, 'new/deep/a.jpg'), 'x');
    await vi.waitFor(() => expect(hint.mock.calls.length).toBeGreaterThan(before));
  });

  test('a stream of changes does not hold the hint back for ever', async () => {
    const root = temporaryFolder();
    const { hint } = await watched(root, { debounceMs: 200, longestMs: 300 });
    const end = performance.now() + 900;
    for (let i = 0; performance.now() < end; i++) {
      writeFileSync(join(root, `${i}.jpg`), 'x');
      await wait(20);
    }
    expect(hint.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  test('closed means silent', async () => {
    const root = temporaryFolder();
    const { hint, watch } = await watched(root);
    writeFileSync(join(root, 'a.jpg'), 'x');
    watch.close();
    writeFileSync(join(root, 'b.jpg'), 'x');
    await wait(150);
    expect(hint).not.toHaveBeenCalled();
  });

  test('a folder that is not there, or may not be read, is no error', async () => {
    const root = temporaryFolder();
    const { watch } = await watched(join(root, 'nowhere'));
    watch.close();
    mkdirSync(join(root, 'locked'));
    chmodSync(join(root, 'locked'), 0);
    onTestFinished(() => chmodSync(join(root, 'locked'), 0o700));
    await watched(root);
  });

  test('a drive that is away gives no hints, and one when it is back; what is written then gives another', async () => {
    const parent = temporaryFolder();
    const root = join(parent, 'drive');
    const { hint } = await watched(root, { debounceMs: 1, longestMs: 5 });
    for (let round = 0; round < 20; round++) await wait(5);
    expect(hint).not.toHaveBeenCalled();
    mkdirSync(root);
    await vi.waitFor(() => expect(hint).toHaveBeenCalled());
    const first = hint.mock.calls.length;
    await vi.waitFor(() => {
      writeFileSync(join(root, 'a.jpg'), 'x');
      expect(hint.mock.calls.length).toBeGreaterThan(first);
    });
  });
});
