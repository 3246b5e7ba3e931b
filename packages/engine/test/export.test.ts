// Copies for elsewhere: which files, under which names, and that nothing is overwritten, lost or touched.
import { readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { tempDir } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { createNames } from '../src/export/names.ts';
import type { HostPort } from '../src/ports.ts';
import { bench } from './harness.ts';

async function library(files: Record<string, string>, host: Partial<HostPort> = {}) {
  const b = await bench({ host });
  await b.write(files);
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
  const get = (path: string, method = 'GET') =>
    b.engine.media(new Request(`http://127.0.0.1/media/${path}`, { method }));
  return { ...b, get, all: { kind: 'all' as const } };
}

async function intoFolder(files: Record<string, string>) {
  const to = await tempDir();
  const b = await library(files, { chooseExportFolder: async () => to });
  return { ...b, to, export: () => b.engine.services.export.photos(b.all) };
}

/** Files of an archive without compression, by its central directory (APPNOTE 6.3.10, 4.3.12), checksums compared. */
function unpack(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [checksum, bytes] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 24)];
    const nameBytes = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + bytes);
    expect(crc32(data)).toBe(checksum);
    files.set(zip.toString('utf8', at + 46, at + 46 + nameBytes), data.toString('utf8'));
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

describe('names of copies', () => {
  const give = (taken: string[], ...photos: [string, string[]][]) => {
    const names = createNames(taken);
    return photos.flatMap(([photo, companions]) => names(photo, companions).map(({ name }) => name));
  };

  it('are free in any case of letters and any writing of accents', () => {
    expect(give(['B.jpg'], ['/1/a.jpg', []], ['/2/A.JPG', []], ['/1/b.jpg', []])).toEqual([
      'a.jpg',
      'A (2).JPG',
      'b (2).jpg',
    ]);
    expect(give(['caf\u0065\u0301.jpg'], ['/caf\u00e9.jpg', []])).toEqual(['caf\u00e9 (2).jpg']);
  });

  it('keep sidecars with their photo, by whole name and by stem', () => {
    expect(give([], ['/1/a.jpg', ['/1/a.xmp']], ['/2/a.jpg', ['/2/a.jpg.xmp', '/2/a.xmp']])).toEqual([
      'a.jpg',
      'a.xmp',
      'a (2).jpg',
      'a (2).jpg.xmp',
      'a (2).xmp',
    ]);
    // Another format, but its sidecar would have the name of the first one's.
    expect(give([], ['/1/a.jpg', ['/1/a.xmp']], ['/2/a.png', ['/2/a.xmp']])).toContain('a (2).png');
  });
});

describe('copies into a folder', () => {
  it('have the bytes and dates of the originals, beside what was there', async () => {
    const b = await intoFolder({ 'x/a.jpg': 'one', 'y/a.jpg': 'two', 'x/a.xmp': '<x/>' });
    await utimes(join(b.photos, 'x/a.jpg'), 1, 1_000_000_000);
    await writeFile(join(b.to, 'a.jpg'), 'mine');
    const report = await b.export();
    expect(report).toMatchObject({ kind: 'copied', folder: b.to, photos: 2, failed: [] });
    const found = await Promise.all(
      (await readdir(b.to)).sort().map(async (name) => [name, await readFile(join(b.to, name), 'utf8')]),
    );
    expect(found).toHaveLength(4);
    expect(Object.fromEntries(found)).toMatchObject({ 'a.jpg': 'mine' });
    expect(found.map(([, text]) => text).sort()).toEqual(['<x/>', 'mine', 'one', 'two']);
    const copied = found.find(([, text]) => text === 'one')?.[0] ?? '';
    expect((await stat(join(b.to, copied))).mtimeMs).toBe(1_000_000_000_000);
    const sidecar = found.find(([, text]) => text === '<x/>')?.[0] ?? '';
    expect(sidecar).toBe(copied.replace('.jpg', '.xmp'));
  });

  it('say what could not be copied, and leave out what is swapped for a link out of the folder', async () => {
    const b = await intoFolder({ 'a.jpg': 'one', 'b.jpg': 'two' });
    const outside = join(await tempDir(), 'secret');
    await writeFile(outside, 'secret');
    await rm(join(b.photos, 'b.jpg'));
    await symlink(outside, join(b.photos, 'b.jpg'));
    expect(await b.export()).toMatchObject({ photos: 1 });
    expect(await readdir(b.to)).toEqual(['a.jpg']);
  });

  it('are not made when the person changes their mind or nothing can be reached', async () => {
    const cancelled = await library({ 'a.jpg': 'one' }, { chooseExportFolder: async () => null });
    expect(await cancelled.engine.services.export.photos(cancelled.all)).toEqual({ kind: 'cancelled' });
    const gone = await library({ 'a.jpg': 'one' }, { chooseExportFolder: async () => '/nowhere/at/all' });
    await expect(gone.engine.services.export.photos(gone.all)).rejects.toMatchObject({
      kind: 'FOLDER_NOT_FOUND',
    });
    await rm(join(gone.photos, 'a.jpg'));
    const left = await library({});
    await expect(left.engine.services.export.photos(left.all)).rejects.toMatchObject({
      kind: 'PHOTO_NOT_FOUND',
    });
  });
});

describe('copies as a download', () => {
  it('are one file as it is, never shown in the page', async () => {
    const b = await library({ 'güneş.jpg': 'one' });
    const report = await b.engine.services.export.photos(b.all);
    if (report.kind !== 'download') throw new Error('not a download');
    expect(report).toMatchObject({ fileName: 'güneş.jpg', photos: 1, bytes: 3, missing: 0 });
    const answer = await b.get(`export/${report.ticket}`);
    expect(await answer.text()).toBe('one');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('güneş.jpg'));
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('are an archive that others can read, with what vanished meanwhile named in it', async () => {
    const b = await library({ 'x/a.jpg': 'one', 'y/a.jpg': 'two', 'ç.jpg': 'three' });
    const report = await b.engine.services.export.photos(b.all);
    if (report.kind !== 'download') throw new Error('not a download');
    expect(report).toMatchObject({ fileName: 'photos.zip', photos: 3, bytes: 11 });
    await rm(join(b.photos, 'ç.jpg'));
    const answer = await b.get(`export/${report.ticket}`);
    const found = unpack(Buffer.from(await answer.arrayBuffer()));
    expect([...found.keys()].sort()).toEqual(['NOT INCLUDED.txt', 'a (2).jpg', 'a.jpg']);
    expect(found.get('NOT INCLUDED.txt')).toContain('ç.jpg');
    expect([found.get('a.jpg'), found.get('a (2).jpg')].sort()).toEqual(['one', 'two']);
  });

  it('answer to nobody without a ticket, and to no other method', async () => {
    const b = await library({ 'a.jpg': 'one' });
    expect((await b.get(`export/${crypto.randomUUID()}`)).status).toBe(404);
    const report = await b.engine.services.export.photos(b.all);
    if (report.kind !== 'download') throw new Error('not a download');
    expect((await b.get(`export/${report.ticket}`, 'POST')).status).toBe(405);
    expect((await b.get(`export/${report.ticket}/../x`)).status).toBe(404);
  });
});
