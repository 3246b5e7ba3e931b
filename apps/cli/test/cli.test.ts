// The command line end to end: real engine, real compute processes, real starter model, generated photos.
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir, writeHostileFiles, writeLibrary } from '@semblance/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { finish, semblance, smallLibrary, start } from './run.ts';

const STARTER = join(import.meta.dirname, '../../../assets/models/starter');

interface Report {
  found: number;
  indexed: number;
  unchanged: number;
  failed: { path: string; reason: string; message: string }[];
}

describe('doctor', () => {
  it('says what is sound, restores a damaged catalog, and keeps what was there', async () => {
    const folder = await tempDir();
    await writeLibrary(join(folder, 'photos'), { count: 3, seed: 5, side: 320 });
    const place = join(folder, 'library');
    const library = ['--library', place, '--json'];
    expect((await semblance('doctor', ...library)).code).toBe(2);
    await semblance('index', join(folder, 'photos'), ...library);

    const sound = await semblance('doctor', ...library);
    expect(sound.code, sound.stderr).toBe(0);
    expect(sound.json()).toMatchObject({
      sound: true,
      catalog: { problems: [], photos: 3 },
      vectors: { stored: 3, damaged: 0 },
    });
    expect((await semblance('doctor', '--restore', ...library)).code).toBe(2);

    writeFileSync(join(place, 'catalog.sqlite'), 'no longer a database. '.repeat(500));
    const told = await semblance('search', 'sea', '--library', place);
    expect(told.code).toBe(1);
    expect(told.stderr).toContain('semblance doctor --restore');
    const ill = await semblance('doctor', ...library);
    expect(ill.code).toBe(1);
    expect(ill.json()).toMatchObject({ sound: false, vectors: null, backups: [{ problems: [] }] });

    const mended = await semblance('doctor', '--restore', ...library);
    expect(mended.code, mended.stderr).toBe(0);
    expect(mended.json()).toMatchObject({ sound: true, catalog: { photos: 3 }, vectors: { stored: 3 } });
    const { replaced } = mended.json() as { replaced: string };
    expect(existsSync(join(replaced, 'catalog.sqlite'))).toBe(true);
    expect((await semblance('doctor', '--library', place)).stdout).toContain('All is well.');
  }, 180_000);
});

describe('a whole session', { timeout: 180_000 }, () => {
  it('indexes, searches, says what it has, and does nothing twice', async () => {
    const folder = await tempDir();
    const photos = await writeLibrary(join(folder, 'photos'), { count: 16, seed: 3, side: 640 });
    const library = ['--library', join(folder, 'library'), '--json'];

    const first = await semblance('index', join(folder, 'photos'), ...library);
    expect(first.code, first.stderr).toBe(0);
    expect(first.json()).toMatchObject({ found: 16, indexed: 16, unchanged: 0, failed: [] });

    const second = await semblance('index', join(folder, 'photos'), ...library);
    expect(second.json()).toMatchObject({ found: 16, indexed: 0, unchanged: 16, failed: [] });

    const [photo] = photos;
    const found = await semblance('search', photo?.query ?? '', '--limit', '5', ...library);
    const { results } = found.json() as {
      results: { id: string; path: string; cosine: number; relevance: number }[];
    };
    expect(results).toHaveLength(5);
    const right = photos.filter((p) => p.query === photo?.query).map((p) => p.path);
    expect(right).toContain(results[0]?.path);
    for (const { id, cosine, relevance } of results) {
      expect(id).toMatch(/^[0-9a-f]{20}$/);
      expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
      expect(relevance).toBeGreaterThanOrEqual(0);
      expect(relevance).toBeLessThanOrEqual(100);
    }

    const alike = await semblance('search', '--like', photo?.path ?? '', '--limit', '3', ...library);
    const like = alike.json() as { results: { path: string }[] };
    expect(like.results.map((r) => r.path)).not.toContain(photo?.path);
    expect(right).toContain(like.results[0]?.path);

    const status = await semblance('status', ...library);
    expect(status.json()).toMatchObject({
      counts: { photos: 16, indexed: 16, pending: 0, failed: 0, offline: 0, missing: 0 },
      roots: [{ path: join(folder, 'photos'), state: 'online', photos: 16 }],
      model: { id: 'starter', active: true, bundled: true },
    });
  });

  it('ends every hostile file as it should, and indexes the good ones among them', async () => {
    const folder = await tempDir();
    const files = await writeHostileFiles(join(folder, 'photos'));
    const run = await semblance(
      'index',
      join(folder, 'photos'),
      '--library',
      join(folder, 'library'),
      '--json',
    );
    expect(run.code, run.stderr).toBe(0);
    const report = run.json() as unknown as Report;
    const reasons = new Map(report.failed.map((f) => [f.path, f.reason]));
    for (const { path, about, outcome } of files) {
      expect(reasons.get(path) ?? 'no failure', about).toBe(
        outcome === 'indexed' || outcome === 'ignored' ? 'no failure' : outcome,
      );
    }
    expect(report.indexed).toBe(files.filter((f) => f.outcome === 'indexed').length);
    expect(report.found).toBe(report.indexed + report.failed.length);
  });

  it('survives kill -9 at any moment and goes on by itself', async () => {
    const folder = await tempDir();
    const photos = await writeLibrary(join(folder, 'photos'), { count: 40, seed: 5, side: 320 });
    const args = ['index', join(folder, 'photos'), '--library', join(folder, 'library'), '--json'];
    for (const delay of [350, 600, 750, 900, 1100]) {
      const child = start(args);
      const ended = finish(child);
      setTimeout(() => child.kill('SIGKILL'), delay);
      await ended;
    }
    const last = await semblance(...args);
    expect(last.code, last.stderr).toBe(0);
    const report = last.json() as unknown as Report;
    expect(report.found).toBe(photos.length);
    expect(report.indexed + report.unchanged).toBe(photos.length);
    const all = await semblance(
      'search',
      'photo',
      '--limit',
      '1000',
      '--library',
      join(folder, 'library'),
      '--json',
    );
    const ids = (all.json() as { results: { id: string }[] }).results.map((r) => r.id);
    expect(ids).toHaveLength(photos.length);
    expect(new Set(ids).size).toBe(photos.length);
  });
});

describe('bad input', () => {
  let some = '';
  beforeAll(async () => {
    some = await smallLibrary();
  }, 60_000);

  it.each([
    [['search', '', '--json'], 2, 'EMPTY_QUERY'],
    [['search', '--json'], 2, 'USAGE'],
    [['search', 'dog', '--like', '/no/such/x.jpg', '--json'], 1, 'PHOTO_UNREADABLE'],
    [['search', 'dog', '--sort', 'size', '--json'], 2, 'USAGE'],
    [['search', ': -- ..', '--json'], 2, 'EMPTY_QUERY'],
    [['search', 'x '.repeat(600), '--json'], 2, 'QUERY_TOO_LONG'],
    [['search', 'dog', '--limit', '0', '--json'], 2, 'USAGE'],
    [['index', '--json'], 2, 'USAGE'],
    [['paint', '--json'], 2, 'USAGE'],
    [['index', '', '--json'], 2, 'USAGE'],
    [['search', '--like', '', '--json'], 2, 'USAGE'],
    [['search', 'dog', '--limit', '1e2', '--json'], 2, 'USAGE'],
    [['index', '/no/such/folder', '--json'], 1, 'FOLDER_NOT_FOUND'],
    [['serve', '--roots', '/no/such/folder', '--no-open', '--json'], 1, 'FOLDER_NOT_FOUND'],
    [['search', '--like', '/no/such/picture.jpg', '--json'], 1, 'PHOTO_UNREADABLE'],
  ])('%j', async (args, code, kind) => {
    const run = await semblance(...args, '--library', some);
    expect(run.code).toBe(code);
    expect(run.json()).toMatchObject({ error: { kind, message: expect.any(String) } });
    expect(run.stderr).not.toBe('');
  });

  it('a library folder that cannot be written to', async () => {
    const folder = await tempDir();
    const library = join(folder, 'library');
    if (process.getuid?.() === 0) writeFileSync(library, 'a file is in the way');
    else {
      mkdirSync(library);
      chmodSync(library, 0o500);
    }
    const run = await semblance('index', folder, '--library', library, '--json');
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ error: { kind: 'LIBRARY_NOT_WRITABLE' } });
  });

  it('a library that is not there: only index and serve make one, and say so', async () => {
    const folder = await tempDir();
    const library = join(folder, 'mistyped');
    for (const asking of [
      ['search', 'dog'],
      ['status'],
      ['doctor'],
      ['duplicates'],
      ['folders', 'list'],
      ['label', 'export', join(folder, 'labels.json')],
    ]) {
      const run = await semblance(...asking, '--library', library, '--json');
      expect(run.code, asking[0]).toBe(2);
      expect(run.json(), asking[0]).toMatchObject({
        error: { kind: 'USAGE', message: expect.stringContaining(`There is no library in ${library}.`) },
      });
      expect(existsSync(library), asking[0]).toBe(false);
    }
    const photos = join(folder, 'photos');
    await writeLibrary(photos, { count: 1, seed: 5, side: 64 });
    const told = `A new library was made in ${library}.\n`;
    expect((await semblance('index', photos, '--library', library, '--json')).stderr).toBe(told);
    expect((await semblance('index', photos, '--library', library, '--json')).stderr).toBe('');
    rmSync(join(library, 'catalog.sqlite'));
    const lost = await semblance('index', photos, '--library', library);
    expect(lost.code).toBe(2);
    expect(lost.stderr).toContain('semblance doctor --restore');
    expect(existsSync(join(library, 'catalog.sqlite'))).toBe(false);
  }, 120_000);

  it('a second process on the same library', async () => {
    const library = join(await tempDir(), 'library');
    const server = start(['serve', '--library', library, '--port', '0', '--no-open', '--json']);
    const ended = finish(server);
    await new Promise((ready) => server.stdout?.once('data', ready));
    const run = await semblance('search', 'dog', '--library', library, '--json');
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({
      error: { kind: 'LIBRARY_IN_USE', message: expect.stringContaining(String(server.pid)) },
    });
    const looked = await semblance('doctor', '--library', library, '--json');
    expect(looked.code).toBe(1);
    expect(looked.json()).toMatchObject({
      ...{ sound: null, catalog: { problems: [] }, vectors: null },
      unseen: [expect.stringContaining(String(server.pid))],
    });
    const read = await semblance('doctor', '--library', library);
    expect(read.stdout).toMatch(/not looked at: vectors: .*server/);
    expect(read.stdout).not.toContain('All is well.');
    server.kill('SIGTERM');
    const served = await ended;
    expect(served.code).toBe(0);
    expect(served.stderr).toContain(`A new library was made in ${library}.`);
    expect((await semblance('status', '--library', library, '--json')).code).toBe(0);
  });

  it('an interruption, which never claims to be done', async () => {
    const folder = await tempDir();
    await writeLibrary(join(folder, 'photos'), { count: 120, seed: 9, side: 64 });
    const args = ['index', join(folder, 'photos'), '--library', join(folder, 'library'), '--json'];
    const child = start(args);
    const ended = finish(child);
    await expect.poll(() => existsSync(join(folder, 'library/thumbnails')), { timeout: 10_000 }).toBe(true);
    child.kill('SIGINT');
    const run = await ended;
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ error: { kind: 'INTERRUPTED' } });
    expect((await semblance(...args)).json()).toMatchObject({ found: 120, failed: [] });
  });

  it('a reader that goes away', async () => {
    const child = start(['--help']);
    child.stdout?.destroy();
    const { stderr } = await finish(child);
    expect(stderr).not.toMatch(/at .*\.js|Unhandled/);
  });

  it('a damaged and a missing model folder', async () => {
    const folder = await tempDir();
    const model = join(folder, 'broken');
    cpSync(STARTER, model, { recursive: true });
    truncateSync(join(model, 'onnx/vision_model.onnx'), 1000);
    const search = (dir: string) => semblance('search', 'dog', '--model', dir, '--library', some, '--json');
    const damaged = await search(model);
    expect(damaged.code).toBe(1);
    expect(damaged.json()).toMatchObject({
      error: { kind: 'MODEL_DAMAGED', message: expect.stringContaining('vision_model.onnx') },
    });
    const missing = await search(join(folder, 'nowhere'));
    expect(missing.code).toBe(1);
    expect(missing.json()).toMatchObject({ error: { kind: 'MODEL_MISSING' } });
    const doctor = await semblance('doctor', '--model', model, '--library', some, '--json');
    expect(doctor.code).toBe(1);
    expect(doctor.json()).toMatchObject({
      ...{ sound: null, catalog: { problems: [], photos: 1 }, vectors: null },
      unseen: [expect.stringContaining('vision_model.onnx')],
    });
  });
});

it('has help on every command', async () => {
  for (const command of [[], ['index'], ['search'], ['status'], ['serve'], ['models'], ['models', 'list']]) {
    const { code, stdout } = await semblance(...command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Usage: semblance/);
  }
});

it('lists models without a library', async () => {
  const run = await semblance('models', 'list', '--json');
  expect(run.code).toBe(0);
  expect(run.json()).toMatchObject({
    models: [{ id: 'starter', dimensions: 256, languages: ['en', 'tr'], active: true }],
  });
});
