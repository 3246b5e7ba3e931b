// The queue of files: order, marks before decoding, attempts, failures and retries.
import { expect, test } from 'vitest';
import { openCatalog } from '../src/index.ts';
import { facts, freshCatalog, index, photoAt, scan, temporaryFolder } from './fixtures.ts';

test('newest first, without those being worked on', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/p').id;
  scan(catalog, root, {
    'old.jpg': { content: 'A', mtimeMs: 1 },
    'new.jpg': { content: 'B', mtimeMs: 3 },
    'mid.jpg': { content: 'C', mtimeMs: 2 },
  });
  const [first, ...rest] = catalog.nextPending({ limit: 3 });
  expect([first, ...rest].map((file) => file?.path)).toEqual(['/p/new.jpg', '/p/mid.jpg', '/p/old.jpg']);
  const exclude = [first?.fileId ?? 0];
  expect(catalog.nextPending({ limit: 1, exclude })[0]?.path).toBe('/p/mid.jpg');
});

test('a mark survives the death of its process, and counts as an attempt', () => {
  const folder = temporaryFolder();
  const first = openCatalog(folder);
  scan(first, first.addRoot('/p').id, { 'poison.jpg': 'A', 'fine.jpg': 'BB', 'idle.jpg': 'CCC' });
  const files = first.nextPending({ limit: 3 });
  const idOf = (name: string) => files.find((file) => file.path === `/p/${name}`)?.fileId ?? 0;
  first.markInFlight([idOf('poison.jpg'), idOf('fine.jpg')]);
  first.finishFile(idOf('fine.jpg'), facts('BB'), null);

  // The first catalog is never closed: what it wrote must be on disk already.
  const second = freshCatalog(folder);
  expect(second.inFlightLeftovers().map(({ path, attempts }) => [path, attempts])).toEqual([
    ['/p/poison.jpg', 1],
  ]);
  expect(second.inFlightLeftovers()).toEqual([]);
  expect(second.countAttempt(idOf('poison.jpg'))).toBe(2);
  second.failFile(idOf('poison.jpg'), 'timeout', 'It crashed the decoder twice.');
  expect(second.nextPending({ limit: 9 }).map((file) => file.path)).toEqual(['/p/idle.jpg']);
  first.close();
});

test('clearing a mark leaves no attempt', () => {
  const catalog = freshCatalog();
  scan(catalog, catalog.addRoot('/p').id, { 'a.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  catalog.markInFlight([file?.fileId ?? 0, 424_242]);
  catalog.clearInFlight([file?.fileId ?? 0]);
  expect(catalog.inFlightLeftovers()).toEqual([]);
});

test('a failure is on record until the file changes, is tried again, or goes', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/p').id;
  scan(catalog, root, { 'a.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  const fail = () => catalog.failFile(file?.fileId ?? 0, 'corrupt', 'The picture is cut off.');
  const message = 'The picture is cut off.';
  const listed = { fileId: 1, path: '/p/a.jpg', reason: 'corrupt', why: 'cut-off', message };
  fail();
  expect(catalog.failures({ offset: 0, limit: 9 })).toEqual({
    total: 1,
    reasons: [{ reason: 'corrupt', files: 1 }],
    failures: [listed],
  });
  expect(catalog.counts(null)).toMatchObject({ photos: 0, pending: 0, failed: 1 });

  expect(catalog.retryFailed()).toBe(1);
  expect(catalog.counts(null)).toMatchObject({ pending: 1, failed: 0 });
  fail();
  scan(catalog, root, { 'a.jpg': 'A changed' });
  expect(catalog.counts(null)).toMatchObject({ pending: 1, failed: 0 });
  fail();
  scan(catalog, root, {});
  expect(catalog.counts(null)).toEqual({
    photos: 0,
    indexed: 0,
    pending: 0,
    copying: 0,
    failed: 0,
    offline: 0,
    missing: 0,
  });
});

test('an edit that cannot be decoded keeps the photo, and asks for no vector', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/p').id;
  index(catalog, root, { 'a.jpg': 'A' });
  const id = photoAt(catalog, '/p/a.jpg');
  scan(catalog, root, { 'a.jpg': 'A broken' });
  const [file] = catalog.nextPending({ limit: 1 });
  expect(file?.photoId).toBe(id);
  catalog.failFile(file?.fileId ?? 0, 'corrupt', 'x');
  expect(catalog.counts(null)).toMatchObject({ photos: 1, failed: 1 });
  expect(catalog.missingEmbeddings('m', 9)).toEqual([]);
});
