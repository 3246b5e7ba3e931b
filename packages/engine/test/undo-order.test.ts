// Acts undone in any order: nothing is lost that was given later, and all of them undone is the beginning.
import { openCatalog } from '@semblance/catalog';
import { randomNumbers, shuffled } from '@semblance/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

let b: Bench;
let ids: string[];

beforeEach(async () => {
  b = await bench();
  await b.write({ 'one.jpg': 'one', 'two.jpg': 'two', 'three.jpg': 'three' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  ids = b.engine.services.library.timeline({ offset: 0, limit: 10 }).photos.map(({ id }) => id);
});

const draft = (name: string, parentId: number | null = null) => ({
  ...{ name, descriptions: [], exclusions: [], parentId, color: 'gray' as const },
  ...{ precision: 0.8, automatic: false, sensitive: false },
});
const photos = (...which: (string | undefined)[]) => ({
  kind: 'photos' as const,
  ids: which.filter((id) => id !== undefined),
});
const undo = (act: { actId: number | null }) => b.engine.services.acts.undo(act.actId ?? 0);

/** All that a person has said, in one value. */
function said() {
  const { library, labels, labelAnswers, albums } = b.engine.services;
  return {
    marks: ids.map((id) => {
      const { favourite, rating } = library.photo(id);
      return { favourite, rating };
    }),
    labels: labels
      .list()
      .map(({ id, name, descriptions, parentId }) => ({ id, name, descriptions, parentId })),
    answers: ids.map((id) => labelAnswers.of(id).map(({ id: label, state }) => `${label} ${state}`)),
    albums: albums.list().map(({ id, name, query, photos: count }) => ({ id, name, query, count })),
    members: ids.map((id) => albums.of(id).map(({ id: album }) => album)),
  };
}

describe('undone out of order', () => {
  test('a rating and the one after it end at the beginning', async () => {
    const { marks, library } = b.engine.services;
    const rate = (rating: number) => marks.mark({ photos: photos(ids[0]), rating });
    const [first, second, third] = [rate(2), rate(5), rate(3)];
    await undo(first);
    expect(library.photo(ids[0] ?? '').rating).toBe(3);
    await undo(third);
    expect(library.photo(ids[0] ?? '').rating).toBe(5);
    await undo(second);
    expect(library.photo(ids[0] ?? '').rating).toBe(null);
  });

  test('what was said again of more photos stays when what said it first goes', async () => {
    const { marks, library, labels, labelAnswers } = b.engine.services;
    const first = marks.mark({ photos: photos(ids[0]), rating: 5 });
    const both = marks.mark({ photos: photos(ids[0], ids[1]), rating: 5 });
    expect(both.photos).toBe(1);
    await undo(first);
    expect(library.photo(ids[0] ?? '').rating).toBe(5);
    const { id } = labels.create(draft('Boat')).label;
    const yes = labelAnswers.assign(id, photos(ids[0]), true);
    labelAnswers.assign(id, photos(ids[0], ids[1]), true);
    await undo(yes);
    expect(labelAnswers.of(ids[0] ?? '')).toMatchObject([{ state: 'yours' }]);
    await undo(both);
    expect(library.photo(ids[0] ?? '').rating).toBe(null);
  });

  test('that a label was made leaves the answers given since, and the label goes with the last of them', async () => {
    const { labels, labelAnswers } = b.engine.services;
    const made = labels.create(draft('Boat'));
    const [one = '', two = ''] = ids;
    const yes = labelAnswers.answer([{ labelId: made.label.id, photoId: one, verdict: 'yes' }]);
    const no = labelAnswers.answer([{ labelId: made.label.id, photoId: two, verdict: 'no' }]);
    await undo(made);
    expect(labelAnswers.of(one)).toMatchObject([{ name: 'Boat', state: 'yours' }]);
    await undo(no);
    expect(labels.list()).toMatchObject([{ name: 'Boat', examples: { yes: 1, no: 0 } }]);
    await undo(yes);
    expect(labels.list()).toEqual([]);
  });

  test('an answer that is undone while its label is away is not there when the label is back', async () => {
    const { labels, labelAnswers } = b.engine.services;
    const { id } = labels.create(draft('Boat')).label;
    const [one = '', two = ''] = ids;
    labelAnswers.answer([{ labelId: id, photoId: one, verdict: 'yes' }]);
    const yes = labelAnswers.answer([{ labelId: id, photoId: two, verdict: 'yes' }]);
    const removed = labels.remove(id);
    await undo(yes);
    await undo(removed);
    expect(labelAnswers.of(one)).toHaveLength(1);
    expect(labelAnswers.of(two)).toEqual([]);
  });

  test('an answer given after a merge stays when the merge is undone', async () => {
    const { labels, labelAnswers } = b.engine.services;
    const [into, from] = [labels.create(draft('Boat')).label.id, labels.create(draft('Ship')).label.id];
    labelAnswers.answer([{ labelId: from, photoId: ids[0] ?? '', verdict: 'yes' }]);
    const merged = labels.merge(from, into);
    const no = labelAnswers.answer([{ labelId: into, photoId: ids[0] ?? '', verdict: 'no' }]);
    await undo(merged);
    expect(labelAnswers.of(ids[0] ?? '')).toMatchObject([
      { name: 'Boat', state: 'refused' },
      { name: 'Ship', state: 'yours' },
    ]);
    await undo(no);
    expect(labelAnswers.of(ids[0] ?? '')).toMatchObject([{ name: 'Ship', state: 'yours' }]);
  });
});

test('acts of older versions, which have only what was there before, are undone as they were', async () => {
  const [one = ''] = ids;
  const { marks, labels, labelAnswers, albums } = b.engine.services;
  const { id } = labels.create(draft('Boat')).label;
  const { album } = albums.create({ name: 'Sea', query: null });
  const beginning = said();
  marks.mark({ photos: photos(one), rating: 3 });
  labels.change(id, { name: 'Ship' });
  albums.change(album.id, { name: 'Ocean' });
  labelAnswers.answer([{ labelId: id, photoId: one, verdict: 'yes' }]);
  await b.engine.dispose();
  const catalog = openCatalog(b.library);
  const [label, kept] = [catalog.label(id), catalog.album(album.id)];
  const old = [
    catalog.recordAct('mark', [[one, { favourite: false, rating: null, hidden: false }]]),
    catalog.recordAct('label-change', { ...label, name: 'Boat' }),
    catalog.recordAct('album-change', { ...kept, name: 'Sea' }),
    catalog.recordAct('label-answer', [{ labelId: id, photoId: one, verdict: null, decidedAt: null }]),
  ];
  catalog.close();
  await b.reopen();
  for (const actId of old) await undo({ actId });
  expect(said()).toEqual(beginning);
});

/** Some act that can be done now; null when nothing came of it. */
function something(random: () => number, turn: number): { actId: number | null } | null {
  const { marks, labels, labelAnswers, albums } = b.engine.services;
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const some = photos(...ids.filter(() => random() < 0.6));
  if (some.ids.length === 0) return null;
  const label = pick(labels.list());
  const album = pick(albums.list().filter(({ query }) => query === null));
  switch (Math.floor(random() * 11)) {
    case 0:
      return marks.mark({ photos: some, rating: pick([1, 3, 5]) ?? null });
    case 1:
      return marks.mark({ photos: some, favourite: random() < 0.5, rating: pick([2, 4]) ?? null });
    case 2:
      return labels.create(draft(`label ${turn}`, random() < 0.4 ? (label?.id ?? null) : null));
    case 3:
      return label === undefined ? null : labels.change(label.id, { descriptions: [`words ${turn}`] });
    case 4:
      return label === undefined ? null : labels.change(label.id, { name: `named ${turn}` });
    case 5:
      return label === undefined || random() < 0.5 ? null : labels.remove(label.id);
    case 6:
    case 7: {
      const verdict = pick(['yes', 'no', null] as const) ?? null;
      const decisions = some.ids.map((photoId) => ({ labelId: label?.id ?? 0, photoId, verdict }));
      return label === undefined ? null : labelAnswers.answer(decisions);
    }
    case 8:
      return albums.create({ name: `album ${turn}`, query: null, photos: some });
    case 9:
      if (album === undefined || random() < 0.3) return album === undefined ? null : albums.remove(album.id);
      return albums.change(album.id, { name: `renamed ${turn}` });
    default:
      if (album === undefined) return null;
      return random() < 0.5 ? albums.add(album.id, some) : albums.take(album.id, some);
  }
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed);

test('whatever was done, undone in any order it ends at the beginning', async () => {
  for (const seed of SEEDS) {
    const random = randomNumbers(seed);
    const beginning = said();
    const done = Array.from({ length: 24 }, (_, turn) => something(random, seed * 100 + turn)).filter(
      (act) => act !== null && act.actId !== null,
    );
    for (const at of shuffled(done.length, random)) await undo(done[at] ?? { actId: 0 });
    expect(said(), `seed ${seed}`).toEqual(beginning);
  }
}, 120_000);

test('what was given last of all stays, whatever else is undone', async () => {
  const { marks, labels, labelAnswers, library } = b.engine.services;
  for (const seed of SEEDS.slice(0, 20)) {
    const random = randomNumbers(seed);
    const done = Array.from({ length: 16 }, (_, turn) => something(random, seed * 100 + turn)).filter(
      (act) => act !== null && act.actId !== null,
    );
    const [one = '', two = ''] = ids;
    // What changes nothing is no act.
    const rating = ((library.photo(one).rating ?? 0) % 5) + 1;
    const last = [marks.mark({ photos: photos(one), rating, favourite: true })];
    const label = labels.list()[0];
    if (label !== undefined) {
      const verdict = labelAnswers.of(two).some(({ id, state }) => id === label.id && state === 'yours')
        ? 'no'
        : 'yes';
      last.push(labelAnswers.answer([{ labelId: label.id, photoId: two, verdict }]));
    }
    const given = () => ({
      marks: [library.photo(one).rating, library.photo(one).favourite],
      answers: labelAnswers
        .of(two)
        .filter(({ id }) => id === label?.id)
        .map(({ state }) => state),
    });
    const before = given();
    for (const at of shuffled(done.length, random)) await undo(done[at] ?? { actId: 0 });
    expect(given(), `seed ${seed}`).toEqual(before);
    for (const act of last) if (act.actId !== null) await undo(act);
  }
}, 120_000);
