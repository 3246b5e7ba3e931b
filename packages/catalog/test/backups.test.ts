// Copies of the catalog: of one moment, sound, few; and back from one without losing what was there.
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import {
  backUp,
  CATALOG_FILE,
  examineCatalog,
  listBackups,
  openCatalog,
  restoreBackup,
} from '../src/index.ts';
import { freshCatalog, index, temporaryFolder } from './fixtures.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 23, 12);

function library(photos: number): string {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  add(catalog, photos);
  catalog.close();
  return folder;
}

function add(catalog: ReturnType<typeof openCatalog>, photos: number): void {
  const disk = Object.fromEntries(Array.from({ length: photos }, (_, i) => [`${i}.jpg`, `photo ${i}`]));
  index(catalog, catalog.addRoot('/p').id, disk);
}

/** Zeroes in the middle of the file, as a failing disk leaves them. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x55, 4096, 4096 * 8));
}

test('a copy holds what is there while the catalog is open and written to', async () => {
  const folder = temporaryFolder();
  const catalog = freshCatalog(folder);
  add(catalog, 40);
  const copying = backUp(folder, 20 * HOUR, NOW);
  catalog.addRoot('/another');
  const copy = await copying;
  expect(examineCatalog(copy?.file ?? '')).toMatchObject({ problems: [], photos: 40 });
  expect(readdirSync(join(folder, 'catalog-backups'))).toEqual(['catalog-2026-11-23T12-00-00Z.sqlite']);
  expect(copy).toEqual(listBackups(folder)[0]);
});

test('one a day; the two newest, one of a week ago and the next to be that stay', async () => {
  const folder = library(1);
  expect(await backUp(folder, 20 * HOUR, NOW)).not.toBeNull();
  expect(await backUp(folder, 20 * HOUR, NOW + HOUR)).toBeNull();
  for (let day = 1; day <= 30; day += 1) {
    await backUp(folder, 20 * HOUR, NOW + day * DAY);
    const ages = listBackups(folder).map(({ takenAt }) => (NOW + day * DAY - takenAt) / DAY);
    expect(ages.slice(0, 2)).toEqual([0, 1]);
    expect(ages.length).toBeLessThanOrEqual(4);
    if (day >= 7) expect(ages.some((age) => age >= 7 && age <= 14)).toBe(true);
  }
});

test('a damaged catalog makes no copy, and older copies stay', async () => {
  const folder = library(300);
  await backUp(folder, 20 * HOUR, NOW);
  damage(join(folder, CATALOG_FILE));
  await expect(backUp(folder, 20 * HOUR, NOW + DAY)).rejects.toMatchObject({ kind: 'LIBRARY_CORRUPT' });
  expect(listBackups(folder)).toHaveLength(1);
  expect(readdirSync(join(folder, 'catalog-backups'))).toHaveLength(1);
});

test('damage is told in words', () => {
  const folder = library(300);
  const file = join(folder, CATALOG_FILE);
  expect(examineCatalog(file)).toMatchObject({ problems: [], photos: 300 });
  damage(file);
  expect(examineCatalog(file).problems.length).toBeGreaterThan(0);
  truncateSync(file, 10);
  expect(examineCatalog(file).problems.length).toBeGreaterThan(0);
  expect(examineCatalog(join(folder, 'nothing')).problems).toEqual(['there is no such file']);
});

test('what cannot be looked at is not called damaged: nobody shall put an older copy in its place', () => {
  const folder = library(5);
  const file = join(folder, CATALOG_FILE);
  const other = new DatabaseSync(file);
  other.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  expect(() => examineCatalog(file)).toThrow(expect.objectContaining({ kind: 'LIBRARY_IN_USE' }));
  other.exec('ROLLBACK');
  other.close();
  expect(examineCatalog(file).problems).toEqual([]);
});

test('a backup comes back, and what was there is kept', async () => {
  const folder = library(5);
  const copy = await backUp(folder, 20 * HOUR, NOW);
  if (copy === null) throw new Error('no copy');
  const file = join(folder, CATALOG_FILE);
  damage(file);
  const damaged = readFileSync(file);
  const aside = restoreBackup(folder, copy, NOW);
  expect(readFileSync(join(aside, CATALOG_FILE)).equals(damaged)).toBe(true);
  const again = openCatalog(folder);
  expect(again.counts(null).photos).toBe(5);
  expect(again.verifyIntegrity()).toEqual([]);
  again.close();
  expect(existsSync(copy.file)).toBe(true);
});

test('a damaged backup is refused, and nothing is changed', async () => {
  const folder = library(300);
  const copy = await backUp(folder, 20 * HOUR, NOW);
  if (copy === null) throw new Error('no copy');
  damage(copy.file);
  const before = readdirSync(folder).sort();
  expect(() => restoreBackup(folder, copy, NOW)).toThrow(/damaged as well/);
  expect(readdirSync(folder).sort()).toEqual(before);
});
