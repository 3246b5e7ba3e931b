// What the last piece of a query could become: filters and their values, saved and recent searches.
import { type Catalog, countryTitle } from '@semblance/catalog';
import type { FilterName, Suggestion } from '@semblance/contract';
import { FILTER_NAMES, FIXED_VALUES, filterCalled, fold } from '@semblance/core';
import type { RecentSearches } from './search-recent.ts';

export interface SuggestionDeps {
  catalog: Catalog;
  recent: RecentSearches;
}

interface Value {
  name: FilterName;
  kind: Suggestion['kind'];
  value: string;
  photos: number | null;
}

const DATES = [
  'today',
  'yesterday',
  'last weekend',
  'last month',
  'last summer',
  'last year',
  'geçen yaz',
  'bu yıl',
];
const RATINGS = ['>=4', '5', 'none'];

export function createSuggestions({ catalog, recent }: SuggestionDeps) {
  /** Everything a filter can be asked about this library, most photos first. */
  function values(): Value[] {
    const { cameras, lenses, places, folders } = catalog.searchValues();
    const counts = catalog.labelCounts();
    const at = new Map<string, number>();
    for (const { city, region, country, photos } of places) {
      const names = new Set([city, region, country === null ? null : countryTitle(country)]);
      for (const name of names) if (name !== null) at.set(name, (at.get(name) ?? 0) + photos);
    }
    const found: Value[] = [
      // How many a saved search holds is not known before it is asked.
      ...catalog.albums().map(({ name, query, photos }): Value => {
        return { name: 'album', kind: 'album', value: name, photos: query === null ? photos : null };
      }),
      ...catalog.labels().map(({ id, name }): Value => {
        const photos = counts.get(id)?.tagged ?? 0;
        return { name: 'label', kind: 'label', value: name, photos };
      }),
      ...[...at].map(([value, photos]): Value => ({ name: 'place', kind: 'place', value, photos })),
      // "NIKON CORPORATION NIKON D90": the model says it all.
      ...cameras.map(
        ({ make, model, photos }): Value => ({
          name: 'camera',
          kind: 'camera',
          value: model ?? make ?? '',
          photos,
        }),
      ),
      ...lenses.map(({ lens, photos }): Value => ({ name: 'lens', kind: 'lens', value: lens, photos })),
      ...[...new Set(folders.map(({ title }) => title))].map(
        (value): Value => ({ name: 'in', kind: 'folder', value, photos: null }),
      ),
    ];
    return found.sort((a, b) => (b.photos ?? 0) - (a.photos ?? 0));
  }

  const fixed = (): Value[] => [
    ...Object.entries(FIXED_VALUES).flatMap(([name, all]) =>
      all.map((value): Value => ({ name: name as FilterName, kind: 'filter', value, photos: null })),
    ),
    ...DATES.map((value): Value => ({ name: 'date', kind: 'date', value, photos: null })),
    ...RATINGS.map((value): Value => ({ name: 'rating', kind: 'filter', value, photos: null })),
  ];

  return (text: string, limit: number): Suggestion[] => {
    const piece = lastPiece(text);
    const minus = /^-+/u.exec(piece)?.[0] ?? '';
    const typed = fold(piece.slice(minus.length).replace(/["“”()]/gu, ''));
    const colon = typed.indexOf(':');
    const whole = fold(text);
    const found: Suggestion[] = [];
    const add = (suggestion: Suggestion): void => {
      if (!found.some((other) => other.insert === suggestion.insert)) found.push(suggestion);
    };
    const addValue = ({ name, kind, value, photos }: Value): void =>
      add({ kind, insert: `${minus}${name}:${asValue(value)}`, title: value, photos });

    if (colon > 0) {
      const name = filterCalled(typed.slice(0, colon));
      const begun = typed.slice(colon + 1).trim();
      const all = [...values(), ...fixed()].filter((value) => value.name === name);
      for (const value of all) if (fold(value.value).startsWith(begun)) addValue(value);
      for (const value of all) if (fold(value.value).includes(begun)) addValue(value);
    } else {
      for (const { name, query } of catalog.albums()) {
        if (query !== null && fold(name).startsWith(whole)) {
          add({ kind: 'saved', insert: query, title: name, photos: null });
        }
      }
      for (const past of recent.list()) {
        if (fold(past).startsWith(whole)) add({ kind: 'recent', insert: past, title: past, photos: null });
      }
      if (typed !== '') {
        for (const value of values()) {
          if (
            fold(value.value)
              .split(' ')
              .some((word) => word.startsWith(typed))
          )
            addValue(value);
        }
        for (const value of fixed()) if (fold(value.value).startsWith(typed)) addValue(value);
        for (const name of FILTER_NAMES) {
          if (name.startsWith(typed))
            add({ kind: 'filter', insert: `${minus}${name}:`, title: `${name}:`, photos: null });
        }
      }
    }
    return found.slice(0, limit);
  };
}

/** From the last space that is not within quotes or brackets. */
function lastPiece(text: string): string {
  let start = 0;
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (/["“”]/u.test(character)) open = !open;
    else if (character === '(' && text[at - 1] === ':') open = true;
    else if (character === ')') open = false;
    else if (!open && /\s/u.test(character)) start = at + 1;
  }
  return text.slice(start);
}

/** A value as it is written behind a filter's colon. */
export function asValue(value: string): string {
  return /[\s()+]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
