// Labels through the engine: made, taught, run, taken back; photos are words whose embeddings say what they show.
import { createHash } from 'node:crypto';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Label, LabelRun } from '@semblance/contract';
import { expect, test } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

const SUBJECTS = ['boat', 'dog', 'house'];

/** Near the axis of the subject that it names, with some noise of its own. */
function embed(text: string): Float32Array {
  const bytes = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: 4 }, (_, i) => {
    const shown = SUBJECTS[i] !== undefined && text.includes(SUBJECTS[i]) ? 1.5 : 0;
    return 0.4 + shown + ((bytes[i] ?? 0) - 127.5) / 2500;
  });
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

const compute = () =>
  fakeCompute({
    ingest: async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const facts = await stat(path);
      return { ...photoOf(text, embed(text)), bytes: facts.size, modifiedAt: Math.trunc(facts.mtimeMs) };
    },
    embedText: async (text) => ({
      embedding: embed(text.replace(/^a (photo|picture) of /, '')),
      truncated: false,
      unknownWords: text.includes('zorp') ? ['zorp'] : [],
      tokens: 8,
    }),
  });

const DRAFT = {
  name: 'boat',
  descriptions: [],
  exclusions: [],
  parentId: null,
  color: 'blue' as const,
  precision: 0.5,
  automatic: false,
  sensitive: false,
};

async function library(): Promise<Bench> {
  const b = await bench({ fake: compute() });
  const files: Record<string, string> = {};
  for (let i = 0; i < 60; i++)
    files[`all/${i}.jpg`] = `photo ${i} ${i % 12 === 0 ? 'boat' : i % 12 === 6 ? 'dog' : ''}`;
  await b.write(files);
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  return b;
}

const create = (b: Bench, change: Partial<typeof DRAFT> & { parentId?: never } = {}): Label =>
  b.engine.services.labels.create({ ...DRAFT, ...change }).label;

const runAll = (b: Bench, ids: number[]): Promise<LabelRun> => {
  const { labelRuns } = b.engine.services;
  return labelRuns.finished(labelRuns.start(ids, { kind: 'all' }).id);
};

const having = (b: Bench, id: number): string[] =>
  b.engine.services.library
    .timeline({ offset: 0, limit: 100, view: { kind: 'label', id } })
    .photos.map((photo) => photo.id);

async function photoOfFile(b: Bench, name: string): Promise<string> {
  const id = await b.engine.services.library.photoAt(join(b.photos, name));
  if (id === null) throw new Error(`no photo at ${name}`);
  return id;
}

test('a preview ranks, draws the border, and says what it knows', async () => {
  const b = await library();
  const preview = await b.engine.services.labelStudio.preview({
    id: null,
    draft: { name: 'boat', descriptions: ['boat zorp'], precision: 0.5 },
    answers: [],
    limit: 5,
  });
  const boats = await Promise.all([0, 12, 24, 36, 48].map((i) => photoOfFile(b, `all/${i}.jpg`)));
  expect(preview.photos.map((photo) => photo.id).toSorted()).toEqual(boats.toSorted());
  expect(preview.photos.map((photo) => photo.score)).toEqual(
    preview.photos.map((photo) => photo.score).toSorted((x, y) => y - x),
  );
  expect(preview.histogram.reduce((sum, n) => sum + n, 0)).toBe(60);
  expect(preview.searched).toBe(60);
  expect(preview.unknownWords).toEqual(['zorp']);
  const { inside, outside } = preview.border;
  expect(inside.every((photo) => photo.score >= preview.threshold)).toBe(true);
  expect(outside.every((photo) => photo.score < preview.threshold)).toBe(true);
  expect(preview.basis).toBe('calibration');
});

test('examples that are not saved count, and are not asked again when they are', async () => {
  const b = await library();
  const { labels, labelAnswers, labelStudio } = b.engine.services;
  const dog = await photoOfFile(b, 'all/6.jpg');
  const draft = { name: 'rex', precision: 0.5 };
  const rank = async (answers: { photoId: string; verdict: 'yes' | 'no' }[]) =>
    (await labelStudio.preview({ id: null, draft, answers, limit: 100 })).photos;
  const dogs = new Set(await Promise.all([30, 42, 54].map((i) => photoOfFile(b, `all/${i}.jpg`))));
  const place = (photos: { id: string }[]): number =>
    photos.reduce((sum, photo, at) => sum + (dogs.has(photo.id) ? at : 0), 0);
  const examples = await Promise.all([6, 18].map((i) => photoOfFile(b, `all/${i}.jpg`)));
  const taught = await rank(examples.map((photoId) => ({ photoId, verdict: 'yes' })));
  expect(place(taught)).toBeLessThan(place(await rank([])));
  expect(taught.find((photo) => photo.id === dog)).toMatchObject({ verdict: 'yes', state: 'yours' });

  const { label } = labels.create({ ...DRAFT, name: 'rex' });
  labelAnswers.answer(examples.map((photoId) => ({ labelId: label.id, photoId, verdict: 'yes' })));
  const asked = await labelStudio.questions(label.id, 20);
  expect(asked).toHaveLength(20);
  expect(new Set(asked.map((photo) => photo.id)).size).toBe(20);
  for (const example of examples) expect(asked.map((photo) => photo.id)).not.toContain(example);
});

test('the threshold and its promise are about photos that nobody has answered', async () => {
  const b = await library();
  const boats = await Promise.all([0, 12, 24, 36, 48].map((i) => photoOfFile(b, `all/${i}.jpg`)));
  const of = (answered: string[]) =>
    b.engine.services.labelStudio.preview({
      id: null,
      draft: { name: 'boat', precision: 0.5 },
      answers: answered.map((photoId) => ({ photoId, verdict: 'yes' })),
      limit: 1,
    });
  expect((await of([])).expectedPrecision).toBeGreaterThan(0.5);
  const all = await of(boats);
  expect(all.expectedPrecision).toBeNull();
  expect(all.border.inside).toEqual([]);
});

test('a run tags, suggests, leaves answered photos alone, and is undone as a whole', async () => {
  const b = await library();
  const { labelAnswers, labels, acts, labelRuns } = b.engine.services;
  const { id } = create(b);
  const [refused, given] = await Promise.all([photoOfFile(b, 'all/0.jpg'), photoOfFile(b, 'all/12.jpg')]);
  labelAnswers.answer([
    { labelId: id, photoId: refused, verdict: 'no' },
    { labelId: id, photoId: given, verdict: 'yes' },
  ]);
  const run = await runAll(b, [id]);
  expect(run).toMatchObject({ state: 'done', total: 60, done: 60, labels: [{ id, name: 'boat' }] });
  expect(run.tagged).toBeGreaterThan(0);
  expect(having(b, id)).toContain(given);
  expect(having(b, id)).not.toContain(refused);
  expect(having(b, id)).toHaveLength(run.tagged + 1);
  expect(labels.get(id)).toMatchObject({ tagged: run.tagged + 1, suggested: run.suggested });
  const queue = labelAnswers.queue({ labelId: null, offset: 0, limit: 100 });
  expect(queue.total).toBe(run.suggested);
  expect(queue.items.every((item) => item.label.id === id && item.photo.state === 'suggested')).toBe(true);

  labels.change(id, { precision: 0.99 });
  const strict = await runAll(b, [id]);
  expect(strict.withdrawn).toBeGreaterThan(0);
  expect(having(b, id)).toContain(given);
  await acts.undo(strict.actId ?? 0);
  expect(having(b, id)).toHaveLength(run.tagged + 1);
  await acts.undo(run.actId ?? 0);
  expect(having(b, id)).toEqual([given]);
  expect(labelRuns.list(9).map((each) => each.state)).toEqual(['undone', 'undone']);
  await expect(acts.undo(run.actId ?? 0)).rejects.toMatchObject({ kind: 'NOTHING_TO_UNDO' });
});

test('a run stays within its photos', async () => {
  const b = await library();
  const { labelRuns } = b.engine.services;
  const { id } = create(b);
  const [one, two] = await Promise.all([photoOfFile(b, 'all/0.jpg'), photoOfFile(b, 'all/12.jpg')]);
  const run = await labelRuns.finished(labelRuns.start([id], { kind: 'photos', ids: [one] }).id);
  expect(run.total).toBe(1);
  expect(b.engine.services.labelAnswers.of(two)).toEqual([]);
  expect(b.engine.services.labelAnswers.of(one)).toHaveLength(1);
  expect(() => labelRuns.start([999], { kind: 'all' })).toThrow(
    expect.objectContaining({ kind: 'LABEL_NOT_FOUND' }),
  );
});

test('automatic labels look at newly indexed photos, and their tags can be undone', async () => {
  const b = await library();
  const { labels, indexer, labelRuns, acts } = b.engine.services;
  const { id } = create(b, { automatic: true });
  await b.write({ 'new/1.jpg': 'photo 0 boat, once more', 'new/2.jpg': 'nothing new' });
  await indexer.update();
  const fresh = await photoOfFile(b, 'new/1.jpg');
  const [run] = labelRuns.list(1);
  expect(run).toMatchObject({ state: 'done', labels: [{ id, name: 'boat' }] });
  expect(b.engine.services.labelAnswers.of(fresh)).toMatchObject([{ id, name: 'boat' }]);
  expect(b.engine.services.labelAnswers.of(await photoOfFile(b, 'new/2.jpg'))).toEqual([]);
  expect(b.engine.services.labelAnswers.of(await photoOfFile(b, 'all/0.jpg'))).toEqual([]);
  await acts.undo(run?.actId ?? 0);
  expect(labels.get(id)).toMatchObject({ tagged: 0, suggested: 0 });
});

test('an automatic label goes from a photo that was edited to show something else', async () => {
  const b = await library();
  const { indexer, labels } = b.engine.services;
  const { id } = create(b, { automatic: true });
  await b.write({ 'new/1.jpg': 'photo 0 boat, once more' });
  await indexer.update();
  expect(labels.get(id)).toMatchObject({ tagged: 1 });
  await b.write({ 'new/1.jpg': 'a garden, and nothing else in it' });
  await indexer.update();
  expect(labels.get(id)).toMatchObject({ tagged: 0, suggested: 0 });
});

test('a run over a saved search is about what it finds', async () => {
  const b = await library();
  const { albums, labelRuns, search } = b.engine.services;
  const { id } = create(b);
  const { album } = albums.create({ name: 'Some', query: 'name:12' });
  const over = await search.found({ kind: 'album', id: album.id });
  expect(await labelRuns.finished(labelRuns.start([id], over).id)).toMatchObject({ total: 1, tagged: 1 });
  expect(await search.found({ kind: 'all' })).toEqual({ kind: 'all' });
});

test('what people say survives a move, and a closed engine leaves no half run', async () => {
  const b = await library();
  const { id } = create(b);
  const photo = await photoOfFile(b, 'all/5.jpg');
  b.engine.services.labelAnswers.assign(id, { kind: 'photos', ids: [photo] }, true);
  b.engine.services.labelRuns.start([id], { kind: 'all' });
  await b.engine.dispose();
  await rename(join(b.photos, 'all/5.jpg'), join(b.photos, 'moved.jpg'));
  const engine = await b.reopen();
  await engine.services.indexer.update();
  expect(having(b, id)).toEqual([photo]);
  expect(engine.services.labelRuns.list(1)).toMatchObject([{ state: 'failed', tagged: 0 }]);
});

test('assigning by hand: on is an example, off keeps a rule from coming back', async () => {
  const b = await library();
  const { labelAnswers, labels, acts } = b.engine.services;
  const { id } = create(b);
  await runAll(b, [id]);
  const before = having(b, id);
  const off = labelAnswers.assign(id, { kind: 'all' }, false);
  expect(having(b, id)).toEqual([]);
  expect(labels.get(id).examples).toEqual({ yes: 0, no: off.photos });
  await runAll(b, [id]);
  for (const photo of before) expect(having(b, id)).not.toContain(photo);
  await acts.undo(off.actId ?? 0);
  expect(labels.get(id).examples).toEqual({ yes: 0, no: 0 });
  expect(labelAnswers.assign(id, { kind: 'photos', ids: before }, true).photos).toBe(before.length);
  expect(labelAnswers.assign(id, { kind: 'photos', ids: before }, true)).toEqual({ actId: null, photos: 0 });
});

test('names, parents and what is not there', async () => {
  const b = await bench();
  const { labels } = b.engine.services;
  const make = (name: string, parentId: number | null = null) =>
    labels.create({ ...DRAFT, name, parentId }).label;
  const top = make('İstanbul');
  expect(() => make('istanbul')).toThrow(expect.objectContaining({ kind: 'LABEL_EXISTS' }));
  const middle = make('ferry', top.id);
  const low = make('rope', middle.id);
  for (const parentId of [low.id, middle.id, top.id]) {
    expect(() => labels.change(top.id, { parentId })).toThrow(
      expect.objectContaining({ kind: 'LABEL_CYCLE' }),
    );
  }
  for (const work of [
    () => labels.change(99, { name: 'x' }),
    () => labels.remove(99),
    () => labels.merge(99, top.id),
    () => make('x', 99),
    () => b.engine.services.labelAnswers.assign(99, { kind: 'all' }, true),
  ]) {
    expect(work).toThrow(expect.objectContaining({ kind: 'LABEL_NOT_FOUND' }));
  }
  expect(labels.change(top.id, { name: 'İstanbul' }).actId).toBeNull();
});

test('changed, removed and merged labels keep every decision, and come back by undo', async () => {
  const b = await library();
  const { labels, labelAnswers, acts } = b.engine.services;
  const [one, two, three] = await Promise.all([1, 2, 4].map((i) => photoOfFile(b, `all/${i}.jpg`)));
  if (one === undefined || two === undefined || three === undefined) throw new Error('no photos');
  const from = create(b, { name: 'ship' });
  const { label: into } = labels.create({ ...DRAFT, name: 'boat', parentId: from.id });
  const { label: child } = labels.create({ ...DRAFT, name: 'sail', parentId: from.id });
  labelAnswers.answer([
    { labelId: from.id, photoId: one, verdict: 'yes' },
    { labelId: from.id, photoId: two, verdict: 'no' },
    { labelId: into.id, photoId: two, verdict: 'yes' },
    { labelId: into.id, photoId: three, verdict: 'no' },
  ]);
  const before = labels.list();
  const merged = labels.merge(from.id, into.id);
  expect(labels.list().map(({ name, parentId }) => [name, parentId])).toEqual([
    ['boat', null],
    ['sail', into.id],
  ]);
  expect(merged.label).toMatchObject({ descriptions: ['boat', 'ship'], examples: { yes: 2, no: 1 } });
  await acts.undo(merged.actId ?? 0);
  expect(labels.list()).toEqual(before);

  const renamed = labels.change(from.id, { name: 'vessel', precision: 0.9, parentId: null });
  await acts.undo(renamed.actId ?? 0);
  expect(labels.list()).toEqual(before);

  const removed = labels.remove(from.id);
  expect(labels.get(child.id).parentId).toBeNull();
  await acts.undo(removed.actId ?? 0);
  expect(labels.list()).toEqual(before);
});

test('a new label that collides with one that is there is told', async () => {
  const b = await library();
  const { id } = create(b);
  const boats = await Promise.all([0, 12, 24, 36, 48].map((i) => photoOfFile(b, `all/${i}.jpg`)));
  b.engine.services.labelAnswers.assign(id, { kind: 'photos', ids: boats }, true);
  const preview = await b.engine.services.labelStudio.preview({
    id: null,
    draft: { name: 'boat too', descriptions: ['boat'], precision: 0.5 },
    answers: [],
    limit: 1,
  });
  expect(preview.inside).toBeGreaterThan(0);
  expect(preview.collisions).toMatchObject([{ id, name: 'boat' }]);
});

test('hidden photos are neither scored nor tagged', async () => {
  const b = await library();
  const { marks, labelStudio } = b.engine.services;
  const boat = await photoOfFile(b, 'all/0.jpg');
  marks.mark({ photos: { kind: 'photos', ids: [boat] }, hidden: true });
  const { id } = create(b);
  await runAll(b, [id]);
  expect(b.engine.services.labelAnswers.of(boat)).toEqual([]);
  const scores = await labelStudio.scores(id);
  expect(scores).toHaveLength(59);
  expect(scores.map((score) => score.photoId)).not.toContain(boat);
});

test('undone out of order, a change of a label and an answer leave alone what came after them', async () => {
  const b = await library();
  const { labels, labelAnswers, acts } = b.engine.services;
  const { id } = create(b);
  const renamed = labels.change(id, { name: 'ship' });
  labels.change(id, { descriptions: ['a big ship'] });
  await acts.undo(renamed.actId ?? 0);
  expect(labels.get(id)).toMatchObject({ name: 'boat', descriptions: ['a big ship'] });

  const photoId = await photoOfFile(b, 'all/0.jpg');
  const yes = labelAnswers.answer([{ labelId: id, photoId, verdict: 'yes' }]);
  labelAnswers.answer([{ labelId: id, photoId, verdict: 'no' }]);
  await acts.undo(yes.actId ?? 0);
  expect(labelAnswers.of(photoId)).toMatchObject([{ state: 'refused' }]);
});

test('a label whose name was taken meanwhile comes back under another one', async () => {
  const b = await library();
  const { labels, acts } = b.engine.services;
  const { id } = create(b);
  const renamed = labels.change(id, { name: 'ship' });
  const second = create(b);
  await acts.undo(renamed.actId ?? 0);
  expect(labels.get(id).name).toBe('ship');

  const removed = labels.remove(second.id);
  create(b, { name: 'BOAT' });
  await acts.undo(removed.actId ?? 0);
  expect(labels.list().map(({ name }) => name)).toEqual(['BOAT', 'boat 2', 'ship']);
});
