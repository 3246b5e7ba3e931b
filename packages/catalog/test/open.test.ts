// Opening whatever lies there: nothing, ours, someone else's, damaged, from the future. Nothing is ever destroyed.
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SemblanceError } from '@semblance/contract';
import { describe, expect, test } from 'vitest';
import { CATALOG_FILE, openCatalog } from '../src/index.ts';
import { facts, freshCatalog, index, temporaryFolder } from './fixtures.ts';

function refusal(directory: string): SemblanceError {
  try {
    openCatalog(directory).close();
  } catch (error) {
    if (error instanceof SemblanceError) return error;
    throw error;
  }
  throw new Error('it opened');
}

function libraryWithPhotos(count: number): string {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  const disk = Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.jpg`, `photo ${i}`]));
  index(catalog, catalog.addRoot('/p').id, disk);
  catalog.close();
  return folder;
}

test('a new library is made, private to its user, durable, with references checked', () => {
  const folder = join(temporaryFolder(), 'deep', 'library');
  const catalog = freshCatalog(folder);
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(catalog.verifyIntegrity()).toEqual([]);
  const other = new DatabaseSync(catalog.file);
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  other.close();
});

test('what was written is there after closing', () => {
  const folder = libraryWithPhotos(3);
  expect(freshCatalog(folder).counts(null).photos).toBe(3);
});

describe('damage', () => {
  const zeroed = (bytes: Buffer, from: number, to: number) => Buffer.from(bytes).fill(0, from, to);
  const cases: [string, (bytes: Buffer) => Buffer][] = [
    ['not a database', () => Buffer.from('This is a text, and a text is not a database.'.repeat(20))],
    ['header overwritten', (bytes) => zeroed(bytes, 0, 100)],
    ['schema page overwritten', (bytes) => Buffer.from(bytes).fill(0xaa, 100, 4096)],
  ];

  test.each(cases)('%s: said so, and left as it is', (_name, damage) => {
    const folder = libraryWithPhotos(50);
    const file = join(folder, CATALOG_FILE);
    const broken = damage(readFileSync(file));
    writeFileSync(file, broken);
    const error = refusal(folder);
    expect(error.kind).toBe('LIBRARY_CORRUPT');
    expect(error.message).toContain(file);
    expect(readFileSync(file).equals(broken)).toBe(true);
  });

  test('pages damaged inside are found by the integrity check, and reading them is a typed error', () => {
    const folder = libraryWithPhotos(500);
    const file = join(folder, CATALOG_FILE);
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.from(bytes).fill(0x5a, bytes.length / 2));
    const catalog = freshCatalog(folder);
    const found = (() => {
      try {
        return catalog.verifyIntegrity();
      } catch (error) {
        return [error instanceof SemblanceError ? error.kind : 'untyped'];
      }
    })();
    expect(found).not.toEqual([]);
    expect(found).not.toContain('untyped');
    const read = () => [...catalog.knownFiles(1)].length + catalog.timeline({ offset: 0, limit: 999 }).total;
    expect(read).toThrow(SemblanceError);
  });

  test('cut in half', () => {
    const folder = libraryWithPhotos(500);
    const file = join(folder, CATALOG_FILE);
    truncateSync(file, statSync(file).size / 2);
    const attempt = () => {
      const catalog = freshCatalog(folder);
      if (catalog.verifyIntegrity().length > 0)
        throw new SemblanceError('LIBRARY_CORRUPT', 'found by the check');
    };
    expect(attempt).toThrow(SemblanceError);
  });
});

test('a database from the future is refused and not touched', () => {
  const folder = libraryWithPhotos(2);
  const file = join(folder, CATALOG_FILE);
  const later = new DatabaseSync(file);
  later.exec('PRAGMA user_version = 999; CREATE TABLE holograms (id); PRAGMA journal_mode = DELETE');
  later.close();
  const before = readFileSync(file);
  const error = refusal(folder);
  expect(error.kind).toBe('LIBRARY_TOO_NEW');
  expect(error.message).toContain('999');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test("someone else's database is not taken over", () => {
  const folder = temporaryFolder();
  const other = new DatabaseSync(join(folder, CATALOG_FILE));
  other.exec('CREATE TABLE recipes (id); PRAGMA user_version = 12');
  other.close();
  expect(refusal(folder).kind).toBe('LIBRARY_CORRUPT');
});

test('a folder where the catalog should be, and a file where the library should be', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, CATALOG_FILE));
  expect(refusal(folder).kind).toBe('LIBRARY_NOT_WRITABLE');
  writeFileSync(join(folder, 'file'), '');
  expect(refusal(join(folder, 'file')).kind).toBe('LIBRARY_NOT_WRITABLE');
});

test.skipIf(process.getuid?.() === 0)('a folder and a catalog without write permission', () => {
  const folder = libraryWithPhotos(1);
  chmodSync(join(folder, CATALOG_FILE), 0o400);
  expect(refusal(folder).kind).toBe('LIBRARY_NOT_WRITABLE');
  chmodSync(folder, 0o500);
  expect(refusal(folder).kind).toBe('LIBRARY_NOT_WRITABLE');
  chmodSync(folder, 0o700);
});

test('transactions: all or nothing, nested too', () => {
  const catalog = freshCatalog();
  const add = (path: string) => catalog.addRoot(path);
  expect(() =>
    catalog.transaction(() => {
      add('/a');
      throw new Error('stop');
    }),
  ).toThrow('stop');
  expect(catalog.listRoots()).toEqual([]);
  catalog.transaction(() => {
    add('/a');
    expect(() =>
      catalog.transaction(() => {
        add('/b');
        throw new Error('inner');
      }),
    ).toThrow('inner');
    add('/c');
  });
  expect(catalog.listRoots().map((root) => root.path)).toEqual(['/a', '/c']);
  expect(() => catalog.finishFile(1, facts('A'), null)).not.toThrow();
});

test('closing twice is fine', () => {
  const catalog = openCatalog(temporaryFolder());
  catalog.close();
  catalog.close();
});
