// 200,000 photos: the queries that run all the time must be answered from an index, in order, without sorting.

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCatalog } from '../src/index.ts';
import { migrate } from '../src/migrations/index.ts';
import { openSql } from '../src/sql.ts';
import { timelineSql } from '../src/views.ts';
import { MISSING_EMBEDDINGS, NEXT_PENDING } from '../src/waiting.ts';
import { temporaryFolder } from './fixtures.ts';

function plan(query: string): string {
  const sql = openSql(join(temporaryFolder(), 'plan.sqlite'));
  onTestFinished(() => sql.close());
  migrate(sql);
  const values = Array.from(query.matchAll(/\?/g), () => null);
  return sql
    .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${query}`, ...values)
    .map((row) => row.detail)
    .join('\n');
}

describe('query plans', () => {
  test('the timeline walks its own index', () => {
    for (const [kind, index] of [
      ['all', 'photos_timeline'],
      ['favourites', 'photos_favourite'],
      ['recent', 'photos_recent'],
    ] as const) {
      expect(plan(timelineSql({ kind }))).toContain(`USING INDEX ${index}`);
      expect(plan(timelineSql({ kind }))).not.toContain('TEMP B-TREE');
    }
  });

  test('the queue walks its own index', () => {
    expect(plan(NEXT_PENDING)).toContain('USING INDEX files_waiting');
    expect(plan(NEXT_PENDING)).not.toContain('TEMP B-TREE');
  });

  test('photos without vectors are found along the timeline', () => {
    expect(plan(MISSING_EMBEDDINGS)).toContain('USING INDEX photos_timeline');
    expect(plan(MISSING_EMBEDDINGS)).not.toContain('TEMP B-TREE');
  });
});

test('200,000 photos: pages, counts and the queue answer at once', () => {
  const folder = temporaryFolder();
  openCatalog(folder).close();
  const sql = openSql(join(folder, 'catalog.sqlite'));
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)';
  sql.transaction(() => {
    sql.exec(`INSERT INTO roots (path, added_at) VALUES ('/p', 0);
      ${numbers} INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
        SELECT printf('%020x', i), printf('%064x', i), 'jpeg', i, 4, 3, 0, i * 7919 % 1000003, 'exif', 0 FROM n;
      ${numbers} INSERT INTO files (root_id, rel_path, size, mtime_ms, status, photo_id)
        SELECT 1, (i % 500) || '/' || i || '.jpg', i, i, 'ready', printf('%020x', i) FROM n;
      ${numbers} INSERT INTO embeddings SELECT 'm', printf('%020x', i), 'hash' FROM n WHERE i % 100 > 0;
      ${numbers} INSERT INTO files (root_id, rel_path, size, mtime_ms) SELECT 1, 'new/' || i, i, i FROM n WHERE i <= 5000`);
  });
  sql.close();
  const catalog = openCatalog(folder);
  onTestFinished(() => catalog.close());

  const milliseconds = (work: () => unknown) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const times = {
    firstPage: milliseconds(() => catalog.timeline({ offset: 0, limit: 2000 })),
    lastPage: milliseconds(() => catalog.timeline({ offset: 198_000, limit: 2000 })),
    counts: milliseconds(() => catalog.counts('m')),
    pending: milliseconds(() => catalog.nextPending({ limit: 32 })),
    missing: milliseconds(() => catalog.missingEmbeddings('m', 64)),
    folders: milliseconds(() => catalog.listRoots()),
    known: milliseconds(() => [...catalog.knownFiles(1)].length),
  };
  expect(catalog.counts('m')).toMatchObject({ photos: 200_000, indexed: 198_000, pending: 5000 });
  // Ten times what a slow machine needs: this test is about the order of magnitude.
  expect(times.firstPage, JSON.stringify(times)).toBeLessThan(500);
  expect(times.lastPage, JSON.stringify(times)).toBeLessThan(800);
  expect(times.counts, JSON.stringify(times)).toBeLessThan(800);
  expect(times.folders, JSON.stringify(times)).toBeLessThan(800);
  expect(times.pending, JSON.stringify(times)).toBeLessThan(200);
  expect(times.missing, JSON.stringify(times)).toBeLessThan(500);
});
