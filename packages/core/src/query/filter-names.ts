// What filters and their values are called, in English and Turkish.
import type { FilterName } from '@semblance/contract';
import { fold } from './text.ts';
import type { Orientation, Possession, Trait } from './types.ts';

/** The first name of each is the one that suggestions use. */
const NAMES: Record<FilterName, string> = {
  label: 'label etiket tag',
  album: 'album albüm',
  in: 'in klasör folder path dizin',
  place: 'place yer city şehir country ülke location konum',
  camera: 'camera kamera make',
  lens: 'lens objektif mercek',
  date: 'date tarih when year yıl',
  rating: 'rating puan stars',
  is: 'is durum',
  has: 'has içerir',
  type: 'type tür format biçim',
  orientation: 'orientation yön',
  near: 'near yakın',
  name: 'name ad file dosya filename',
};

const TRAITS: Record<Trait, string> = {
  favorite: 'favorite favourite fav favori favorites favourites favoriler starred yıldızlı',
  hidden: 'hidden gizli',
  screenshot: 'screenshot screenshots ekran ekrangörüntüsü',
  animated: 'animated hareketli gif',
  offline: 'offline çevrimdışı',
  new: 'new yeni',
};

const POSSESSIONS: Record<Possession, string> = {
  gps: 'gps location place konum yer',
  album: 'album albüm',
  label: 'label etiket',
  rating: 'rating puan stars',
  camera: 'camera kamera',
};

const ORIENTATIONS: Record<Orientation, string> = {
  portrait: 'portrait vertical dikey',
  landscape: 'landscape horizontal yatay',
  square: 'square kare',
};

/** By maker as in scan's list of extensions; what a format is called in the catalog, the bytes decide. */
const RAW_FORMATS =
  'dng cr2 cr3 crw nef nrw arw srf sr2 raf orf ori rw2 raw pef srw 3fr fff iiq rwl erf dcr kdc mrw mef mos x3f gpr';

/** Value of `type:` -> formats as the catalog has them. */
const FORMATS: Record<string, string> = {
  raw: RAW_FORMATS,
  jpeg: 'jpeg',
  jpg: 'jpeg',
  png: 'png',
  webp: 'webp',
  heic: 'heic heif',
  heif: 'heic heif',
  avif: 'avif',
  tiff: 'tiff',
  tif: 'tiff',
  gif: 'gif',
  bmp: 'bmp',
};

const byName = lookup(NAMES);
const byTrait = lookup(TRAITS);
const byPossession = lookup(POSSESSIONS);
const byOrientation = lookup(ORIENTATIONS);
const byFormat = new Map<string, readonly string[]>([
  ...RAW_FORMATS.split(' ').map((format) => [format, [format]] as const),
  ...Object.entries(FORMATS).map(([name, formats]) => [name, formats.split(' ')] as const),
]);

export const filterCalled = (name: string): FilterName | null => byName.get(fold(name)) ?? null;
export const traitCalled = (name: string): Trait | null => byTrait.get(joined(name)) ?? null;
export const possessionCalled = (name: string): Possession | null => byPossession.get(joined(name)) ?? null;
export const orientationCalled = (name: string): Orientation | null =>
  byOrientation.get(joined(name)) ?? null;
export const formatsCalled = (name: string): readonly string[] | null =>
  byFormat.get(fold(name).replace(/^\./, '')) ?? null;

/** Every filter's own name, and the values of those that have a fixed set: for suggestions and messages. */
export const FILTER_NAMES = Object.keys(NAMES) as FilterName[];
export const FIXED_VALUES: Partial<Record<FilterName, readonly string[]>> = {
  is: Object.keys(TRAITS),
  has: Object.keys(POSSESSIONS),
  orientation: Object.keys(ORIENTATIONS),
  type: ['jpeg', 'png', 'heic', 'raw', 'webp', 'avif', 'tiff', 'gif', 'bmp'],
};

/** All that such a filter can be asked, synonyms too: for "did you mean". */
export const VALUES: Partial<Record<FilterName, readonly string[]>> = {
  is: spellings(TRAITS),
  has: spellings(POSSESSIONS),
  orientation: spellings(ORIENTATIONS),
  type: [...new Set([...Object.keys(FORMATS), ...RAW_FORMATS.split(' ')])],
};

function spellings(names: Record<string, string>): string[] {
  return Object.values(names).flatMap((words) => words.split(' '));
}

/** `ekran görüntüsü` and `ekran-görüntüsü` are one word here. */
function joined(value: string): string {
  return fold(value).replace(/[\s_-]+/g, '');
}

/** A map and not an object: `__proto__:` is text like any other. */
function lookup<Name extends string>(names: Record<Name, string>): ReadonlyMap<string, Name> {
  const entries = Object.entries(names) as [Name, string][];
  return new Map(entries.flatMap(([name, words]) => words.split(' ').map((word) => [fold(word), name])));
}
