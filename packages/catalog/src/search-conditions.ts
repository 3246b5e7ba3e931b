// One filter of a search as a piece of SQL on `photos p`.
import type { PhotoId } from '@semblance/contract';
import { type Condition, type Coordinates, distanceKm, fold } from '@semblance/core';
import {
  type NamedFile,
  type NamedFolder,
  readFileNames,
  readFolders,
  readWritten,
  untilChanged,
} from './file-names.ts';
import { HAS_LABEL } from './label-rows.ts';
import { countryNames } from './place-names.ts';
import type { Sql, SqlValue } from './sql.ts';
import type { AlbumNamed, PhotoFilter, PlaceLookup } from './types.ts';

export interface Fragment {
  where: string;
  values: SqlValue[];
}

/** What photos say of themselves, hidden ones too; `photos` are those in sight. */
export interface Distinct {
  cameras: { make: string | null; model: string | null; photos: number }[];
  lenses: { lens: string; photos: number }[];
  places: { city: string | null; region: string | null; country: string | null; photos: number }[];
}

export interface Conditions {
  /** Null for a value that names nothing in this library: no label, album, folder, place, camera, lens or file is called so. */
  fragment(condition: Condition, at: Pick<PhotoFilter, 'instant' | 'saved'>): Fragment | null;
  /** Photos with this text in a file name, the caption or a keyword, letter by letter. */
  exact(text: string): Fragment;
  distinct(): Distinct;
  folders(): NamedFolder[];
}

const NEW_DAYS = 7;
const KM_PER_DEGREE = 111.195;
/** Sides that differ by less are equal: of a photo that was cropped by hand. */
const SQUARE = 1.03;
const SCREENSHOT =
  /screen ?-?_?shot|screencap|ekran ?-?_?(?:goruntusu|alintisi|resmi)|bildschirmfoto|capture d.?ecran|captura de (?:pantalla|tela)/u;

export function searchConditions(sql: Sql, places: PlaceLookup | null): Conditions {
  const files = untilChanged(sql, () => readFileNames(sql));
  const written = untilChanged(sql, () => readWritten(sql));
  const folders = untilChanged(sql, () => readFolders(sql));
  const distinct = untilChanged(sql, () => readDistinct(sql));

  const filesCalled = (fits: (name: string) => boolean): PhotoId[] =>
    files().flatMap((file: NamedFile) => (fits(file.name) ? [file.photoId] : []));
  const named = (fits: (name: string) => boolean): Fragment => oneOf(filesCalled(fits));

  function fragment(
    condition: Condition,
    { instant, saved }: Pick<PhotoFilter, 'instant' | 'saved'>,
  ): Fragment | null {
    switch (condition.name) {
      case 'label':
        return withLabel(sql, fold(condition.text));
      case 'album':
        return inAlbum(sql, fold(condition.text), saved);
      case 'in':
        return inFolder(folders(), fold(condition.text).replace(/\\/gu, '/'));
      case 'place':
        return inPlace(distinct().places, fold(condition.text));
      case 'camera': {
        const text = fold(condition.text);
        const fits = distinct().cameras.filter(({ make, model }) =>
          fold(`${make ?? ''} ${model ?? ''}`).includes(text),
        );
        return isAny(
          `coalesce(p.camera_make, '') || ' ' || coalesce(p.camera_model, '')`,
          fits.map(({ make, model }) => `${make ?? ''} ${model ?? ''}`),
        );
      }
      case 'lens': {
        const text = fold(condition.text);
        const fits = distinct().lenses.filter(({ lens }) => fold(lens).includes(text));
        return isAny(
          'p.lens',
          fits.map(({ lens }) => lens),
        );
      }
      case 'date':
        return { where: 'p.taken_at >= ? AND p.taken_at < ?', values: [condition.from, condition.until] };
      case 'rating':
        return { where: 'coalesce(p.rating, 0) BETWEEN ? AND ?', values: [condition.least, condition.most] };
      case 'is':
        return trait(condition.trait, instant);
      case 'has':
        return possession(condition.what);
      case 'type':
        return ofType(condition.formats);
      case 'orientation':
        return orientation(condition.orientation);
      case 'near':
        return near(condition.at, condition.km);
      case 'name': {
        const text = fold(condition.text);
        const ids = filesCalled(text.includes('*') ? wildcard(text) : (name) => name.includes(text));
        return ids.length === 0 ? null : oneOf(ids);
      }
    }
  }

  function trait(which: Extract<Condition, { name: 'is' }>['trait'], instant: number): Fragment {
    switch (which) {
      case 'favorite':
        return plain('p.favourite = 1');
      case 'hidden':
        return plain('p.hidden = 1');
      case 'animated':
        return plain('p.animated = 1');
      case 'offline':
        return plain(`p.id NOT IN (SELECT f.photo_id FROM roots r CROSS JOIN files f ON f.root_id = r.id
          WHERE r.state = 'online' AND f.presence = 'present' AND f.photo_id IS NOT NULL)`);
      case 'new':
        return { where: 'p.added_at >= ?', values: [instant - NEW_DAYS * 86_400_000] };
      case 'screenshot':
        // No camera made it, and it is called what phones and systems call one.
        return all(
          named((name) => SCREENSHOT.test(name)),
          plain('p.camera_model IS NULL'),
        );
    }
  }

  function possession(what: Extract<Condition, { name: 'has' }>['what']): Fragment {
    switch (what) {
      case 'gps':
        return plain('p.latitude IS NOT NULL AND p.longitude IS NOT NULL');
      case 'album':
        return plain('p.id IN (SELECT photo_id FROM album_photos)');
      case 'label':
        return plain(`p.id IN (SELECT photo_id FROM label_photos WHERE ${HAS_LABEL}
          UNION SELECT photo_id FROM photo_keywords)`);
      case 'rating':
        return plain('p.rating IS NOT NULL');
      case 'camera':
        return plain('(p.camera_make IS NOT NULL OR p.camera_model IS NOT NULL)');
    }
  }

  function near(at: Coordinates | { place: string }, km: number): Fragment | null {
    const centre = 'place' in at ? centreOf(at.place) : at;
    if (centre === null) return null;
    const degrees = km / KM_PER_DEGREE;
    const rows = sql.all<{ id: PhotoId; latitude: number; longitude: number }>(
      'SELECT id, latitude, longitude FROM photos WHERE latitude BETWEEN ? AND ? AND longitude IS NOT NULL',
      centre.latitude - degrees,
      centre.latitude + degrees,
    );
    return oneOf(rows.flatMap((row) => (distanceKm(row, centre) <= km ? [row.id] : [])));
  }

  /** Of the city called so; else the middle of the photos known to be there. Null when there are none. */
  function centreOf(place: string): Coordinates | null {
    const city = places?.cityCalled(place) ?? null;
    if (city !== null) return city;
    const there = inPlace(distinct().places, fold(place));
    if (there === null) return null;
    const row = sql.get<{ latitude: number | null; longitude: number | null }>(
      `SELECT avg(p.latitude) AS latitude, avg(p.longitude) AS longitude FROM photos p WHERE ${there.where}`,
      ...there.values,
    );
    if (row === undefined || row.latitude === null || row.longitude === null) return null;
    return { latitude: row.latitude, longitude: row.longitude };
  }

  return {
    fragment,
    exact: (text) => {
      const phrase = fold(text);
      const said = written().flatMap(({ photoId, text: own }) => (own.includes(phrase) ? [photoId] : []));
      return any(
        named((name) => name.includes(phrase)),
        oneOf(said),
      );
    },
    distinct,
    folders,
  };
}

export function all(...fragments: Fragment[]): Fragment {
  return {
    where: fragments.map(({ where }) => `(${where})`).join(' AND ') || '1',
    values: fragments.flatMap(({ values }) => values),
  };
}

export function any(...fragments: Fragment[]): Fragment {
  return {
    where: fragments.map(({ where }) => `(${where})`).join(' OR ') || '0',
    values: fragments.flatMap(({ values }) => values),
  };
}

export function not({ where, values }: Fragment): Fragment {
  return { where: `(${where}) IS NOT 1`, values };
}

const plain = (where: string): Fragment => ({ where, values: [] });

function oneOf(ids: readonly PhotoId[]): Fragment {
  return { where: 'p.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify([...new Set(ids)])] };
}

/** `img_*.jpg`: the whole name, with anything for each star. Parts are found in order: no pattern takes long. */
function wildcard(text: string): (name: string) => boolean {
  const [first = '', ...parts] = text.split('*');
  const last = parts.pop() ?? '';
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of parts) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at + last.length <= name.length;
  };
}

/** Null for none. */
function isAny(column: string, values: readonly string[]): Fragment | null {
  return values.length === 0 ? null : isOneOf(column, values);
}

function isOneOf(column: string, values: readonly string[]): Fragment {
  return { where: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] };
}

/** The album of that name; without one, albums whose name begins with it. @param name folded */
export function albumsCalled(sql: Sql, name: string): AlbumNamed[] {
  const albums = sql.all<AlbumNamed>('SELECT id, name, query FROM albums');
  const same = albums.filter((album) => fold(album.name) === name);
  return same.length > 0 ? same : albums.filter((album) => fold(album.name).startsWith(name));
}

function inAlbum(sql: Sql, name: string, saved: PhotoFilter['saved']): Fragment | null {
  const fits = albumsCalled(sql, name);
  if (fits.length === 0) return null;
  const byHand = {
    where: 'p.id IN (SELECT photo_id FROM album_photos WHERE album_id IN (SELECT value FROM json_each(?)))',
    values: [JSON.stringify(fits.map((album) => album.id))],
  };
  const found = fits.flatMap(({ id, query }) => (query === null ? [] : [saved?.get(id) ?? []]));
  return found.length === 0 ? byHand : any(byHand, oneOf(found.flat()));
}

/**
 * The label of that name, with everything below it; without one, labels whose name begins with it. A keyword that came with
 * the photos counts as a label.
 */
function withLabel(sql: Sql, name: string): Fragment | null {
  const labels = sql
    .all<{ id: number; name: string }>('SELECT id, name FROM labels')
    .map((label) => ({ id: label.id, name: fold(label.name) }));
  const keywords = sql
    .all<{ keyword: string }>('SELECT DISTINCT keyword FROM photo_keywords')
    .map(({ keyword }) => ({ keyword, names: [fold(keyword), fold(keyword.split('/').at(-1) ?? '')] }));
  const same = labels.filter((label) => label.name === name);
  const said = keywords.filter(({ names }) => names.includes(name)).map(({ keyword }) => keyword);
  const fits = same.length + said.length > 0 ? same : labels.filter((label) => label.name.startsWith(name));
  if (fits.length + said.length === 0) return null;
  return {
    where: `p.id IN (WITH RECURSIVE family (id) AS (SELECT value FROM json_each(?)
        UNION SELECT l.id FROM labels l JOIN family ON l.parent_id = family.id)
      SELECT photo_id FROM label_photos WHERE label_id IN (SELECT id FROM family) AND ${HAS_LABEL}
      UNION SELECT photo_id FROM photo_keywords WHERE keyword IN (SELECT value FROM json_each(?)))`,
    values: [JSON.stringify(fits.map((label) => label.id)), JSON.stringify(said)],
  };
}

/** Folders called so (`in:italy`), or the end of whose path is so (`in:2019/italy`), with everything in them. */
function inFolder(folders: readonly NamedFolder[], text: string): Fragment | null {
  const wanted = text.split('/').filter((part) => part !== '');
  const fits = folders.filter(
    ({ segments }) => wanted.length > 0 && wanted.every((part, i) => segments.at(i - wanted.length) === part),
  );
  if (fits.length === 0) return null;
  // All paths that begin with "path/": "0" is the character after "/". A library folder itself is everything in it.
  const ranges = fits.map(({ rootId, path }) => [
    rootId,
    path,
    path === '' ? '\u{10ffff}' : `${path.slice(0, -1)}0`,
  ]);
  return {
    where: `p.id IN (SELECT f.photo_id FROM json_each(?) folder CROSS JOIN files f ON f.root_id = folder.value ->> 0
      AND f.rel_path >= folder.value ->> 1 AND f.rel_path < folder.value ->> 2
      WHERE f.presence = 'present' AND f.photo_id IS NOT NULL)`,
    values: [JSON.stringify(ranges)],
  };
}

/** By the name of the city, the region, or the country in English, Turkish or its code. */
function inPlace(places: Distinct['places'], text: string): Fragment | null {
  const cities = new Set(
    places.map(({ city }) => city).filter((name) => name !== null && fold(name) === text),
  );
  const regions = new Set(
    places.map(({ region }) => region).filter((name) => name !== null && fold(name) === text),
  );
  const countries = new Set(
    places.map(({ country }) => country).filter((code) => code !== null && countryNames(code).includes(text)),
  );
  if (cities.size + regions.size + countries.size === 0) return null;
  return any(
    isOneOf('p.city', [...cities] as string[]),
    isOneOf('p.region', [...regions] as string[]),
    isOneOf('p.country', [...countries] as string[]),
  );
}

/** What is shown as one with a raw file is of that type too. */
function ofType(formats: Extract<Condition, { name: 'type' }>['formats']): Fragment {
  const together = isOneOf('w.format', formats);
  const where = `p.id IN (SELECT w.leader FROM photos w WHERE w.leader IS NOT NULL AND w.present_files > 0 AND ${together.where})`;
  return any(isOneOf('p.format', formats), { where, values: together.values });
}

function orientation(which: Extract<Condition, { name: 'orientation' }>['orientation']): Fragment {
  const [tall, wide] = [`p.height > p.width * ${SQUARE}`, `p.width > p.height * ${SQUARE}`];
  if (which === 'portrait') return plain(tall);
  return plain(which === 'landscape' ? wide : `NOT (${tall}) AND NOT (${wide})`);
}

function readDistinct(sql: Sql): Distinct {
  const inSight = 'sum(p.hidden = 0) AS photos FROM photos p WHERE p.present_files > 0 AND p.leader IS NULL';
  return {
    cameras: sql.all(
      `SELECT camera_make AS make, camera_model AS model, ${inSight}
       AND (camera_make IS NOT NULL OR camera_model IS NOT NULL) GROUP BY 1, 2`,
    ),
    lenses: sql.all(`SELECT lens, ${inSight} AND lens IS NOT NULL GROUP BY 1`),
    places: sql.all(`SELECT city, region, country, ${inSight} AND country IS NOT NULL GROUP BY 1, 2, 3`),
  };
}
