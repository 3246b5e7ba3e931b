// What to say of a filter whose value nothing here is called, and which name may have been meant.
import { type Catalog, countryTitle } from '@semblance/catalog';
import type { FilterName, QueryProblem } from '@semblance/contract';
import { nearestName, type QueryFilter, short } from '@semblance/core';
import { asValue } from './search-suggest.ts';

const SENTENCES: Partial<Record<FilterName, (value: string) => string>> = {
  label: (value) => `There is no label or keyword called "${value}".`,
  album: (value) => `There is no album called "${value}".`,
  in: (value) => `There is no folder called "${value}".`,
  place: (value) => `No photo is known to be from "${value}".`,
  near: (value) => `No place called "${value}" is known; near: also takes coordinates, like near:39.9,32.8.`,
  camera: (value) => `No photo was taken with a camera called "${value}".`,
  lens: (value) => `No photo was taken with a lens called "${value}".`,
  name: (value) => `No file name contains "${value}".`,
};

/** Names are compared with all there are: enough for what a person mistypes, and not for what a script writes. */
const MOST_OFFERS = 5;

export function namesNothing(catalog: Catalog, filters: readonly QueryFilter[]): QueryProblem[] {
  return filters.map((filter, i) => problemOf(catalog, filter, i < MOST_OFFERS));
}

function problemOf(catalog: Catalog, filter: QueryFilter, offers: boolean): QueryProblem {
  const { name, value, negated, start, end } = filter;
  const { condition } = filter;
  const asked = condition.name === 'near' && 'place' in condition.at ? condition.at.place : value;
  const meant = offers ? nearestTo(catalog, name, asked) : null;
  const offer = meant === null ? {} : { instead: `${negated ? '-' : ''}${name}:${asValue(meant)}` };
  const said = short(asked);
  const message = SENTENCES[name]?.(said) ?? `There is no ${name} called "${said}".`;
  return { code: 'names-nothing', message, text: `${name}:${value}`, ...offer, start, end };
}

function nearestTo(catalog: Catalog, name: FilterName, asked: string): string | null {
  switch (name) {
    case 'label':
      return nearestName(asked, [...catalog.labels().map((label) => label.name), ...catalog.keywords()]);
    case 'album':
      return nearestName(
        asked,
        catalog.albums().map((album) => album.name),
      );
    case 'in':
      return nearestName(asked, new Set(catalog.searchValues().folders.map(({ title }) => title)));
    case 'place':
      return nearestName(asked, sites(catalog));
    case 'near':
      return nearestName(asked, sites(catalog)) ?? catalog.cityLike(asked);
    case 'camera': {
      const cameras = catalog.searchValues().cameras;
      return nearestName(asked, new Set(cameras.flatMap(({ make, model }) => [make, model].flatMap(words))));
    }
    case 'lens':
      return nearestName(asked, new Set(catalog.searchValues().lenses.flatMap(({ lens }) => words(lens))));
    default:
      return null;
  }
}

/** As a whole, and word by word: a camera is found by any part of its name. */
function words(name: string | null): string[] {
  return name === null ? [] : [name, ...name.split(/\s+/u)];
}

function sites(catalog: Catalog): Set<string> {
  return new Set(
    catalog.searchValues().places.flatMap(({ city, region, country }) => {
      const title = country === null ? null : countryTitle(country);
      return [city, region, title].filter((name) => name !== null && name !== '');
    }) as string[],
  );
}
