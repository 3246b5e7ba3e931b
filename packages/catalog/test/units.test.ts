// A raw file and its JPEG are one photo wherever photos are shown or counted, and each is itself again when alone.
import { parseQuery } from '@semblance/core';
import { expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { facts, freshCatalog, photoAt, scan } from './fixtures.ts';

/** Indexes what is on the disk, with formats by ending, and finds the units. */
function index(catalog: Catalog, root: number, disk: Record<string, string>): void {
  scan(catalog, root, disk);
  for (const { fileId, path } of catalog.nextPending({ limit: 100 })) {
    const format = path.endsWith('.NEF') ? 'nef' : 'jpeg';
    const content = disk[path.slice('/p/'.length)] ?? '';
    const { photoId } = catalog.finishFile(fileId, facts(content, { format }), 'm') ?? { photoId: '' };
    catalog.markEmbedded([{ photoId, vectorHash: photoId }], 'm');
  }
  catalog.refreshUnits();
}

function library(disk: Record<string, string>) {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/p').id;
  index(catalog, root, disk);
  return { catalog, root };
}

const PAIR = { 'a.JPG': 'jpeg', 'a.NEF': 'raw file', 'b.NEF': 'another raw file' };

test('shown, listed, counted and searched as one, with both files', () => {
  const { catalog, root } = library(PAIR);
  const [jpeg, raw, alone] = ['a.JPG', 'a.NEF', 'b.NEF'].map((name) => photoAt(catalog, `/p/${name}`));
  const { total, photos } = catalog.timeline({ offset: 0, limit: 9 });
  expect(total).toBe(2);
  expect(photos.map(({ id, together }) => [id, together]).sort()).toEqual(
    [
      [jpeg, ['raw']],
      [alone, undefined],
    ].sort(),
  );
  expect(catalog.counts('m')).toMatchObject({ photos: 2, indexed: 2 });
  expect(catalog.hiddenEmbedded('m')).toEqual([raw]);
  expect(catalog.tiles([raw ?? '']).size).toBe(0);
  expect(catalog.photo(jpeg ?? '', 'm')?.files.map(({ path }) => path)).toEqual(['/p/a.JPG', '/p/a.NEF']);
  expect(catalog.subfolders()).toMatchObject([{ folderId: root, photos: 2 }]);
  expect(catalog.actOn([jpeg ?? '', alone ?? ''])).toEqual([jpeg, alone, raw]);
  expect(catalog.filterPhotos({ filters: [], exacts: [], instant: 0 }).ids).toHaveLength(2);
});

test('asked for by the type of either', () => {
  const { catalog } = library({ ...PAIR, 'c.JPG': 'a jpeg alone' });
  const found = (text: string) => {
    const { filters } = parseQuery(text, { now: 0 });
    const { ids } = catalog.filterPhotos({ filters, exacts: [], instant: 0 });
    return ids.map((id) => catalog.pathOf(id)?.path).sort();
  };
  expect(found('type:raw')).toEqual(['/p/a.JPG', '/p/b.NEF']);
  expect(found('type:jpeg')).toEqual(['/p/a.JPG', '/p/c.JPG']);
});

test('either of them alone is a photo, with what was said of both', () => {
  for (const [gone, stays] of [
    ['a.JPG', 'a.NEF'],
    ['a.NEF', 'a.JPG'],
  ] as const) {
    const { catalog, root } = library(PAIR);
    catalog.mark(catalog.actOn([photoAt(catalog, '/p/a.JPG')]), { rating: 4 });
    const { [gone]: _, ...rest } = PAIR as Record<string, string>;
    // At once, and not only when units are looked for again.
    scan(catalog, root, rest);
    const id = photoAt(catalog, `/p/${stays}`);
    expect(catalog.tiles([id]).has(id)).toBe(true);
    index(catalog, root, rest);
    expect(catalog.photo(id, 'm')?.rating).toBe(4);
    expect(catalog.photo(id, 'm')?.together).toBeUndefined();
    expect(catalog.timeline({ offset: 0, limit: 9 }).total).toBe(2);
  }
});

test('what was said of a raw file before its JPEG came is said of both', () => {
  const { catalog, root } = library({ 'a.NEF': 'raw file' });
  const raw = photoAt(catalog, '/p/a.NEF');
  const album = catalog.createAlbum('Best', null);
  catalog.mark([raw], { favourite: true, rating: 5 });
  catalog.addToAlbum(album, [raw]);
  index(catalog, root, { 'a.NEF': 'raw file', 'a.JPG': 'jpeg' });
  const jpeg = photoAt(catalog, '/p/a.JPG');
  expect(catalog.photo(jpeg, 'm')).toMatchObject({ favourite: true, rating: 5, together: ['raw'] });
  expect(catalog.timeline({ offset: 0, limit: 9 }, { kind: 'album', id: album }).photos).toHaveLength(1);
});

test('moved apart and together again', () => {
  const { catalog, root } = library(PAIR);
  const shown = () => catalog.timeline({ offset: 0, limit: 9 }).total;
  index(catalog, root, { 'a.JPG': 'jpeg', 'raw/a.NEF': 'raw file', 'b.NEF': 'another raw file' });
  expect(shown()).toBe(3);
  index(catalog, root, PAIR);
  expect(shown()).toBe(2);
  expect(catalog.refreshUnits()).toBe(0);
});
