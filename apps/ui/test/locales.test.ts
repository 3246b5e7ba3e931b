// Both languages say the same things, and every kind of failure has words.
import {
  copyProblem,
  errorKind,
  failureReason,
  failureWhy,
  folderProblem,
  moveProblem,
  trashPlace,
} from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import en from '../src/locales/en.json';
import tr from '../src/locales/tr.json';

function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, part]) =>
    flatten(part, path === '' ? key : `${path}.${key}`),
  );
}

const english = new Map(flatten(en));
const turkish = new Map(flatten(tr));
const placeholders = (text: string | undefined) => (text?.match(/\{\{?\w+/g) ?? []).sort();

describe('locales', () => {
  it('have the same keys', () => {
    expect([...turkish.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have no empty string, and use the same values', () => {
    for (const [key, text] of english) {
      expect(text, key).not.toBe('');
      expect(turkish.get(key), key).not.toBe('');
      expect(placeholders(turkish.get(key)), key).toEqual(placeholders(text));
    }
  });

  it('word every error kind and every reason of failure', () => {
    for (const kind of errorKind.options) expect(english.has(`errors.${kind}`), kind).toBe(true);
    for (const reason of failureReason.options)
      expect(english.has(`failures.reason.${reason}`), reason).toBe(true);
  });

  it('word what is wrong with a file or a folder', () => {
    for (const why of failureWhy.options) expect(english.has(`failures.why.${why}`), why).toBe(true);
    const known = (key: string) => english.has(key) || english.has(`${key}_other`);
    for (const kind of folderProblem.shape.kind.options)
      expect(known(`folders.why.${kind}`), kind).toBe(true);
  });

  it('word why a file stayed, and where it lies that cannot be put back', () => {
    for (const why of moveProblem.options) expect(english.has(`moveProblem.${why}`), why).toBe(true);
    for (const why of copyProblem.options) expect(english.has(`export.why.${why}`), why).toBe(true);
    for (const place of trashPlace.exclude(['here']).options)
      expect(english.has(`thrownAway.place.${place}`), place).toBe(true);
  });
});
