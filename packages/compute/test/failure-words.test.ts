// Every sentence that the engine may keep for a failed file is told apart, so that a window can word it in its language.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainProblem, failureWhy } from '@semblance/core';
import { expect, test } from 'vitest';

/** Where files are given up: what is written there as a sentence is kept in the catalog. */
const PLACES = ['compute/src', 'engine/src/indexing'];
const WITH_REASON =
  /(?:PictureError|failed|failFile)\([^()]*?'(?:corrupt|unsupported|too-large|unreadable|timeout)',\s*(['`])(.*?)\1,?\s*\)/gs;
const AS_VALUE = /message(?:: | = )'([A-Z][^']*\.)'/g;
const BY_CODE = /^ {2}E[A-Z]+: '([A-Z][^']*\.)',$/gm;

function sentences(): Set<string> {
  const found = new Set<string>();
  for (const place of PLACES) {
    const folder = join(import.meta.dirname, '../..', place);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join(folder, name), 'utf8');
      for (const [, , sentence = ''] of text.matchAll(WITH_REASON)) found.add(sentence);
      for (const pattern of name === 'failures.ts' ? [BY_CODE] : [])
        for (const [, sentence = ''] of text.matchAll(pattern)) found.add(sentence);
      if (name === 'process-pending.ts')
        for (const [, sentence = ''] of text.matchAll(AS_VALUE)) found.add(sentence);
    }
  }
  return found;
}

test('each sentence in the sources has a kind', () => {
  const found = [...sentences()];
  expect(found.length).toBeGreaterThan(20);
  expect(found).toContain('The picture is cut off.');
  expect(found).toContain('The file cannot be found.');
  expect(found).toContain('The file is gone.');
  const unknown = found.filter((sentence) => failureWhy(sentence) === null);
  expect(unknown).toEqual([]);
});

test('so has whatever a walk may meet', () => {
  for (const code of 'BAD_NAME EILSEQ ENAMETOOLONG EACCES EPERM ENOENT ELOOP NOT_A_FILE EIO'.split(' ')) {
    expect(failureWhy(explainProblem(code)?.message ?? ''), code).not.toBeNull();
  }
});

test('a decoder’s detail does not matter, and another sentence has no kind', () => {
  expect(failureWhy('The picture is damaged.')).toBe('damaged');
  expect(failureWhy('The picture is damaged (VipsJpeg: (premature) end).')).toBe('damaged');
  expect(failureWhy('The picture is damaged beyond repair.')).toBeNull();
  expect(failureWhy('')).toBeNull();
});
