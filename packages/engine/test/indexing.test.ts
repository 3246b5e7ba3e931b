import { readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

/** Indexes the photo folder and says how many files became photos in this run. */
async function index({ engine, photos }: Bench): Promise<number> {
  const folder = await engine.services.folders.add(photos);
  return (await engine.services.indexer.update([folder.id])).get(folder.id)?.length ?? 0;
}

function names(b: Bench): string[] {
  const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 1000 });
  return photos.map(({ id }) => basename(b.engine.services.library.photo(id).fileName)).sort();
}

async function counts(b: Bench) {
  return (await b.engine.services.library.status()).counts;
}

describe('indexing', () => {
  it('indexes what is new, and only that', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'deep/er/b.jpg': 'two' });
    expect(await index(b)).toBe(2);
    await b.write({ 'c.jpg': 'three' });
    expect(await index(b)).toBe(1);
    expect(b.fake.ingested.map((path) => basename(path)).sort()).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(names(b)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(await counts(b)).toMatchObject({ photos: 3, indexed: 3, pending: 0, failed: 0 });
  });

  it('knows a moved file by its content and does not decode it again', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await index(b);
    const before = b.engine.services.library.timeline({ offset: 0, limit: 10 }).photos.map((p) => p.id);
    await rename(join(b.photos, 'a.jpg'), join(b.photos, 'renamed.jpg'));
    await index(b);
    expect(b.fake.ingested).toHaveLength(2);
    const after = b.engine.services.library.timeline({ offset: 0, limit: 10 }).photos.map((p) => p.id);
    expect(after.sort()).toEqual(before.sort());
    expect(names(b)).toEqual(['b.jpg', 'renamed.jpg']);
  });

  it('keeps the id of a file edited in place, with a new version', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    await index(b);
    const [before] = b.engine.services.library.timeline({ offset: 0, limit: 1 }).photos;
    await b.write({ 'a.jpg': 'edited' });
    await index(b);
    const [after] = b.engine.services.library.timeline({ offset: 0, limit: 1 }).photos;
    expect(after?.id).toBe(before?.id);
    expect(after?.version).not.toBe(before?.version);
    expect(await counts(b)).toMatchObject({ photos: 1, indexed: 1 });
  });

  it('shows two copies as one photo with two files', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'same', 'b.jpg': 'same' });
    expect(await index(b)).toBe(2);
    const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 10 });
    expect(photos).toHaveLength(1);
    expect(b.engine.services.library.photo(photos[0]?.id ?? '').files).toHaveLength(2);
  });

  it('hides deleted files and brings them back', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await index(b);
    await rm(join(b.photos, 'a.jpg'));
    await index(b);
    expect(names(b)).toEqual(['b.jpg']);
    await b.write({ 'a.jpg': 'one' });
    await index(b);
    expect(names(b)).toEqual(['a.jpg', 'b.jpg']);
    expect(b.fake.ingested).toHaveLength(2);
  });

  it('records a bad file with its reason, goes on, and tries it again when asked or when it changed', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'bad', 'c.jpg': 'two' });
    expect(await index(b)).toBe(2);
    expect(b.engine.services.library.failures({ offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      failures: [{ path: join(b.photos, 'b.jpg'), reason: 'corrupt' }],
    });
    await index(b);
    expect(b.fake.ingested).toHaveLength(3);
    expect(b.engine.services.library.retryFailures()).toBe(1);
    await index(b);
    expect(b.fake.ingested).toHaveLength(4);
    await b.write({ 'b.jpg': 'mended' });
    expect(await index(b)).toBe(1);
    expect(await counts(b)).toMatchObject({ failed: 0, indexed: 3 });
  });

  it('finds the file that crashes its process among its neighbours', async () => {
    const b = await bench();
    const good = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.jpg`, `photo ${i}`]));
    await b.write({ ...good, 'poison.jpg': 'crash' });
    expect(await index(b)).toBe(20);
    expect(b.engine.services.library.failures({ offset: 0, limit: 10 }).failures).toMatchObject([
      { path: join(b.photos, 'poison.jpg'), reason: 'corrupt' },
    ]);
    expect(b.fake.ingested.filter((path) => path.endsWith('poison.jpg'))).toHaveLength(2);
  });

  it('stops on a full disk without blaming a photo, and goes on afterwards', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'full' });
    await expect(index(b)).rejects.toMatchObject({ kind: 'DISK_FULL' });
    expect(b.engine.services.progress.get()).toMatchObject({
      state: 'stopped',
      problem: expect.stringContaining('full'),
      fault: 'DISK_FULL',
    });
    expect(await counts(b)).toMatchObject({ failed: 0, pending: 1 });
    await b.write({ 'a.jpg': 'room again' });
    expect(await index(b)).toBe(1);
    expect(b.engine.services.progress.get().state).toBe('idle');
  });

  it('treats an emptied folder as offline and keeps its photos', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await index(b);
    await rm(b.photos, { recursive: true });
    await b.engine.services.indexer.update();
    expect(b.engine.services.folders.list()).toMatchObject([{ state: 'offline', photos: 2 }]);
    const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 10 });
    expect(photos.map((photo) => photo.offline)).toEqual([true, true]);
    // It is looked for every few seconds; windows are told only when it is back.
    const { revision } = b.engine.services.progress.get();
    await b.engine.services.indexer.update();
    expect(b.engine.services.progress.get()).toMatchObject({ revision, state: 'idle' });
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await b.engine.services.indexer.update();
    expect(b.engine.services.folders.list()).toMatchObject([{ state: 'online' }]);
    expect(await counts(b)).toMatchObject({ offline: 0, indexed: 2 });
  });

  it('takes a folder that goes away while it is indexed for offline, and blames no photo', async () => {
    const b = await bench();
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.jpg`, `photo ${i}`]));
    await b.write(many);
    const running = index(b);
    await expect.poll(() => b.fake.ingested.length, { interval: 1 }).toBeGreaterThan(0);
    await rename(b.photos, `${b.photos}.unplugged`);
    await running;
    expect(b.engine.services.folders.list()).toMatchObject([{ state: 'offline' }]);
    expect(await counts(b)).toMatchObject({ failed: 0, missing: 0 });
    await rename(`${b.photos}.unplugged`, b.photos);
    await b.engine.services.indexer.update();
    expect(await counts(b)).toMatchObject({ photos: 200, indexed: 200, pending: 0, failed: 0 });
  });

  it('does not try the files of a folder that was unplugged meanwhile when another one is indexed', async () => {
    const b = await bench();
    await b.write(Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`${i}.jpg`, `photo ${i}`])));
    b.engine.services.indexer.pause();
    const first = index(b);
    await expect.poll(() => b.engine.services.progress.get().state).toBe('paused');
    await rename(b.photos, `${b.photos}.unplugged`);
    b.engine.services.indexer.resume();
    await first;
    expect(await counts(b)).toMatchObject({ failed: 0 });
    expect(b.engine.services.folders.list()).toMatchObject([{ state: 'offline' }]);
  });

  it('forgets a single new file that went away, and does not call it failed', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two', 'c.jpg': 'three' });
    b.engine.services.indexer.pause();
    const done = index(b);
    await expect.poll(() => b.engine.services.progress.get().state).toBe('paused');
    await rm(join(b.photos, 'b.jpg'));
    b.engine.services.indexer.resume();
    await done;
    expect(await counts(b)).toMatchObject({ photos: 2, failed: 0, pending: 0, missing: 0 });
  });

  it('believes a much smaller folder only when the user says so', async () => {
    const b = await bench();
    await b.write(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.jpg`, `photo ${i}`])));
    await index(b);
    for (let i = 0; i < 50; i++) await rm(join(b.photos, `${i}.jpg`));
    await b.write({ 'new.jpg': 'new' });
    await b.engine.services.indexer.update();
    const [folder] = b.engine.services.folders.list();
    expect(folder?.state).toBe('offline');
    await b.engine.services.indexer.accept(folder?.id ?? 0);
    expect(b.engine.services.folders.list()).toMatchObject([{ state: 'online' }]);
    expect(names(b)).toHaveLength(11);
  });

  it('forgets no folder that is added while another one is scanned', async () => {
    const b = await bench();
    await b.write({ 'one/a.jpg': 'one', 'two/b.jpg': 'two', 'three/c.jpg': 'three' });
    const { folders, indexer } = b.engine.services;
    const runs: Promise<unknown>[] = [];
    for (const name of ['one', 'two', 'three']) {
      const { id } = await folders.add(join(b.photos, name));
      runs.push(indexer.update([id]));
    }
    await Promise.all(runs);
    expect(names(b)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  });

  it('never looks into a library, its own or another', async () => {
    const b = await bench();
    await b.write({
      'a.jpg': 'one',
      'lib/catalog.sqlite': '',
      'lib/library.lock': '',
      'lib/thumbnails/x.jpg': 'thumb',
    });
    await index(b);
    expect(names(b)).toEqual(['a.jpg']);
  });

  it('drops vectors and thumbnails with a removed folder, and has them again when it returns', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await index(b);
    const [folder] = b.engine.services.folders.list();
    await b.engine.services.folders.remove(folder?.id ?? 0);
    expect((await b.engine.services.search.run({ text: 'one', limit: 5 })).results).toEqual([]);
    expect(await counts(b)).toMatchObject({ photos: 0, indexed: 0 });
    await index(b);
    expect(await counts(b)).toMatchObject({ photos: 2, indexed: 2 });
  });

  it('goes on after a close, and makes lost vectors again', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await index(b);
    await b.engine.dispose();
    await rm(join(b.library, 'vectors'), { recursive: true });
    await b.reopen();
    expect(await counts(b)).toMatchObject({ photos: 2, indexed: 0 });
    await b.engine.services.indexer.update();
    expect(await counts(b)).toMatchObject({ photos: 2, indexed: 2 });
  });

  it('pauses between batches and resumes', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    b.engine.services.indexer.pause();
    const done = index(b);
    await expect.poll(() => b.engine.services.progress.get().state).toBe('paused');
    expect(b.fake.ingested).toEqual([]);
    b.engine.services.indexer.resume();
    expect(await done).toBe(1);
  });

  it('tries files again at the start that failed for a passing reason, and no others', async () => {
    let locked = true;
    const fake = fakeCompute({
      ingest: async ({ path }) => {
        fake.ingested.push(path);
        if (path.endsWith('bad.jpg'))
          return { ok: false, reason: 'corrupt', message: 'The picture is damaged.' };
        if (locked) return { ok: false, reason: 'unreadable', message: 'No permission to read the file.' };
        return photoOf('one', new Float32Array([1, 0, 0, 0]));
      },
    });
    const b = await bench({ fake });
    await b.write({ 'a.jpg': 'one', 'bad.jpg': 'two' });
    await index(b);
    expect(await counts(b)).toMatchObject({ failed: 2 });
    locked = false;
    b.engine.start();
    await expect.poll(() => counts(b)).toMatchObject({ failed: 1, indexed: 1 });
    expect(fake.ingested.filter((path) => path.endsWith('bad.jpg'))).toHaveLength(1);
  });

  it('notices new files by itself once started', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    await index(b);
    b.engine.start();
    await expect.poll(() => b.engine.services.progress.get().state).toBe('idle');
    await b.write({ 'later/b.jpg': 'two' });
    await expect.poll(() => names(b), { timeout: 10_000 }).toEqual(['a.jpg', 'b.jpg']);
  });

  it('leaves the originals alone', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    const at = new Date(1_600_000_000_000);
    await utimes(join(b.photos, 'a.jpg'), at, at);
    await index(b);
    expect((await stat(join(b.photos, 'a.jpg'))).mtimeMs).toBe(at.getTime());
    expect(await readFile(join(b.photos, 'a.jpg'), 'utf8')).toBe('one');
  });
});
