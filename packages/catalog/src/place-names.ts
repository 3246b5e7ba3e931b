// What a country is called: its code, and its name in the languages of the interface.
import { fold } from '@semblance/core';

const LANGUAGES = ['en', 'tr'] as const;
const display = LANGUAGES.map(
  (language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
);
/** Everyday names that the Unicode data does not use, or uses only for one of its spellings. */
const ALSO: Record<string, readonly string[]> = {
  TR: ['turkey'],
  US: ['usa', 'america', 'amerika'],
  GB: ['uk', 'england', 'britain', 'ingiltere'],
  NL: ['holland', 'hollanda'],
  CZ: ['czech republic', 'cekya'],
};
const known = new Map<string, readonly string[]>();

/** @param code ISO 3166-1 alpha-2. @returns folded */
export function countryNames(code: string): readonly string[] {
  const names = known.get(code) ?? [
    fold(code),
    ...display.map((names) => fold(named(names, code))),
    ...(ALSO[code] ?? []),
  ];
  known.set(code, names);
  return names;
}

/** As it is shown: English. */
export function countryTitle(code: string): string {
  return named(display[0] as Intl.DisplayNames, code);
}

function named(names: Intl.DisplayNames, code: string): string {
  return /^[A-Z]{2}$/u.test(code) ? (names.of(code) ?? code) : code;
}
