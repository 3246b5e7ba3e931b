// Copies to the trash and back by command: real engine, real pictures, a trash of its own (never the user's).
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tempDir, writeLibrary } from '@semblance/testkit';
import { beforeEach, expect, test, vi } from 'vitest';
import { finish, semblance, start } from './run.ts';

const PHOTOS = 5;

// Every command starts the engine and its processes anew.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = '';
let photos = '';
let library: string[] = [];
let originals: Map<string, string>;

/** Bytes by name. */
function bytesIn(path: string): Map<string, string> {
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [];
  const files = names.filter((name) => /\.\w+$/.test(name));
  return new Map(files.map((name) => [name, readFileSync(join(path, name)).toString('base64')]));
}

const inTrash = () => bytesIn(join(folder, 'data/Trash/files'));

beforeEach(async () => {
  folder = await tempDir();
  photos = join(folder, 'photos');
  process.env.XDG_DATA_HOME = join(folder, 'data');
  library = ['--library', join(folder, 'library'), '--json'];
  const made = await writeLibrary(photos, { count: PHOTOS, seed: 11, side: 400 });
  mkdirSync(join(photos, 'copies'));
  for (const [at, { path }] of made.entries()) cpSync(path, join(photos, 'copies', `copy-${at}.jpg`));
  writeFileSync(join(photos, 'copies/copy-0.xmp'), '<x:xmpmeta/>');
  const indexed = await semblance('index', photos, ...library);
  expect(indexed.code, indexed.stderr).toBe(0);
  originals = bytesIn(photos);
});

const linux = test.skipIf(process.platform !== 'linux');

linux('a dry run moves nothing, apply moves the copies, undo brings them back', async () => {
  const dry = await semblance('duplicates', 'apply', '--dry-run', ...library);
  expect(dry.code, dry.stderr).toBe(0);
  const plan = dry.json() as { moves: { path: string; kept: string }[]; files: number };
  expect(plan).toMatchObject({ dryRun: true, groups: PHOTOS, files: PHOTOS, skipped: [] });
  expect(plan.moves).toHaveLength(PHOTOS);
  for (const { path, kept } of plan.moves) expect(path).not.toBe(kept);
  expect(bytesIn(photos)).toEqual(originals);

  const applied = await semblance('duplicates', 'apply', '--yes', ...library);
  expect(applied.json()).toMatchObject({ trashed: PHOTOS, failed: [] });
  const gone = plan.moves.map(({ path }) => path);
  expect(gone.filter((path) => existsSync(path))).toEqual([]);
  expect(inTrash().size).toBeGreaterThanOrEqual(PHOTOS);
  const status = await semblance('status', ...library);
  expect(status.json()).toMatchObject({ counts: { photos: PHOTOS, missing: 0, pending: 0 } });
  const again = await semblance('duplicates', 'apply', '--yes', ...library);
  expect(again.json()).toMatchObject({ actId: null, trashed: 0 });

  const undone = await semblance('duplicates', 'undo', ...library);
  expect(undone.json()).toMatchObject({ renamed: [], failed: [] });
  expect(bytesIn(photos)).toEqual(originals);
  expect(inTrash().size).toBe(0);
  const twice = await semblance('duplicates', 'undo', ...library);
  expect(twice.code).toBe(1);
  expect(twice.json()).toMatchObject({ error: { kind: 'NOTHING_TO_UNDO' } });
});

linux('a copy that changed stays, and a name that was taken is not overwritten', async () => {
  writeFileSync(join(photos, 'copies/copy-1.jpg'), 'something else');
  const applied = await semblance('duplicates', 'apply', '--yes', '--rule', 'oldest', ...library);
  expect(applied.json()).toMatchObject({ trashed: PHOTOS - 1 });
  expect(readFileSync(join(photos, 'copies/copy-1.jpg'), 'utf8')).toBe('something else');
  const [taken = ''] = [...originals.keys()].filter((name) => !existsSync(join(photos, name)));
  writeFileSync(join(photos, taken), 'new');
  const { actId } = applied.json() as { actId: number };
  const undone = await semblance('duplicates', 'undo', String(actId), ...library);
  expect(undone.json()).toMatchObject({ renamed: [{ path: join(photos, taken) }], failed: [] });
  expect(readFileSync(join(photos, taken), 'utf8')).toBe('new');
  const [{ to }] = (undone.json() as { renamed: [{ to: string }] }).renamed;
  expect(readFileSync(to).toString('base64')).toBe(originals.get(taken));
});

linux('the trash on a disk that is full or broken: nothing moves, and it is said', async () => {
  mkdirSync(join(folder, 'data'), { recursive: true });
  // A file where a folder should be: no note can be written.
  writeFileSync(join(folder, 'data/Trash'), '');
  const applied = await semblance('duplicates', 'apply', '--yes', ...library);
  const { trashed, failed } = applied.json() as { trashed: number; failed: unknown[] };
  expect(trashed).toBe(0);
  expect(failed).toHaveLength(PHOTOS);
  expect(bytesIn(photos)).toEqual(originals);
});

linux('killed in the middle, it is as before or as decided', async () => {
  for (const round of [0, 1, 2, 3]) {
    const child = start(['duplicates', 'apply', '--yes', ...library]);
    const ended = finish(child);
    // The first move makes the trash.
    while (child.exitCode === null && !existsSync(join(folder, 'data/Trash/info'))) await wait(1);
    await wait(round * 4);
    child.kill('SIGKILL');
    await ended;
    const status = await semblance('status', ...library);
    expect(status.code, status.stderr).toBe(0);
    const moved = inTrash().size;
    if (moved === 0) expect(bytesIn(photos)).toEqual(originals);
    else {
      expect((await semblance('duplicates', 'undo', ...library)).json()).toMatchObject({ failed: [] });
    }
    expect(bytesIn(photos)).toEqual(originals);
    rmSync(join(folder, 'data'), { recursive: true, force: true });
  }
});

test('without --yes there is nobody to ask: wrong use, and nothing moves', async () => {
  const asked = await semblance('duplicates', 'apply', ...library);
  expect(asked.code).toBe(2);
  expect(asked.json()).toMatchObject({ error: { kind: 'USAGE' } });
  expect((await semblance('duplicates', 'apply', '--kind', 'exact,nonsense', ...library)).code).toBe(2);
  // `duplicates` has a --kind of its own, which must not take this one.
  for (const kinds of [['resaved,exact'], ['resaved', 'exact']]) {
    const dry = await semblance('duplicates', 'apply', '--dry-run', '--kind', ...kinds, ...library);
    expect(dry.json()).toMatchObject({ dryRun: true, files: PHOTOS });
  }
  renameSync(join(photos, 'copies'), join(photos, 'moved'));
  expect(bytesIn(join(photos, 'moved')).size).toBe(PHOTOS + 1);
});
