// Marks and albums through the engine, and taking each back.
import { beforeEach, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

let b: Bench;
let ids: string[];

beforeEach(async () => {
  b = await bench();
  await b.write({ 'one.jpg': 'one', 'two.jpg': 'two', 'three.jpg': 'three' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  ids = timeline().map((photo) => photo.id);
});

const timeline = (view?: Parameters<Bench['engine']['services']['library']['timeline']>[0]['view']) =>
  b.engine.services.library.timeline({ offset: 0, limit: 10, ...(view && { view }) }).photos;

test('each mark is undone to what it was, photo by photo', async () => {
  const { marks, acts } = b.engine.services;
  const [one = '', two = ''] = ids;
  marks.mark({ photos: { kind: 'photos', ids: [one] }, rating: 2 });
  const all = marks.mark({ photos: { kind: 'all' }, rating: 5, favourite: true });
  expect(all.photos).toBe(3);
  expect(timeline({ kind: 'favourites' })).toHaveLength(3);
  expect(await acts.undo(all.actId ?? 0)).toEqual({ photos: 3 });
  expect(b.engine.services.library.photo(one)).toMatchObject({ rating: 2, favourite: false });
  expect(b.engine.services.library.photo(two)).toMatchObject({ rating: null, favourite: false });
  await expect(acts.undo(all.actId ?? 0)).rejects.toMatchObject({ kind: 'NOTHING_TO_UNDO' });
  await expect(acts.undo(999)).rejects.toMatchObject({ kind: 'NOTHING_TO_UNDO' });
});

test('what changes nothing is no act', () => {
  const { marks, acts } = b.engine.services;
  expect(marks.mark({ photos: { kind: 'all' }, favourite: false })).toEqual({ actId: null, photos: 0 });
  expect(acts.list(9)).toEqual([]);
});

test('hidden photos leave the timeline and the search, and come back by undo', async () => {
  const { marks, acts, search } = b.engine.services;
  const [one = ''] = ids;
  const hidden = marks.mark({ photos: { kind: 'photos', ids: [one] }, hidden: true });
  expect(timeline().map((photo) => photo.id)).not.toContain(one);
  const found = await search.run({ text: 'one', limit: 10 });
  expect(found.results.map((hit) => hit.id)).not.toContain(one);
  await acts.undo(hidden.actId ?? 0);
  expect(timeline().map((photo) => photo.id)).toContain(one);
});

test('albums: made, filled, emptied, renamed, removed, and each undone', async () => {
  const { albums, acts } = b.engine.services;
  const [one = '', two = '', three = ''] = ids;
  const made = albums.create({ name: 'Boat', query: null, photos: { kind: 'photos', ids: [one] } });
  const { id } = made.album;
  const added = albums.add(id, { kind: 'photos', ids: [one, two, three] });
  expect(added.photos).toBe(2);
  const taken = albums.take(id, { kind: 'photos', ids: [one] });
  albums.change(id, { name: 'Our boat' });
  const removed = albums.remove(id);
  expect(albums.list()).toEqual([]);
  await acts.undo(removed.actId ?? 0);
  expect(albums.list()).toMatchObject([{ id, name: 'Our boat', photos: 2 }]);
  await acts.undo(taken.actId ?? 0);
  expect(albums.of(one)).toHaveLength(1);
  await acts.undo(added.actId ?? 0);
  expect(albums.list()[0]?.photos).toBe(1);
  await acts.undo(made.actId ?? 0);
  expect(albums.list()).toEqual([]);
  expect(() => albums.remove(id)).toThrow(expect.objectContaining({ kind: 'ALBUM_NOT_FOUND' }));
});

test('a saved search takes no photos by hand', () => {
  const { albums } = b.engine.services;
  const { album } = albums.create({ name: 'Dogs', query: 'dog' });
  expect(album).toMatchObject({ query: 'dog', photos: 0, cover: null });
  expect(() => albums.add(album.id, { kind: 'all' })).toThrow(
    expect.objectContaining({ kind: 'NOT_SUPPORTED_HERE' }),
  );
  albums.change(album.id, { query: 'cat' });
  expect(albums.list()[0]?.query).toBe('cat');
});

test('undone out of order, a mark takes back its own and nothing that was said since', async () => {
  const { marks, acts, library } = b.engine.services;
  const [one = '', two = ''] = ids;
  const favourite = marks.mark({ photos: { kind: 'photos', ids: [one, two] }, favourite: true });
  marks.mark({ photos: { kind: 'photos', ids: [one] }, rating: 5 });
  marks.mark({ photos: { kind: 'photos', ids: [two] }, favourite: false, hidden: true });
  await acts.undo(favourite.actId ?? 0);
  expect(library.photo(one)).toMatchObject({ favourite: false, rating: 5 });
  expect(timeline().map((photo) => photo.id)).not.toContain(two);
  const rated = marks.mark({ photos: { kind: 'photos', ids: [one] }, rating: 3 });
  marks.mark({ photos: { kind: 'photos', ids: [one] }, rating: 4 });
  await acts.undo(rated.actId ?? 0);
  expect(library.photo(one)).toMatchObject({ rating: 4 });
});

test('undone out of order, the name of a saved search comes back and its query stays', async () => {
  const { albums, acts } = b.engine.services;
  const { album } = albums.create({ name: 'Dogs', query: 'dog' });
  const renamed = albums.change(album.id, { name: 'Cats' });
  albums.change(album.id, { query: 'cat' });
  await acts.undo(renamed.actId ?? 0);
  expect(albums.list()).toMatchObject([{ name: 'Dogs', query: 'cat' }]);
});

test('undoing that an album was made leaves what was put into it since', async () => {
  const { albums, acts } = b.engine.services;
  const [one = '', two = ''] = ids;
  const made = albums.create({ name: 'Boat', query: null, photos: { kind: 'photos', ids: [one] } });
  albums.add(made.album.id, { kind: 'photos', ids: [two] });
  await acts.undo(made.actId ?? 0);
  expect(albums.of(one)).toEqual([]);
  expect(albums.of(two)).toMatchObject([{ name: 'Boat', photos: 1 }]);
});
