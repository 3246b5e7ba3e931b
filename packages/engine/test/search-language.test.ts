// Every kind of query, with its effect: a fake model whose texts and photos have one axis for each subject.

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { MAX_DROPPED_BYTES, type SearchAnswer } from '@semblance/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchWish } from '../src/services/search.ts';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

const DIMENSIONS = 48;
const SUBJECTS: readonly (readonly string[])[] = [
  ['dog', 'köpek'],
  ['people', 'insan', 'kişi'],
  ['sea', 'beach'],
  ['car'],
  ['sunset'],
  ['leash'],
];

/** One axis for each subject in the text; what has none points anywhere. Photos show other things as well. */
function embed(text: string, rest = 0.0011): Float32Array {
  const bytes = createHash('sha512').update(text).digest();
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => ((bytes[i] ?? 0) - 127.5) * rest);
  SUBJECTS.forEach((names, axis) => {
    if (names.some((name) => text.includes(name))) vector[axis] = 1;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const COUNTS = {
  dog: 20,
  'dog leash': 6,
  'dog people': 8,
  people: 12,
  beach: 14,
  'beach people': 8,
  'beach sunset': 3,
  sunset: 9,
  car: 20,
};
const DAY = 86_400_000;
const FIRST = Date.UTC(2020, 0, 1);

let library: Bench;
let down = false;
let end: () => Promise<void>;

afterAll(() => end());

beforeAll(async () => {
  const fake = fakeCompute({
    setup: async () => ({ ok: true, model: { key: 'fake-3', dimensions: DIMENSIONS, contextLength: 8 } }),
    embedText: async (text) => {
      if (down) {
        fake.crash();
        return new Promise(() => undefined);
      }
      const unknownWords = text.split(' ').filter((word) => word.startsWith('xyz'));
      return { embedding: embed(text), truncated: false, unknownWords, tokens: 8 };
    },
    embedPicture: async (bytes) => ({
      ok: true,
      embedding: embed(Buffer.from(bytes).toString('latin1').slice(3)),
    }),
    ingest: async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const number = Number(/\d+$/.exec(text)?.[0]);
      const camera = { ...photoOf(text, embed(text, 0.002)).camera, model: number % 2 === 0 ? 'EOS' : 'D90' };
      return { ...photoOf(text, embed(text, 0.002)), camera, takenAt: FIRST + number * DAY };
    },
    listModels: async () => [
      {
        id: 'model',
        name: 'model',
        key: 'fake-3',
        dimensions: DIMENSIONS,
        imageSize: 8,
        languages: ['en', 'tr'],
        bytes: 1,
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'semblance-language-'));
  const atEnd = (close: () => Promise<void>): void => {
    end = async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    };
  };
  library = await bench({ fake, shared: { folder, atEnd } });
  const names = Object.entries(COUNTS).flatMap(([subject, count]) =>
    Array.from({ length: count }, (_, i) => `${subject} ${i}`),
  );
  await library.write(Object.fromEntries(names.map((name) => [`${name.split(' ')[0]}s/${name}.jpg`, name])));
  const added = await library.engine.services.folders.add(library.photos);
  await library.engine.services.indexer.update([added.id]);
});

const run = (request: SearchWish): Promise<SearchAnswer> =>
  library.engine.services.search.run({ limit: 200, ...request });
const subject = (path: string): string => basename(path, '.jpg').replace(/ \d+$/, '');
const subjects = (answer: SearchAnswer, group?: 'best'): string[] =>
  [
    ...new Set(
      answer.results.filter((r) => group === undefined || r.group === group).map((r) => subject(r.path)),
    ),
  ].sort();
const kinds = (answer: SearchAnswer): string[] => answer.notes.map((note) => note.kind);
const photo = async (name: string): Promise<string> => {
  const { results } = await run({ text: `name:"${name}."` });
  return results[0]?.id ?? '';
};

describe('what is excluded', () => {
  const LARGEST = Object.values(COUNTS).reduce((sum, count) => sum + count, 0);

  it.each([
    ['beach -people', 'beach', ['people']],
    ['dog without leash', 'dog', ['leash']],
    ['köpek ama insan yok', 'dog', ['people']],
    ['kişisiz köpek', 'dog', ['people']],
    ['dog -people -leash', 'dog', ['people', 'leash']],
    ['without people', null, ['people']],
  ])('%s', async (text, wanted, unwanted) => {
    const answer = await run({ text });
    const shows = (name: string): boolean => unwanted.some((word) => name.includes(word));
    const all = Object.entries(COUNTS).flatMap(([name, count]) => new Array<string>(count).fill(name));
    const left = answer.results.map((r) => subject(r.path));
    // A model is never sure: nearly all that shows it is gone, nearly all the rest is there.
    expect(left.filter(shows).length).toBeLessThanOrEqual(0.15 * all.filter(shows).length);
    expect(left.filter((name) => !shows(name)).length).toBeGreaterThanOrEqual(
      0.95 * all.filter((name) => !shows(name)).length,
    );
    expect(answer.notes).toEqual([
      { kind: 'negation-removed', count: LARGEST - left.length, texts: expect.any(Array) },
    ]);
    if (wanted !== null) {
      const best = answer.results.filter((r) => r.group === 'best').map((r) => subject(r.path));
      expect(best.filter((name) => name.includes(wanted)).length).toBeGreaterThanOrEqual(0.9 * best.length);
    }
  });

  it('among hidden photos too', async () => {
    const { marks, acts } = library.engine.services;
    const ids = [await photo('dog people 1'), await photo('car 1')];
    const { actId } = marks.mark({ photos: { kind: 'photos', ids }, hidden: true });
    try {
      expect(subjects(await run({ text: 'is:hidden' }))).toEqual(['car', 'dog people']);
      expect(subjects(await run({ text: 'is:hidden -people' }))).toEqual(['car']);
      expect((await run({ text: 'is:hidden car' })).results[0]?.id).toBe(ids[1]);
    } finally {
      acts.undo(actId ?? 0);
    }
  });

  it('alone: everything else, newest first, without a score', async () => {
    const { results } = await run({ text: 'without people' });
    expect(results.every((r) => r.group === 'best' && r.relevance === 100)).toBe(true);
    const dates = results.map((r) => r.takenAt);
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });
});

describe('filters', () => {
  it('narrow down before the model ranks, and the background stays the whole library', async () => {
    const all = await run({ text: 'dog' });
    const some = await run({ text: 'dog camera:eos' });
    expect(some.searched).toBe(51);
    expect(some.results).toHaveLength(51);
    const known = new Map(all.results.map((r) => [r.id, r.relevance]));
    for (const { id, relevance } of some.results) expect(relevance).toBeCloseTo(known.get(id) ?? -1, 5);
    expect(subjects(some, 'best')).toEqual(subjects(all, 'best'));
  });

  it('do not make good results of junk', async () => {
    const answer = await run({ text: 'dog in:cars' });
    expect(answer.results).toHaveLength(20);
    expect(subjects(answer, 'best')).toEqual([]);
    expect(kinds(answer)).toEqual(['nothing-matches']);
  });

  it('alone need no model', async () => {
    down = true;
    const answer = await run({ text: 'in:cars date:2020-01-01..2020-01-05' }).finally(() => {
      down = false;
    });
    expect(answer.results.map((r) => basename(r.path))).toEqual([4, 3, 2, 1, 0].map((n) => `car ${n}.jpg`));
    expect(answer.results.every((r) => r.group === 'best' && r.relevance === 100 && r.cosine === 1)).toBe(
      true,
    );
    expect(answer.notes).toEqual([]);
  });

  it('answer alone, and say so, when the model is gone', async () => {
    down = true;
    try {
      const answer = await run({ text: 'a red sea in:cars' });
      expect(answer.results).toHaveLength(20);
      expect(answer.notes).toEqual([{ kind: 'partial' }]);
      await expect(run({ text: 'a yellow sea' })).rejects.toMatchObject({ kind: 'COMPUTE_UNAVAILABLE' });
    } finally {
      down = false;
    }
  });

  it('say which of them to drop when nothing passes', async () => {
    const answer = await run({ text: 'dog in:cars date:2031 "dog"' });
    expect(answer.results).toEqual([]);
    // The phrase is in the names of dogs, which are not in that folder: no single one helps.
    expect(answer.notes).toEqual([{ kind: 'filters-removed-all', count: 100 }]);
    const one = await run({ text: 'dog in:cars date:2031' });
    expect(one.notes).toEqual([
      { kind: 'filter-removed-all', name: 'date', value: '2031', count: 20, start: 12, end: 21 },
    ]);
  });

  it.each([
    ...['date:soon', 'rating:>=x', 'near:95,10', 'is:purple', 'has:wings', 'type:exe', 'orientation:up'],
    ...['label:', 'date:', '"', '""', '-date:soon', 'label: date:soon is:purple'],
  ])('%s cannot be read: pointed at and left out; alone, it is said that nothing was asked', async (text) => {
    const alone = await run({ text });
    expect(alone.parsed.chips).toEqual([]);
    expect(alone.parsed.problems.length).toBeGreaterThan(0);
    expect([alone.results, alone.notes]).toEqual([[], [{ kind: 'nothing-asked' }]]);
    const beside = await run({ text: `dog ${text}` });
    expect(beside.parsed.problems.map(({ code }) => code)).toEqual(
      alone.parsed.problems.map(({ code }) => code),
    );
    expect(beside.results.map(({ id }) => id)).toEqual(
      (await run({ text: 'dog' })).results.map(({ id }) => id),
    );
    expect(beside.notes).toEqual([]);
  });

  it.each([
    ...['label:boat', 'album:Nowhere', 'in:boats', 'place:Atlantis', 'near:Atlantis'],
    ...['camera:zzz', 'lens:9mm', 'name:zzz'],
  ])('%s can be read and names nothing: no photo has it, and one click drops it', async (text) => {
    const point = { code: 'names-nothing', text, start: 0, end: text.length };
    const alone = await run({ text });
    expect(alone.parsed).toMatchObject({ chips: [{ kind: 'filter' }], problems: [point] });
    expect(alone.results).toEqual([]);
    expect(alone.notes).toMatchObject([{ kind: 'filter-removed-all', count: 100, start: 0 }]);
    const beside = await run({ text: `${text} dog` });
    expect(beside.results).toEqual([]);
    expect(beside.notes).toEqual(alone.notes);
    // What nobody has, nobody is without.
    const without = await run({ text: `dog -${text}` });
    expect(without.results.map(({ id }) => id)).toEqual(
      (await run({ text: 'dog' })).results.map(({ id }) => id),
    );
    expect(without.parsed.problems).toMatchObject([{ code: 'names-nothing' }]);
  });

  it('that name nothing offer the nearest name there is', async () => {
    const { albums, labels } = library.engine.services;
    const { album } = albums.create({ name: 'Summer by the sea', query: null });
    const { label } = labels.create({
      ...{ name: 'our boat', parentId: null, color: 'gray', descriptions: ['a boat'], exclusions: [] },
      ...{ precision: 0.9, automatic: false, sensitive: false },
    });
    const offer = async (text: string) => (await run({ text })).parsed.problems[0]?.instead;
    try {
      expect(await offer('album:"sumer by the see"')).toBe('album:"Summer by the sea"');
      expect(await offer('-label:boat')).toBe('-label:"our boat"');
      expect(await offer('in:cras')).toBe('in:cars');
      expect(await offer('camera:e0s')).toBe('camera:EOS');
      expect(await offer('is:favorit')).toBe('is:favorite');
      expect(await offer('type:jepg')).toBe('type:jpeg');
      expect(await offer('label:wardrobe')).toBeUndefined();
    } finally {
      albums.remove(album.id);
      labels.remove(label.id);
    }
  });

  it('and a quoted phrase never reaches the model', async () => {
    const answer = await run({ text: '"dog leash"' });
    expect(subjects(answer)).toEqual(['dog leash']);
    expect(answer.results).toHaveLength(6);
  });
});

describe('several things together', () => {
  it('adds up texts by their weights', async () => {
    expect(subject((await run({ text: 'beach + sunset' })).results[0]?.path ?? '')).toBe('beach sunset');
    const heavy = await run({ text: 'beach + 9:car' });
    expect(heavy.results.slice(0, 20).map((r) => subject(r.path))).toEqual(new Array(20).fill('car'));
    expect(heavy.results[0]?.cosine).toBeLessThanOrEqual(1);
  });

  it('searches like several photos, and like a photo with a text', async () => {
    const like = [await photo('car 1'), await photo('car 2')];
    const cars = await run({ like });
    expect(subjects(cars, 'best')).toEqual(['car']);
    expect(cars.results.map((r) => r.id)).not.toEqual(expect.arrayContaining(like));
    const both = await run({ likePhoto: await photo('beach 1'), text: 'sunset' });
    expect(subject(both.results[0]?.path ?? '')).toBe('beach sunset');
  });

  it('takes a dropped picture, and refuses what is none', async () => {
    const picture = (text: string): string => Buffer.from(`\xff\xd8\xff${text}`, 'latin1').toString('base64');
    expect(subjects(await run({ image: picture('car') }), 'best')).toEqual(['car']);
    const bad = [
      Buffer.from('<svg/>').toString('base64'),
      '',
      '%%%',
      Buffer.alloc(MAX_DROPPED_BYTES + 1, 255).toString('base64'),
    ];
    for (const image of bad) await expect(run({ image })).rejects.toMatchObject({ kind: 'PHOTO_UNREADABLE' });
  });
});

describe('order and look-alikes', () => {
  it('sorts by date within each group', async () => {
    const byRelevance = await run({ text: 'dog' });
    const { results } = await run({ text: 'dog', sort: 'date' });
    expect(new Set(results.map((r) => r.id))).toEqual(new Set(byRelevance.results.map((r) => r.id)));
    for (const group of ['best', 'maybe'] as const) {
      const dates = results.filter((r) => r.group === group).map((r) => r.takenAt);
      expect(dates).toEqual([...dates].sort((a, b) => b - a));
    }
    expect(results.findLastIndex((r) => r.group === 'best')).toBeLessThan(
      results.findIndex((r) => r.group === 'maybe'),
    );
  });

  it('finds within a view', async () => {
    const folder = library.engine.services.folders.list()[0]?.id ?? 0;
    const answer = await run({ text: 'people', view: { kind: 'folder', id: folder, path: 'dogs' } });
    expect(subjects(answer, 'best')).toEqual(['dog people']);
    expect(answer.searched).toBe(34);
    await expect(run({ text: 'dog', view: { kind: 'album', id: 999 } })).rejects.toMatchObject({
      kind: 'ALBUM_NOT_FOUND',
    });
  });
});

describe('saved searches', () => {
  it('stay live, as an album and as a place to search in', async () => {
    const { albums, search } = library.engine.services;
    const { album } = albums.create({ name: 'Cars', query: 'car camera:eos' });
    const view = { kind: 'album', id: album.id } as const;
    const page = await search.savedTimeline({ view, offset: 0, limit: 4 });
    expect(page?.total).toBe(10);
    expect(page?.photos).toHaveLength(4);
    const dates = page?.photos.map((p) => p.takenAt) ?? [];
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
    const inside = await run({ view, text: 'date:2020-01-01..2020-01-06' });
    expect(inside.results.map((r) => basename(r.path))).toEqual([4, 2, 0].map((n) => `car ${n}.jpg`));

    const hidden = page?.photos[0]?.id ?? '';
    const { marks, acts } = library.engine.services;
    const { actId } = marks.mark({ photos: { kind: 'photos', ids: [hidden] }, hidden: true });
    expect((await search.savedTimeline({ view, offset: 0, limit: 4 }))?.total).toBe(9);
    acts.undo(actId ?? 0);
    albums.change(album.id, { query: 'in:cars' });
    expect((await search.savedTimeline({ view, offset: 18, limit: 4 }))?.photos).toHaveLength(2);
    expect(await search.savedTimeline({ view: { kind: 'all' }, offset: 0, limit: 4 })).toBeNull();
  });

  it('are named by album:, alone, with others, excluded, and by each other', async () => {
    const { albums } = library.engine.services;
    const made = [
      albums.create({ name: 'Eos cars', query: 'car camera:eos' }).album.id,
      albums.create({ name: 'New Eos', query: 'album:"eos cars" date:2020-01-05..2020-12-31' }).album.id,
    ];
    const names = async (text: string) => (await run({ text })).results.map((r) => basename(r.path)).sort();
    const cars = await names('car camera:eos');
    const all = await names('album:"EOS Cars"');
    expect(all).toHaveLength(10);
    expect(cars).toEqual(expect.arrayContaining(all));
    const newer = await names('album:"new eos"');
    expect(newer.length).toBeGreaterThan(0);
    expect(newer.length).toBeLessThan(10);
    expect(all).toEqual(expect.arrayContaining(newer));
    const older = await names('album:"eos cars" -album:"new eos"');
    expect([...newer, ...older].sort()).toEqual(all);
    expect(await names('-album:"eos cars"')).not.toEqual(expect.arrayContaining([all[0]]));
    const inside = await run({ text: 'rating:5 album:"new eos"' });
    expect(inside.notes).toContainEqual(
      expect.objectContaining({ kind: 'filter-removed-all', name: 'rating', count: newer.length }),
    );
    for (const id of made) albums.remove(id);
  });

  it('never look in themselves: refused when saved, and pointed at where a name made it so', async () => {
    const { albums } = library.engine.services;
    const create = (name: string, query: string) => albums.create({ name, query }).album.id;
    const cycle = expect.objectContaining({ kind: 'ALBUM_CYCLE' });
    expect(() => create('Loop', 'dog album:loop')).toThrow(cycle);
    const one = create('Loop one', 'dog');
    const two = create('Loop two', 'album:"loop one"');
    expect(() => albums.change(one, { query: '-album:"loop two"' })).toThrow(cycle);
    // The beginning of a name is enough.
    expect(() => albums.change(one, { query: 'album:loop' })).toThrow(cycle);
    expect(albums.list().find(({ id }) => id === one)?.query).toBe('dog');
    // An album that goes leaves its name to those that begin with it.
    const kept = albums.create({ name: 'Ring', query: null }).album.id;
    const ring = create('Ring of dogs', 'in:dogs album:ring');
    expect((await run({ text: 'album:"ring of dogs"' })).parsed.problems).toEqual([]);
    albums.remove(kept);
    const answer = await run({ text: 'dog album:"ring of"' });
    expect(answer.parsed.problems).toEqual([
      expect.objectContaining({ code: 'album-cycle', text: 'album:ring of', start: 4 }),
    ]);
    expect(answer.results).toEqual([]);
    const view = { kind: 'album', id: ring } as const;
    expect((await run({ text: 'dog', view })).results).toEqual([]);
    for (const id of [one, two, ring]) albums.remove(id);
  });

  it('are what they find, whatever is done with them', async () => {
    const client = createRouterClient(library.engine.router, { context: {} });
    const { album } = await client.albums.create({ name: 'Few cars', query: 'car camera:eos' });
    const found = { kind: 'album', id: album.id } as const;
    const marked = await client.photos.mark({ photos: found, rating: 4 });
    expect(marked.photos).toBe(10);
    expect((await run({ text: 'rating:4' })).results).toHaveLength(10);
    await client.acts.undo({ id: marked.actId ?? 0 });
    const copy = await client.albums.create({ name: 'Kept', photos: found });
    expect((await client.albums.list()).find(({ id }) => id === copy.album.id)?.photos).toBe(10);
    expect((await client.albums.take({ id: copy.album.id, photos: found })).photos).toBe(10);
    expect((await client.albums.add({ id: copy.album.id, photos: found })).photos).toBe(10);
  });
});

describe('help', () => {
  it('suggests values of this library, filters, and searches that were kept', async () => {
    const { search } = library.engine.services;
    const inserts = (text: string): string[] => search.suggest(text, 20).map((s) => s.insert);
    expect(inserts('dog cam')).toContain('camera:');
    expect(inserts('dog camera:d')).toEqual(['camera:D90']);
    expect(inserts('dog -kamera:')).toEqual(['-camera:EOS', '-camera:D90']);
    expect(inserts('in:ca')).toEqual(['in:cars']);
    expect(inserts('eo')).toContain('camera:EOS');
    expect(inserts('is:fav')).toEqual(['is:favorite']);
    expect(inserts('date:"last s')).toEqual(['date:"last summer"']);
    expect(search.suggest('camera:e', 5)[0]).toEqual({
      kind: 'camera',
      insert: 'camera:EOS',
      title: 'EOS',
      photos: 51,
    });

    await run({ text: 'dog  on a beach', remember: true });
    await run({ text: 'never kept' });
    expect(search.recent.list()).toEqual(['dog on a beach']);
    expect(inserts('dog o')).toContain('dog on a beach');
    for (const text of ['', '"', ':::', '__proto__:x', '-'.repeat(1000)])
      expect(Array.isArray(inserts(text))).toBe(true);
    search.recent.forget('dog on a beach');
    expect(search.recent.list()).toEqual([]);
  });

  it('compares wordings', async () => {
    const { search } = library.engine.services;
    const { own, others, suggestion } = await search.paraphrases('dog');
    expect(own).toBeGreaterThan(0.5);
    expect(others.map(({ text }) => text)).toContain('a photo of a dog');
    for (const { agreement } of others) expect(agreement).toBeLessThanOrEqual(1);
    const none = { own: 1, others: [], suggestion: null };
    for (const text of ['', 'in:cars', '-dog']) expect(await search.paraphrases(text)).toEqual(none);
    expect(suggestion === null || others.some(({ text }) => text === suggestion)).toBe(true);
  });

  it('surprises with different photos', async () => {
    const photos = await library.engine.services.search.surprise(10);
    expect(photos).toHaveLength(10);
    expect(new Set(photos.map(({ id }) => id)).size).toBe(10);
    expect(await library.engine.services.search.surprise(200)).toHaveLength(100);
  });
});

describe('why there is little', () => {
  it('names words and languages that the model was not taught', async () => {
    const words = await run({ text: 'xyzzy -xyzaa' });
    expect(words.notes).toContainEqual({ kind: 'unknown-words', words: ['xyzzy', 'xyzaa'] });
    // What the model was not taught cannot be told from the rest, and is not left out.
    expect(kinds(words)).not.toContain('negation-removed');
    expect((await run({ text: 'dog -xyzzy' })).results).toHaveLength(100);
    const language = await run({ text: 'собака на пляже' });
    expect(language.notes).toContainEqual({
      kind: 'unknown-language',
      language: 'Cyrl',
      known: ['en', 'tr'],
    });
  });

  it('takes up to 10,000 characters of filters, and 1,000 of description', async () => {
    const filters = `${'-camera:none '.repeat(40)}dog`.padEnd(10_000, ' ');
    expect((await run({ text: filters })).results).toHaveLength(100);
    await expect(run({ text: 'dog '.repeat(300) })).rejects.toMatchObject({ kind: 'QUERY_TOO_LONG' });
    await expect(run({ text: 'x'.repeat(10_001) })).rejects.toMatchObject({ kind: 'QUERY_TOO_LONG' });
  });
});
