// What lies beside photos, and what cannot be opened at all: the first is read again when only it has changed, the
// second is told and not passed over in silence.
import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

async function indexed(files: Record<string, string>): Promise<Bench> {
  const b = await bench();
  await b.write(files);
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
  return b;
}

const first = ({ engine }: Bench) => {
  const [tile] = engine.services.library.timeline({ offset: 0, limit: 1 }).photos;
  return engine.services.library.photo(tile?.id ?? '');
};

describe('sidecars', () => {
  test('written, changed and taken away later: the words follow, the picture is not decoded again', async () => {
    const b = await indexed({ 'a.jpg': 'one' });
    const { indexer, marks } = b.engine.services;
    const { id } = first(b);
    marks.mark({ photos: { kind: 'photos', ids: [id] }, rating: 4, favourite: true });
    for (const caption of ['the lake', 'the lake at dawn', null]) {
      if (caption === null) await rm(join(b.photos, 'a.jpg.xmp'));
      else await b.write({ 'a.jpg.xmp': caption });
      await indexer.update();
      expect(first(b)).toMatchObject({ id, caption, rating: 4, favourite: true, searchable: true });
    }
    expect(b.fake.ingested).toHaveLength(1);
  });

  test('nothing beside it has changed: nothing is read', async () => {
    const b = await indexed({ 'a.jpg': 'one', 'a.jpg.xmp': 'the lake' });
    const { indexer, progress } = b.engine.services;
    await indexer.update();
    const before = progress.get().revision;
    await indexer.update();
    // And no window has to load anything anew.
    expect(progress.get().revision).toBe(before);
  });

  test('moved together with its photo', async () => {
    const b = await indexed({ 'a.jpg': 'one' });
    await b.write({ 'a.jpg.xmp': 'the lake' });
    await b.engine.services.indexer.update();
    for (const ending of ['', '.xmp'])
      await rename(join(b.photos, `a.jpg${ending}`), join(b.photos, `b.jpg${ending}`));
    await b.engine.services.indexer.update();
    expect(first(b)).toMatchObject({ fileName: 'b.jpg', caption: 'the lake' });
    expect(b.fake.ingested).toHaveLength(1);
  });
});

describe.runIf(process.platform === 'linux')('what cannot be opened is told', () => {
  test('names that are no text, links to nowhere, pipes; and no longer once it is mended', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    const bash = (script: string) => execFileSync('bash', ['-c', script, 'bash', b.photos]);
    bash(
      `printf one > "$1"/$'caf\\xe9.jpg'; mkdir "$1"/$'\\xff'; printf two > "$1"/$'\\xff'/b.jpg; mkfifo "$1/pipe.jpg"`,
    );
    await symlink('nowhere.jpg', join(b.photos, 'link.jpg'));
    const { folders, indexer, library } = b.engine.services;
    const { id } = await folders.add(b.photos);
    await indexer.update([id]);
    const { failures, total, reasons } = library.failures({ offset: 0, limit: 10 });
    expect(
      failures.map(({ fileId, path, reason }) => [fileId, path.slice(b.photos.length + 1), reason]),
    ).toEqual([
      [null, '\\xFF', 'unreadable'],
      [null, 'caf\\xE9.jpg', 'unreadable'],
      [null, 'link.jpg', 'unreadable'],
      [null, 'pipe.jpg', 'unsupported'],
    ]);
    expect(total).toBe(4);
    expect(reasons).toEqual([
      { reason: 'unreadable', files: 3 },
      { reason: 'unsupported', files: 1 },
    ]);
    expect(library.failures({ offset: 0, limit: 10, reason: 'unsupported' })).toMatchObject({ total: 1 });
    expect(b.engine.services.progress.get()).toMatchObject({ failed: 4, done: 1, found: 5 });
    expect(library.filesIn([b.photos])).toMatchObject({ files: 5, pending: 0 });

    bash(`mv "$1"/$'caf\\xe9.jpg' "$1/cafe.jpg"; mv "$1"/$'\\xff' "$1/b"; rm "$1/pipe.jpg" "$1/link.jpg"`);
    await indexer.update([id]);
    expect(library.failures({ offset: 0, limit: 10 })).toMatchObject({ total: 0, failures: [] });
    expect((await library.status()).counts).toMatchObject({ photos: 2, failed: 0 });
  });

  test('a path that is too long', async () => {
    const b = await bench();
    await b.write({ 'a.jpg': 'one' });
    const half = join(...Array.from({ length: 15 }, () => 'd'.repeat(200)));
    await mkdir(join(b.photos, half), { recursive: true });
    const other = join(b.photos, '..', 'other');
    await mkdir(join(other, half), { recursive: true });
    await writeFile(join(other, half, 'b.jpg'), 'two');
    await rename(join(other, 'd'.repeat(200)), join(b.photos, half, 'more'));
    const { id } = await b.engine.services.folders.add(b.photos);
    await b.engine.services.indexer.update([id]);
    const { failures } = b.engine.services.library.failures({ offset: 0, limit: 10 });
    expect(failures).toMatchObject([{ reason: 'unreadable', message: expect.stringContaining('longer') }]);
    execFileSync('rm', ['-rf', b.photos, other]);
  });
});

test('one failed file is tried again, and the others are left alone', async () => {
  const b = await indexed({ 'a.jpg': 'bad one', 'b.jpg': 'bad two' });
  const { library, indexer } = b.engine.services;
  const [one] = library.failures({ offset: 0, limit: 1 }).failures;
  expect(library.retryFailures([one?.fileId ?? 0])).toBe(1);
  await indexer.update();
  expect(b.fake.ingested).toHaveLength(3);
});
