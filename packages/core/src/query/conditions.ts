// One filter's value, understood: what it asks of a photo, or what is wrong with it.
import type { FilterName, QueryProblem } from '@semblance/contract';
import { dateMeaning, parseDate } from './dates.ts';
import {
  FIXED_VALUES,
  formatsCalled,
  orientationCalled,
  possessionCalled,
  traitCalled,
  VALUES,
} from './filter-names.ts';
import { nearestName } from './nearest.ts';
import { ascii, fold, plain, short } from './text.ts';
import type { Condition } from './types.ts';

export type Understood =
  | { condition: Condition; meaning: string }
  /** `instead`: a value that may have been meant. */
  | { code: QueryProblem['code']; message: string; instead?: string | undefined };

/** What is nearby, where the query does not say. */
const NEAR_KM = 25;
const MOST_KM = 1000;

/** @param now wall-clock milliseconds */
export function understand(name: FilterName, typed: string, now: number): Understood {
  const value = plain(typed);
  if (value === '') return { code: 'empty-value', message: `Write what ${name}: should be.` };
  switch (name) {
    case 'date': {
      const range = parseDate(value, now);
      if (range === null) {
        const message = `"${short(value)}" is no date. Try 2019, 2020-05, 2019..2021 or "last summer".`;
        return { code: 'bad-date', message };
      }
      return { condition: { name, ...range }, meaning: dateMeaning(range) };
    }
    case 'rating':
      return rating(value);
    case 'is':
      return fixed(name, value, traitCalled(value), (trait) => ({ name, trait }));
    case 'has':
      return fixed(name, value, possessionCalled(value), (what) => ({ name, what }));
    case 'orientation':
      return fixed(name, value, orientationCalled(value), (orientation) => ({ name, orientation }));
    case 'type': {
      // `type:raw,jpg`: any of them, as two filters would be.
      const said = value.split(/[,;|/]/u).map((one) => fold(one).replace(/^\*?\./u, ''));
      const types = said.length > 1 ? said.filter((one) => one !== '') : said;
      const strange = types.find((type) => formatsCalled(type) === null);
      if (strange !== undefined) return unknown(name, strange);
      const formats = [...new Set(types.flatMap((type) => formatsCalled(type) ?? []))];
      return { condition: { name, formats }, meaning: types.join(', ') };
    }
    case 'near':
      return near(value);
    default:
      return { condition: { name, text: value }, meaning: value };
  }
}

function fixed<Value extends string>(
  name: FilterName,
  value: string,
  known: Value | null,
  condition: (known: Value) => Condition,
): Understood {
  return known === null ? unknown(name, value) : { condition: condition(known), meaning: known };
}

function unknown(name: FilterName, value: string): Understood {
  const choices = (FIXED_VALUES[name] ?? []).join(', ');
  return {
    code: 'unknown-value',
    message: `${name}: knows ${choices}, but not "${short(value)}".`,
    instead: nearestName(value, VALUES[name] ?? []) ?? undefined,
  };
}

/** `4`, `>=4`, `4+`, `<3`, `3..5`, `3..`, `****`, `none`. */
function rating(value: string): Understood {
  const name = 'rating';
  const text = ascii(fold(value).replaceAll(' ', ''));
  const bad: Understood = {
    code: 'bad-number',
    message: `"${short(value)}" is no rating. Try 4, >=4, 3..5 or none.`,
  };
  const of = (least: number, most: number): Understood => {
    if (least > most) return of(most, least);
    const stars = least === most ? String(least) : `${least} - ${most}`;
    return { condition: { name, least, most }, meaning: most === 0 ? 'none' : stars };
  };
  if (/^(?:none|unrated|yok|puansiz|0)$/u.test(text)) return of(0, 0);
  if (/^(?:\*{1,5}|[★⭐]{1,5})$/u.test(text)) return of([...text].length, [...text].length);
  const range = /^([0-5]?)(?:\.\.+|…|-)([0-5]?)$/u.exec(text);
  if (range !== null && text.includes('-') !== /\d-\d/u.test(text)) return bad;
  if (range !== null && (range[1] ?? '') + (range[2] ?? '') !== '') {
    return of(Number(range[1] || 0), Number(range[2] || 5));
  }
  const match = /^([<>]=?|=)?([0-5])(\+)?$/u.exec(text);
  if (match === null) return bad;
  const stars = Number(match[2]);
  if (match[3] !== undefined || match[1] === '>=') return of(stars, 5);
  switch (match[1]) {
    case '>':
      return stars === 5 ? bad : of(stars + 1, 5);
    case '<=':
      return of(0, stars);
    case '<':
      return stars === 0 ? bad : of(0, stars - 1);
    default:
      return of(stars, stars);
  }
}

/** `Ankara`, `Ankara,10km`, `39.9,32.8`, `39.9,32.8,10km`. */
function near(value: string): Understood {
  const name = 'near';
  const distance = /[,\s]\s*(\d{1,5}(?:\.\d+)?)\s*(km|m|mi)$/iu.exec(value);
  const place = plain(distance === null ? value : value.slice(0, distance.index));
  const unit = { km: 1, m: 0.001, mi: 1.609_344 }[(distance?.[2] ?? 'km').toLowerCase()] ?? 1;
  const km = distance === null ? NEAR_KM : Number(distance[1]) * unit;
  const number = '([-+]?\\d{1,3}(?:\\.\\d+)?)\\s*°?\\s*';
  const point = new RegExp(`^${number}([NS]?)\\s*[,;\\s]\\s*${number}([EW]?)$`, 'iu').exec(place);
  const degrees = (digits: string | undefined, side = ''): number =>
    Number(digits) * (/[sw]/iu.test(side) ? -1 : 1);
  const at =
    point === null
      ? { place }
      : { latitude: degrees(point[1], point[2]), longitude: degrees(point[3], point[4]) };
  const onEarth = 'place' in at || (Math.abs(at.latitude) <= 90 && Math.abs(at.longitude) <= 180);
  if (!/[\p{L}\p{N}]/u.test(place) || !onEarth || !(km > 0) || km > MOST_KM) {
    const message = `"${short(value)}" is no place. Try near:"Ankara" or near:39.9,32.8,10km.`;
    return { code: 'bad-number', message };
  }
  const where = 'place' in at ? at.place : `${at.latitude}, ${at.longitude}`;
  return { condition: { name, at, km }, meaning: `within ${Number(km.toFixed(3))} km of ${where}` };
}
