// The promise that a vector is on disk: given, counted, taken back.
import { beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { facts, freshCatalog, index, photoAt, scan } from './fixtures.ts';

let catalog: Catalog;
let a: string;
let b: string;

beforeEach(() => {
  catalog = freshCatalog();
  const root = catalog.addRoot('/p').id;
  index(catalog, root, { 'a.jpg': 'A', 'copy-of-a.jpg': 'A', 'b.jpg': 'B' });
  a = photoAt(catalog, '/p/a.jpg');
  b = photoAt(catalog, '/p/b.jpg');
});

test('each photo is asked for once, however many files it has', () => {
  const missing = catalog.missingEmbeddings('m', 10);
  expect(missing.map((file) => file.photoId).sort()).toEqual([a, b].sort());
  expect(catalog.missingEmbeddings('m', 1)).toHaveLength(1);
  expect(catalog.missingEmbeddings('m', 10, [a]).map((file) => file.photoId)).toEqual([b]);
});

test('marked photos are counted and no longer asked for; models are apart', () => {
  catalog.markEmbedded([{ photoId: a, vectorHash: 'one' }], 'm');
  catalog.markEmbedded([{ photoId: a, vectorHash: 'two' }], 'm');
  catalog.markEmbedded([{ photoId: 'f'.repeat(20), vectorHash: 'unknown photo' }], 'm');
  expect([...catalog.vectorHashes('m')]).toEqual([[a, 'two']]);
  expect(catalog.embedded('m')).toEqual([a]);
  expect(catalog.embeddedCount('m')).toBe(1);
  expect(catalog.counts('m').indexed).toBe(1);
  expect(catalog.counts('other').indexed).toBe(0);
  expect(catalog.missingEmbeddings('m', 10).map((file) => file.photoId)).toEqual([b]);
  expect(catalog.photo(a, 'm')?.searchable).toBe(true);
  expect(catalog.photo(a, 'other')?.searchable).toBe(false);
});

test('dropped by photo, by photo and model, and by model', () => {
  const mark = () => {
    for (const model of ['m', 'n']) {
      const both = [a, b].map((photoId) => ({ photoId, vectorHash: model }));
      catalog.markEmbedded(both, model);
    }
  };
  const counts = () => [catalog.embeddedCount('m'), catalog.embeddedCount('n')];
  mark();
  catalog.dropEmbeddings({ photoIds: [a] });
  expect(counts()).toEqual([1, 1]);
  mark();
  catalog.dropEmbeddings({ photoIds: [a], modelKey: 'm' });
  expect(counts()).toEqual([1, 2]);
  mark();
  catalog.dropEmbeddings({ modelKey: 'n' });
  expect(counts()).toEqual([2, 0]);
});

test('finishing a copy of an embedded photo asks for no second vector', () => {
  catalog.markEmbedded([{ photoId: a, vectorHash: 'v' }], 'm');
  const root = catalog.addRoot('/q').id;
  scan(catalog, root, { 'again.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  expect(catalog.finishFile(file?.fileId ?? 0, facts('A'), 'm')).toMatchObject({
    photoId: a,
    needsEmbedding: false,
  });
});
