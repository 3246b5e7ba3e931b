// Filters resolved by SQL: each kind alone, together, negated, and what happens when nothing passes.
import { basename } from 'node:path';
import { parseQuery, type Query } from '@semblance/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Catalog, openCatalog, type PhotoFacts, type PlaceLookup } from '../src/index.ts';
import { facts, freshCatalog, photoAt, scan, temporaryFolder } from './fixtures.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const camera = { ...facts('').camera };
const canon = { ...camera, make: 'Canon', model: 'Canon EOS R5', lens: 'RF 50mm F1.2L' };
const ANKARA = { latitude: 39.93, longitude: 32.86 };

/** Path below /photos -> what a decode of it says. */
const FILES: Record<string, Partial<PhotoFacts>> = {
  'Italy 2019/IMG_42.jpg': {
    takenAt: Date.UTC(2019, 6, 4),
    camera: canon,
    place: { latitude: 41.9, longitude: 12.5 },
  },
  'Italy 2019/Roma/IMG_43.heic': { takenAt: Date.UTC(2019, 6, 5), format: 'heic', width: 300, height: 400 },
  'İzmir/kordon.jpg': { takenAt: Date.UTC(2020, 4, 10), width: 400, height: 398 },
  'Ekran Görüntüsü 2021.png': { takenAt: Date.UTC(2021, 0, 1), format: 'png' },
  'raw/IMG_42.nef': {
    takenAt: Date.UTC(2022, 0, 1),
    format: 'nef',
    camera: { ...camera, make: 'NIKON', model: 'D90' },
  },
  'ankara.jpg': { takenAt: Date.UTC(2026, 7, 1), place: ANKARA },
  'near ankara.gif': {
    takenAt: Date.UTC(2026, 7, 2),
    format: 'gif',
    animated: true,
    place: { latitude: 40.05, longitude: 32.9 },
  },
};

const places: PlaceLookup = {
  edition: 1,
  placeOf: (latitude) =>
    latitude < 41
      ? { city: latitude < 40 ? 'Ankara' : 'Pursaklar', region: 'Ankara', country: 'TR' }
      : { city: 'Rome', region: 'Lazio', country: 'IT' },
  cityLike: () => null,
  cityCalled: (name) => (name === 'Çubuk' ? { latitude: 40.24, longitude: 33.03 } : null),
};

let catalog: Catalog;

function fill(opened: Catalog): void {
  const root = opened.addRoot('/photos');
  scan(opened, root.id, Object.fromEntries(Object.keys(FILES).map((path) => [path, path])));
  for (const file of opened.nextPending({ limit: 100 })) {
    const path = file.path.slice('/photos/'.length);
    opened.finishFile(file.fileId, facts(path, FILES[path]), null);
  }
}

beforeEach(() => {
  catalog = openCatalog(temporaryFolder(), places);
  fill(catalog);
  return () => catalog.close();
});

const query = (text: string): Query => parseQuery(text, { now: NOW });
const passing = (text: string, view?: Parameters<Catalog['filterPhotos']>[0]['view']) =>
  catalog.filterPhotos({ ...query(text), view, instant: Date.now() });
/** File names, newest first. */
function found(text: string): string[] {
  const { ids } = passing(text);
  const paths = catalog.pathsOf(ids);
  return ids.map((id) => basename(paths.get(id)?.path ?? ''));
}
const id = (path: string) => photoAt(catalog, `/photos/${path}`);

describe('one filter', () => {
  test.each([
    ['date:2019', ['IMG_43.heic', 'IMG_42.jpg']],
    ['date:2019-07-04', ['IMG_42.jpg']],
    ['date:"geçen yaz"', ['near ankara.gif', 'ankara.jpg']],
    ['date:<2020', ['IMG_43.heic', 'IMG_42.jpg']],
    ['camera:canon', ['IMG_42.jpg']],
    ['camera:"nikon d90"', ['IMG_42.nef']],
    ['lens:50MM', ['IMG_42.jpg']],
    ['type:raw', ['IMG_42.nef']],
    ['type:heic', ['IMG_43.heic']],
    ['orientation:portrait', ['IMG_43.heic']],
    ['orientation:square', ['kordon.jpg']],
    ['in:"italy 2019"', ['IMG_43.heic', 'IMG_42.jpg']],
    ['in:roma', ['IMG_43.heic']],
    ['in:"italy 2019/roma"', ['IMG_43.heic']],
    ['in:izmir', ['kordon.jpg']],
    ['in:IZMİR', ['kordon.jpg']],
    ['in:ita', []],
    ['name:kordon', ['kordon.jpg']],
    ['name:*.heic', ['IMG_43.heic']],
    ['name:img*2.n*', ['IMG_42.nef']],
    ['name:*42*42*', []],
    ['type:heic,png', ['Ekran Görüntüsü 2021.png', 'IMG_43.heic']],
    ['"img_42"', ['IMG_42.nef', 'IMG_42.jpg']],
    ['is:screenshot', ['Ekran Görüntüsü 2021.png']],
    ['is:animated', ['near ankara.gif']],
    ['has:gps', ['near ankara.gif', 'ankara.jpg', 'IMG_42.jpg']],
    ['has:camera', ['IMG_42.nef', 'IMG_42.jpg']],
    ['place:ankara', ['near ankara.gif', 'ankara.jpg']],
    ['place:türkiye', ['near ankara.gif', 'ankara.jpg']],
    ['place:Turkey', ['near ankara.gif', 'ankara.jpg']],
    ['place:italya', ['IMG_42.jpg']],
    ['place:lazio', ['IMG_42.jpg']],
    ['near:"Ankara"', ['near ankara.gif', 'ankara.jpg']],
    // No photo is known to be there; the table knows where it is.
    ['near:"Çubuk, 30 km"', ['near ankara.gif']],
    ['near:39.93,32.86,5km', ['ankara.jpg']],
    ['near:39.93,32.86', ['near ankara.gif', 'ankara.jpg']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('what a person has said', () => {
    const album = catalog.createAlbum('İtalya gezisi', null);
    catalog.addToAlbum(album, [id('Italy 2019/IMG_42.jpg')]);
    catalog.mark([id('ankara.jpg')], { favourite: true, rating: 5 });
    catalog.mark([id('İzmir/kordon.jpg')], { hidden: true, rating: 3 });
    expect(found('album:"italya gezisi"')).toEqual(['IMG_42.jpg']);
    expect(found('album:italya')).toEqual(['IMG_42.jpg']);
    expect(found('has:album')).toEqual(['IMG_42.jpg']);
    expect(found('is:favorite')).toEqual(['ankara.jpg']);
    expect(found('rating:>=4')).toEqual(['ankara.jpg']);
    expect(found('rating:none')).toHaveLength(5);
    // Hidden photos are out of sight, but for who asks for them.
    expect(found('rating:3')).toEqual([]);
    expect(found('is:hidden')).toEqual(['kordon.jpg']);
    expect(found('is:new')).toHaveLength(6);
    catalog.setRootState(1, { state: 'offline', stranger: false, note: 'unplugged', foundAt: null });
    expect(found('is:offline')).toHaveLength(6);
  });
});

describe('together', () => {
  test('one name: any; different names: all; "-": none', () => {
    expect(found('type:heic type:png')).toEqual(['Ekran Görüntüsü 2021.png', 'IMG_43.heic']);
    expect(found('date:2019 type:heic')).toEqual(['IMG_43.heic']);
    expect(found('date:2019 -type:heic')).toEqual(['IMG_42.jpg']);
    expect(found('has:gps has:camera')).toEqual(['IMG_42.jpg']);
    expect(found('"img" "43"')).toEqual(['IMG_43.heic']);
    expect(found('"img" -"43"')).toEqual(['IMG_42.nef', 'IMG_42.jpg']);
    // A photo without a camera is not one of Canon's.
    expect(found('-camera:canon')).toHaveLength(6);
  });

  test('two bounds that meet are one range, others are alternatives', () => {
    expect(found('date:>=2019-07-05 date:<2021')).toEqual(['kordon.jpg', 'IMG_43.heic']);
    expect(found('date:>=2019-07-05 date:<2021 date:2022')).toEqual([
      ...['IMG_42.nef', 'kordon.jpg', 'IMG_43.heic'],
    ]);
    expect(found('date:<2019-07-05 date:>2026-08-01')).toEqual(['near ankara.gif', 'IMG_42.jpg']);
    expect(found('date:>2020 date:>2025')).toEqual(found('date:>2020'));
    catalog.mark([id('ankara.jpg')], { rating: 3 });
    catalog.mark([id('İzmir/kordon.jpg')], { rating: 5 });
    expect(found('rating:>=2 rating:<=4')).toEqual(['ankara.jpg']);
    expect(found('rating:>4 rating:<=0')).toHaveLength(6);
    // Each can go on its own.
    const filter = { ...query('date:>=2021-06 date:<=2021-07'), instant: 0 };
    expect(catalog.countWithout(filter).map(({ photos }) => photos)).toEqual([4, 3]);
  });

  test('within a view', () => {
    const inside = passing('type:heic', { kind: 'folder', id: 1, path: 'Italy 2019' }).ids;
    expect(inside).toEqual([id('Italy 2019/Roma/IMG_43.heic')]);
    expect(passing('type:heic', { kind: 'favourites' }).ids).toEqual([]);
  });

  test.each([
    ...['label:boat', 'album:Nowhere', 'in:ita', 'place:Atlantis', 'near:Atlantis', 'camera:zzz', 'lens:9mm'],
    'name:zzz',
  ])('%s names nothing here: no photo has it, all are without it, and it is said', (text) => {
    const all = passing('').ids.length;
    const said = (query: string) => passing(query).unknown.map(({ name, value }) => `${name}:${value}`);
    expect([found(text), said(text)]).toEqual([[], [text]]);
    expect([found(`-${text}`).length, said(`-${text}`)]).toEqual([all, [text]]);
    expect(found(`${text} date:2019`)).toEqual([]);
    expect(passing('date:2019 has:gps type:jpg is:favorite "zzz"').unknown).toEqual([]);
    expect(catalog.countWithout({ ...query(text), instant: 0 })[0]?.photos).toBe(all);
  });

  test('of several of one name, one that names nothing takes nothing away', () => {
    expect(found('camera:canon camera:zzz')).toEqual(['IMG_42.jpg']);
    expect(passing('camera:canon camera:zzz').unknown).toHaveLength(1);
  });

  test('what only hidden photos have is known, and not suggested', () => {
    catalog.mark([id('Italy 2019/IMG_42.jpg')], { hidden: true });
    expect(found('camera:canon is:hidden')).toEqual(['IMG_42.jpg']);
    expect(passing('camera:canon').unknown).toEqual([]);
    expect(catalog.searchValues().cameras.map(({ make }) => make)).not.toContain('Canon');
  });

  test('what to drop when nothing passes', () => {
    const filter = { ...query('date:2019 type:png "img"'), instant: 0 };
    const counts = catalog
      .countWithout(filter)
      .map(({ about, photos }) => ['name' in about ? about.name : about.text, photos]);
    expect(Object.fromEntries(counts)).toEqual({ img: 0, date: 0, type: 2 });
  });
});

test('what can be asked about, with how many photos each', () => {
  const { cameras, lenses, places, folders } = catalog.searchValues();
  expect(cameras).toContainEqual({ make: 'Canon', model: 'Canon EOS R5', photos: 1 });
  expect(lenses).toEqual([{ lens: 'RF 50mm F1.2L', photos: 1 }]);
  expect(places).toContainEqual({ city: 'Rome', region: 'Lazio', country: 'IT', photos: 1 });
  expect(folders.map(({ title }) => title).sort()).toEqual(['Italy 2019', 'Roma', 'photos', 'raw', 'İzmir']);
});

test('names and values follow what is written', () => {
  expect(found('name:kordon')).toHaveLength(1);
  const root = catalog.addRoot('/more');
  scan(catalog, root.id, { 'kordon 2.jpg': 'other' });
  for (const file of catalog.nextPending({ limit: 1 })) catalog.finishFile(file.fileId, facts('other'), null);
  expect(found('name:kordon')).toHaveLength(2);
});

describe('where photos were taken', () => {
  test('is named when they come in', () => {
    expect(catalog.photo(id('Italy 2019/IMG_42.jpg'), null)?.placeName).toBe('Rome, Lazio, Italy');
    expect(catalog.photo(id('ankara.jpg'), null)?.placeName).toBe('Ankara, Türkiye');
    expect(catalog.photo(id('raw/IMG_42.nef'), null)?.placeName).toBeNull();
  });

  test('is named later for those that came in before, and again by a better table', () => {
    const folder = temporaryFolder();
    const before = freshCatalog(folder);
    fill(before);
    expect(before.placeSome(10)).toBe(0);
    before.close();
    const first = openCatalog(folder, places);
    expect(first.placeSome(2)).toBe(2);
    expect(first.placeSome(10)).toBe(1);
    expect(first.placeSome(10)).toBe(0);
    expect(first.filterPhotos({ ...query('place:rome'), instant: 0 }).ids).toHaveLength(1);
    first.close();
    const second = openCatalog(folder, {
      edition: 2,
      placeOf: () => null,
      cityCalled: () => null,
      cityLike: () => null,
    });
    expect(second.placeSome(10)).toBe(3);
    expect(second.filterPhotos({ ...query('place:rome'), instant: 0 }).ids).toEqual([]);
    second.close();
  });
});

describe('labels, captions and keywords', () => {
  const found = (text: string) => {
    const { ids } = catalog.filterPhotos(filterOf(text));
    return ids.map((id) => basename(catalog.pathOf(id)?.path ?? '')).sort();
  };
  const filterOf = (text: string) => {
    const { filters, exacts } = parseQuery(text, { now: NOW });
    return { filters, exacts, instant: NOW };
  };

  beforeEach(() => {
    const draft = { descriptions: [], exclusions: [], color: 'gray' as const, precision: 0.8 };
    const rest = { automatic: false, sensitive: false, pack: null };
    const places = catalog.createLabel({ ...draft, ...rest, name: 'Gezi', parentId: null });
    const sea = catalog.createLabel({ ...draft, ...rest, name: 'Işıl’s sea', parentId: places });
    const yes = (labelId: number, path: string) => ({
      ...{ labelId, verdict: 'yes' as const, decidedAt: 1 },
      photoId: photoAt(catalog, `/photos/${path}`),
    });
    catalog.answerLabels([
      yes(sea, 'İzmir/kordon.jpg'),
      yes(places, 'ankara.jpg'),
      { ...yes(sea, 'raw/IMG_42.nef'), verdict: 'no' },
    ]);
    const file = scan(catalog, catalog.listRoots()[0]?.id ?? 0, {
      ...Object.fromEntries(Object.keys(FILES).map((path) => [path, path])),
      'said.jpg': 'said',
    });
    expect(file).toBeDefined();
    for (const { fileId } of catalog.nextPending({ limit: 9 })) {
      const said = { caption: 'Dedemin bahçesi', keywords: ['places/Kars', 'winter'] };
      catalog.finishFile(fileId, facts('said', said), null);
    }
  });

  test('a label finds its photos and those of the labels below it, in any spelling; a no is a no', () => {
    expect(found('label:gezi')).toEqual(['ankara.jpg', 'kordon.jpg']);
    expect(found('etiket:"IŞIL’S SEA"')).toEqual(['kordon.jpg']);
    // A keyword is a label that came with the photo.
    const [said] = catalog.written().captions;
    expect(said?.caption).toBe('Dedemin bahçesi');
    expect(catalog.written().keywords).toEqual(
      ['places/Kars', 'winter'].map((keyword) => ({ photoId: said?.photoId, keyword })),
    );
    expect(found('has:label')).toEqual(['ankara.jpg', 'kordon.jpg', 'said.jpg']);
    expect(found('has:label -label:gezi')).toEqual(['said.jpg']);
  });

  test('photos of a sensitive label, or one below it, are marked; a no is not', () => {
    const marked = () =>
      [...catalog.tiles(catalog.photoIds({ kind: 'all' })).values()]
        .filter((tile) => tile.sensitive)
        .map((tile) => basename(catalog.pathsOf([tile.id]).get(tile.id)?.path ?? ''))
        .sort();
    expect(marked()).toEqual([]);
    const [places] = catalog.labels().filter((label) => label.parentId === null);
    catalog.changeLabel(places?.id ?? 0, { sensitive: true });
    expect(marked()).toEqual(['ankara.jpg', 'kordon.jpg']);
  });

  test('keywords of other programs count as labels, by their own name too', () => {
    expect(found('label:winter')).toEqual(['said.jpg']);
    expect(found('label:kars')).toEqual(['said.jpg']);
    expect(catalog.filterPhotos(filterOf('label:nothing')).unknown).toHaveLength(1);
    expect(catalog.keywords().sort()).toEqual(['places/Kars', 'winter']);
    catalog.mark([id('said.jpg')], { hidden: true });
    expect(catalog.keywords()).toEqual([]);
  });

  test('a phrase is looked for in captions and keywords as well', () => {
    expect(found('"dedemin bahçesi"')).toEqual(['said.jpg']);
    expect(found('"WINTER"')).toEqual(['said.jpg']);
    expect(found('"img_42"')).toEqual(['IMG_42.jpg', 'IMG_42.nef']);
  });
});
