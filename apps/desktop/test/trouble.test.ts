// What a person can do when the library does not open: which buttons there are, and what each of them starts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorKind, SemblanceError } from '@semblance/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../src/engine/open-failure.ts';
import { troubleOf } from '../src/main/decisions/ways-out.ts';
import { wordsIn } from '../src/main/decisions/words.ts';
import type { OpenFailure } from '../src/shared/messages.ts';

const TAKEN = Date.UTC(2026, 4, 3, 14, 5);
const damaged = (backup: number | null): OpenFailure => ({
  kind: 'LIBRARY_CORRUPT',
  message: 'The catalog is damaged.',
  libraryDirectory: '/library',
  backup,
});
const waysOf = (failure: OpenFailure | null) =>
  troubleOf(wordsIn('en'), failure, 'UTC').ways.map(({ way }) => way);

describe('a damaged catalog', () => {
  it('may be replaced by its newest sound copy, whose date is said', () => {
    expect(waysOf(damaged(TAKEN))).toEqual(['restore', 'folder', 'quit']);
    const { sentence } = troubleOf(wordsIn('en'), damaged(TAKEN), 'UTC');
    expect(sentence.detail).toContain('3 May 2026 at 14:05');
    expect(sentence.detail).toContain('kept');
    const turkish = troubleOf(wordsIn('tr'), damaged(TAKEN), 'UTC');
    expect(turkish.sentence.detail).toContain('3 Mayıs 2026 14:05');
    expect(turkish.ways[0]?.label).toBe('Yedeği Geri Yükle');
  });

  it('has no such button where there is no copy', () => {
    expect(waysOf(damaged(null))).toEqual(['again', 'folder', 'quit']);
  });
});

describe('any other trouble', () => {
  it('is tried again or left', () => {
    for (const kind of [...errorKind.options.filter((one) => one !== 'LIBRARY_CORRUPT'), null])
      expect(waysOf({ ...damaged(TAKEN), kind })).toEqual(['again', 'quit']);
    expect(waysOf(null)).toEqual(['again', 'quit']);
  });
});

describe('what the engine says of a library that does not open', () => {
  let library = '';
  beforeAll(() => {
    library = mkdtempSync(join(tmpdir(), 'semblance-trouble-'));
    writeFileSync(join(library, 'catalog.sqlite'), 'no database');
    mkdirSync(join(library, 'catalog-backups'));
    writeFileSync(join(library, 'catalog-backups/catalog-2026-05-03T14-05-00Z.sqlite'), 'no database either');
  });
  afterAll(() => rmSync(library, { recursive: true, force: true }));

  it('offers no copy that is damaged itself, and looks for one only when the catalog is', () => {
    const corrupt = new SemblanceError('LIBRARY_CORRUPT', 'Damaged.');
    expect(failureOf(corrupt, library)).toEqual({
      kind: 'LIBRARY_CORRUPT',
      message: 'Damaged.',
      libraryDirectory: library,
      backup: null,
    });
    expect(failureOf('nonsense', library)).toMatchObject({ kind: null, message: 'nonsense', backup: null });
  });
});
