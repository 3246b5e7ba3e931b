// The trash failing in every way it can: after each, every group and what is said of it is as before or as decided, the
// journal says which, and every byte is still there.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFolderTrash } from '../src/trash/folder-trash.ts';
import type { TrashPort } from '../src/trash/port.ts';
import {
  CONTENTS,
  FILES,
  filesBelow,
  GROUPS,
  query,
  request,
  stateOf,
  type TrashBench,
  trashBench,
} from './trash-bench.ts';

const MOVES = 6;

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Calls `fault` before the nth move, counted from 1. */
function failing(fault: (n: number, path: string) => void, onRestore: () => void = () => {}) {
  let n = 0;
  return (usual: TrashPort): TrashPort => ({
    ...usual,
    async put(path, receipt) {
      n += 1;
      fault(n, path);
      await usual.put(path, receipt);
    },
    async restore(receipt, path) {
      onRestore();
      await usual.restore(receipt, path);
    },
  });
}

function journal(b: TrashBench) {
  return query(b.library, 'SELECT path, state, message FROM file_operations ORDER BY id');
}

/** Nothing lost, nothing half done, and the journal agrees with the disk. */
function expectSound(b: TrashBench) {
  const here = filesBelow(b.photos);
  const there = filesBelow(join(b.trash, 'files'));
  const all = new Set([...here.values(), ...there.values()]);
  expect([...CONTENTS].filter((hash) => !all.has(hash))).toEqual([]);
  for (const { path, state } of journal(b)) {
    expect(['done', 'failed', 'undone']).toContain(state);
    expect(existsSync(String(path)), `${path} is ${state}`).toBe(state !== 'done');
  }
  const notes = existsSync(join(b.trash, 'info')) ? readdirSync(join(b.trash, 'info')).length : 0;
  expect(notes).toBe(there.size);
  return here;
}

test.each(Array.from({ length: MOVES }, (_, at) => at + 1))('the disk fails at move %i', async (at) => {
  const b = await trashBench({
    trash: failing((n) => {
      if (n === at) throw failure('EIO');
    }),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report.trashed).toBe(3);
  expect(report.failed).toMatchObject([{ message: 'The disk reported an error.' }]);
  const here = expectSound(b);
  const [failed] = report.failed;
  const name = failed?.path.slice(b.photos.length + 1) ?? '';
  expect(here.has(name)).toBe(true);
  expect(journal(b).filter(({ state }) => state === 'failed').length).toBeGreaterThan(0);
  await b.engine.services.indexer.update();
  expectSound(b);
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
  expectSound(b);
});

test.each(['ENOSPC', 'EACCES', 'EROFS', 'EXDEV'])('no move works: %s', async (code) => {
  const b = await trashBench({
    trash: failing(() => {
      throw failure(code);
    }),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report).toMatchObject({ actId: null, trashed: 0, bytes: 0 });
  expect(report.failed).toHaveLength(4);
  expect(report.failed[0]?.message).toMatch(/full|may not be changed|no place/);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
  expectSound(b);
  expect(new Set(journal(b).map(({ state }) => state))).toEqual(new Set(['failed']));
  expect(b.engine.services.acts.list(1)).toMatchObject([{ undone: true }]);
});

test.each([2, 4, 6])('full from move %i on: what is done is whole, the rest as before', async (from) => {
  const b = await trashBench({
    trash: failing((n) => {
      if (n >= from) throw failure('ENOSPC');
    }),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report.trashed + report.failed.length).toBe(4);
  expectSound(b);
  if (report.actId !== null) await b.engine.services.acts.undo(report.actId);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('it fails, and what had moved cannot be put back either: the journal knows, undo brings it', async () => {
  let broken = true;
  const b = await trashBench({
    trash: failing(
      (n) => {
        if (n === 2) throw failure('EIO');
      },
      () => {
        if (broken) throw failure('EIO');
      },
    ),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report.failed).toHaveLength(1);
  expectSound(b);
  expect(journal(b)[0]).toMatchObject({ state: 'done', message: expect.stringContaining('in the trash') });
  await expect(b.engine.services.acts.undo(report.actId ?? 0)).rejects.toMatchObject({
    kind: 'UNDO_INCOMPLETE',
  });
  expectSound(b);
  broken = false;
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('a file saved over after it was looked at, and while it is being moved, stays', async () => {
  const b = await trashBench({
    trash: (usual) => ({
      ...usual,
      async plan(path, taken) {
        if (path.endsWith('copies/c.jpg')) await appendFile(path, ' edited');
        return usual.plan(path, taken);
      },
      async put(path, receipt) {
        if (path.endsWith('copies/b.jpg')) writeFileSync(path, 'saved just now');
        await usual.put(path, receipt);
      },
    }),
  });
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report).toMatchObject({ trashed: 2 });
  expect(report.failed.map(({ message }) => message)).toEqual([
    expect.stringContaining('changed'),
    expect.stringContaining('changed'),
  ]);
  expect(readFileSync(join(b.photos, 'copies/b.jpg'), 'utf8')).toBe('saved just now');
  expect(readFileSync(join(b.photos, 'copies/c.jpg'), 'utf8')).toBe('a copy of c edited');
  expect(existsSync(join(b.photos, 'copies/b.jpg.json'))).toBe(true);
});

test.each(['before', 'after'])(
  'the one kept vanishes %s the move: the copy stays or comes back',
  async (when) => {
    let photos = '';
    const remove = () => rmSync(join(photos, 'c.jpg'), { force: true });
    const b = await trashBench({
      trash: (usual) => ({
        ...usual,
        async put(path, receipt) {
          if (when === 'before' && path.endsWith('copies/a.jpg')) remove();
          await usual.put(path, receipt);
          if (when === 'after' && path.endsWith('copies/c.jpg')) remove();
        },
      }),
    });
    photos = b.photos;
    const report = await b.engine.services.trash.trash(request(b.ids));
    expect(report.trashed).toBe(3);
    expect(report.failed).toMatchObject([{ path: join(b.photos, 'copies/c.jpg') }]);
    expect(readFileSync(join(b.photos, 'copies/c.jpg'), 'utf8')).toBe(FILES['copies/c.jpg']);
  },
);

test('names taken in the trash, with and without a note, are left alone', async () => {
  const b = await trashBench();
  mkdirSync(join(b.trash, 'files'), { recursive: true });
  mkdirSync(join(b.trash, 'info'), { recursive: true });
  writeFileSync(join(b.trash, 'files/a.jpg'), 'someone else’s');
  writeFileSync(join(b.trash, 'info/a.2.jpg.trashinfo'), '[Trash Info]\n');
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report.trashed).toBe(4);
  expect(readFileSync(join(b.trash, 'files/a.jpg'), 'utf8')).toBe('someone else’s');
  expect(readFileSync(join(b.trash, 'files/a.3.jpg'), 'utf8')).toBe(FILES['copies/a.jpg']);
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(readdirSync(join(b.trash, 'files'))).toEqual(['a.jpg']);
  expect(readdirSync(join(b.trash, 'info'))).toEqual(['a.2.jpg.trashinfo']);
});

test('a name that another program takes in the last moment: the next trash takes the file', async () => {
  let second = '';
  const b = await trashBench({
    trash: (usual) => {
      const both = createFolderTrash(async (path) => {
        const [first] = await usual.plan(path, new Set());
        const directory = first?.kind === 'folder' ? join(first.note, '../..') : '';
        second = `${directory}-2`;
        return [
          { directory, top: null },
          { directory: second, top: null },
        ];
      });
      return {
        ...both,
        async put(path, receipt) {
          if (receipt.kind === 'folder' && path.endsWith('copies/c.jpg')) {
            mkdirSync(join(receipt.note, '..'), { recursive: true });
            if (!receipt.note.startsWith(second)) writeFileSync(receipt.note, 'taken');
          }
          await both.put(path, receipt);
        },
      };
    },
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report).toMatchObject({ trashed: 4, failed: [] });
  expect(readdirSync(join(second, 'files'))).toEqual(['c.jpg']);
  await b.reopen();
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot || process.platform === 'win32')(
  'a folder that may not be changed (not run as root)',
  async () => {
    const b = await trashBench();
    chmodSync(join(b.photos, 'copies'), 0o500);
    onTestFinished(() => chmodSync(join(b.photos, 'copies'), 0o700));
    const before = stateOf(b.engine, b.photos);
    const report = await b.engine.services.trash.trash(request(b.ids));
    expect(report).toMatchObject({ actId: null, trashed: 0 });
    expect(report.failed[0]?.message).toBe('Its folder may not be changed.');
    expect(stateOf(b.engine, b.photos)).toEqual(before);
  },
);

test('closed in the middle: the photo in hand is finished, the rest stays, nothing hangs', async () => {
  let closing: Promise<void> = Promise.resolve();
  const b: TrashBench = await trashBench({
    trash: failing((n) => {
      if (n === 2) closing = b.engine.dispose();
    }),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  await closing;
  expect(report.trashed).toBe(1);
  expect(report.failed).toMatchObject(Array(3).fill({ message: expect.stringContaining('closed') }));
  await b.reopen();
  expectSound(b);
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('every group is whole: inherited if and only if its copy went', async () => {
  const b = await trashBench({
    trash: failing((n) => {
      if (n === 4) throw failure('EIO');
    }),
  });
  await b.engine.services.trash.trash(request(b.ids));
  const { library } = b.engine.services;
  const rating = (name: string) => library.photo(b.ids.get(name)?.photoId ?? '').rating;
  expect(rating(GROUPS[0][0])).toBe(5);
  expect(rating(GROUPS[1][0])).toBe(4);
  const albums = b.engine.services.albums.of(b.ids.get('c.jpg')?.photoId ?? '');
  expect(albums).toHaveLength(existsSync(join(b.photos, 'copies/c.jpg')) ? 0 : 1);
});
