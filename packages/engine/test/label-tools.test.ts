// Packs, proposals, taking labels along, and the network of one's own, through the engine.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IngestedPhoto } from '@semblance/compute';
import { dot, normalise } from '@semblance/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

const WIDE = 32;

/** A space in which photos with the same first two words are alike, and texts lie where their photos do not. */
function alike(said: (text: string) => Partial<IngestedPhoto> = () => ({})): ReturnType<typeof fakeCompute> {
  const point = (seed: string, noise: string) =>
    normalise(
      Float32Array.from(
        { length: WIDE },
        (_, i) => byte(`${seed}/${i}`) + 0.25 * byte(`${noise}/${i}/noise`),
      ),
    );
  const byte = (text: string) => (createHash('sha256').update(text).digest()[0] ?? 0) / 127.5 - 1;
  const photo = (text: string) => point(`photo ${text.split(' ').slice(0, 2).join(' ')}`, text);
  return fakeCompute({
    setup: async () => ({ ok: true, model: { key: 'wide-1', dimensions: WIDE, contextLength: 8 } }),
    ingest: async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const facts = await stat(path);
      const read = { bytes: facts.size, modifiedAt: Math.trunc(facts.mtimeMs) };
      return { ...photoOf(text, photo(text)), ...read, ...said(text) };
    },
    embedText: async (text) => ({
      embedding: text.startsWith('a ') ? photo(text) : point(text, text),
      truncated: false,
      unknownWords: [],
      tokens: 8,
    }),
  });
}

const PACKS = join(import.meta.dirname, '../../../assets/label-packs');

let b: Bench;

beforeEach(async () => {
  b = await bench();
});

async function index(files: Record<string, string>): Promise<string[]> {
  await b.write(files);
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  return Object.keys(files).map((name) => {
    const photos = b.engine.services.library.timeline({ offset: 0, limit: 5000 }).photos;
    const found = photos.find(({ id }) => b.engine.services.library.photo(id).fileName === name);
    return found?.id ?? '';
  });
}

describe('packs', () => {
  test('every pack says everything in both languages, and no name twice', async () => {
    for (const name of await readdir(PACKS)) {
      const pack = JSON.parse(await readFile(join(PACKS, name), 'utf8'));
      expect(`${pack.id}.json`).toBe(name);
      for (const language of ['en', 'tr']) {
        expect(pack.title[language]).toMatch(/\S/);
        const names = pack.labels.map((label: { name: Record<string, string> }) => label.name[language]);
        expect(new Set(names).size).toBe(names.length);
        expect(names.join('')).not.toContain('undefined');
      }
      for (const label of pack.labels) expect(label.descriptions.length).toBeGreaterThan(0);
    }
  });

  test('a pack is added in the language asked for, once, and undone as one act', async () => {
    const { labels, labelTools, acts } = b.engine.services;
    labels.create({
      ...{ name: 'plaj', descriptions: [], exclusions: [], parentId: null, color: 'red' },
      ...{ precision: 0.8, automatic: false, sensitive: false },
    });
    const added = await labelTools.packs.add('scenes', 'tr');
    const names = labels.list().map((label) => label.name);
    expect(names).toContain('Deniz');
    expect(names.filter((name) => name.toLowerCase() === 'plaj')).toEqual(['plaj']);
    expect(added.labels).toHaveLength(names.length - 1);
    const pack = (await labelTools.packs.list('tr')).find(({ id }) => id === 'scenes');
    expect(pack?.labels.every((label) => label.added)).toBe(true);
    expect(await labelTools.packs.add('scenes', 'tr')).toEqual({ actId: null, labels: [] });
    await acts.undo(added.actId ?? 0);
    expect(labels.list().map((label) => label.name)).toEqual(['plaj']);
  });

  test('only the labels named; sensitive ones are marked; unknown packs are refused', async () => {
    const { labels, labelTools } = b.engine.services;
    await labelTools.packs.add('documents', 'en', ['Receipt', 'Bank card', 'No such label']);
    expect(labels.list().map(({ name, sensitive, pack }) => [name, sensitive, pack])).toEqual([
      ['Bank card', true, 'documents'],
      ['Receipt', false, 'documents'],
    ]);
    await expect(labelTools.packs.add('../secret', 'en')).rejects.toMatchObject({
      kind: 'LABEL_PACK_NOT_FOUND',
    });
  });
});

describe('taking labels along', () => {
  const draft = {
    ...{ descriptions: ['a boat'], exclusions: ['a ship'], parentId: null, color: 'blue' as const },
    ...{ precision: 0.9, automatic: true, sensitive: false },
  };

  test('out of one library and into another that has the same photos', async () => {
    const [one = '', two = ''] = await index({ 'one.jpg': 'one', 'two.jpg': 'two' });
    const { labels, labelAnswers, labelTools } = b.engine.services;
    const parent = labels.create({ ...draft, name: 'Summer' }).label;
    const child = labels.create({ ...draft, name: 'Our boat', parentId: parent.id }).label;
    labelAnswers.answer([
      { labelId: child.id, photoId: one, verdict: 'yes' },
      { labelId: child.id, photoId: two, verdict: 'no' },
    ]);
    const text = labelTools.transfer.export();
    expect(text).not.toContain(b.photos);
    expect(text).not.toContain('one.jpg');

    b = await bench();
    await index({ 'another name.jpg': 'one' });
    const report = b.engine.services.labelTools.transfer.import(text);
    expect(report).toMatchObject({ created: 2, joined: 0, examples: 1, unknown: 1 });
    const [boat, summer] = b.engine.services.labels.list();
    expect(boat).toMatchObject({
      ...draft,
      name: 'Our boat',
      parentId: summer?.id,
      examples: { yes: 1, no: 0 },
    });

    expect(b.engine.services.labelTools.transfer.import(text)).toMatchObject({
      actId: null,
      created: 0,
      joined: 2,
      examples: 0,
    });
    await b.engine.services.acts.undo(report.actId ?? 0);
    expect(b.engine.services.labels.list()).toEqual([]);
  });

  test('an answer given here is not overruled by a file', async () => {
    const [one = ''] = await index({ 'one.jpg': 'one' });
    const { labels, labelAnswers, labelTools } = b.engine.services;
    const { id } = labels.create({ ...draft, name: 'Boat' }).label;
    labelAnswers.answer([{ labelId: id, photoId: one, verdict: 'yes' }]);
    const text = labelTools.transfer.export();
    labelAnswers.answer([{ labelId: id, photoId: one, verdict: 'no' }]);
    labelTools.transfer.import(text);
    expect(labelAnswers.of(one)).toMatchObject([{ state: 'refused' }]);
  });

  test.each([
    ['', 'not JSON'],
    ['null', 'not written by Semblance'],
    ['{"format":"semblance-labels","version":2,"labels":[]}', 'newer version'],
    ['{"format":"semblance-labels","version":1}', 'list of labels'],
    ['{"format":"semblance-labels","version":1,"labels":[{"name":""}]}', 'not whole'],
    ['{"format":"semblance-labels","version":1,"labels":[7]}', 'not whole'],
  ])('a damaged file is refused and changes nothing: %s', (text, why) => {
    const { labels, labelTools } = b.engine.services;
    expect(() => labelTools.transfer.import(text)).toThrow(
      expect.objectContaining({ kind: 'LABEL_FILE_DAMAGED', message: expect.stringContaining(why) }),
    );
    expect(labels.list()).toEqual([]);
  });
});

describe('the network of one’s own', () => {
  test('too few examples are said to be too few', async () => {
    await expect(b.engine.services.labelTools.adapter.train()).rejects.toMatchObject({
      kind: 'TOO_FEW_EXAMPLES',
    });
  });

  test('trained, judged on photos it never saw, used, kept, and switched off again', async () => {
    // In the fake space a text and its photos have nothing in common, and photos of a label no more: nothing can be learnt.
    const files = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`p${i}.jpg`, `photo ${i}`]));
    const ids = await index(files);
    teach(ids);
    const { adapter } = b.engine.services.labelTools;
    expect((await adapter.train()).state).toBe('training');
    await expect.poll(() => adapter.status().state, { timeout: 20_000 }).not.toBe('training');
    const { state, curve, before, after, examples } = adapter.status();
    expect(examples).toBe(45);
    expect(curve.length).toBeGreaterThan(1);
    expect(state).toBe('rejected');
    expect((after ?? 0) - (before ?? 0)).toBeLessThan(0.02);
    await expect(adapter.use(true)).rejects.toMatchObject({ kind: 'NOT_SUPPORTED_HERE' });
  });

  test('it is offered when it helps, and only then moves what is searched for', async () => {
    b = await bench({ fake: alike() });
    const files = Object.fromEntries(
      Array.from({ length: 45 }, (_, i) => [`p${i}.jpg`, `kind ${i % 3} number ${i}`]),
    );
    teach(await index(files));
    const { adapter } = b.engine.services.labelTools;
    await adapter.train();
    await expect.poll(() => adapter.status().state, { timeout: 20_000 }).toBe('offered');
    const text = new Float32Array(WIDE).fill(1 / Math.sqrt(WIDE));
    expect(adapter.adapt(text)).toBe(text);
    await adapter.use(true);
    const moved = adapter.adapt(text);
    expect(dot(moved, moved)).toBeCloseTo(1, 4);

    await b.reopen();
    const again = b.engine.services.labelTools.adapter;
    await expect.poll(() => again.status().state).toBe('active');
    expect(again.adapt(text)).toEqual(moved);
    await again.use(false);
    expect(again.adapt(text)).toBe(text);

    // A damaged file is no adapter, and nothing breaks.
    const [name = ''] = await readdir(join(b.library, 'adapters'));
    await writeFile(join(b.library, 'adapters', name), 'rubbish');
    await b.reopen();
    expect(b.engine.services.labelTools.adapter.status().state).toBe('none');
  });

  test('keywords and captions that came with the photos teach it as well', async () => {
    const kindOf = (text: string) => text.split(' ')[1] ?? '';
    b = await bench({
      fake: alike((text) => ({
        keywords: [`things/label ${kindOf(text)}`, '2019'],
        caption: kindOf(text) === '1' ? `a ${text}` : 'OLYMPUS DIGITAL CAMERA',
      })),
    });
    await index(
      Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`p${i}.jpg`, `kind ${i % 3} number ${i}`])),
    );
    const { adapter } = b.engine.services.labelTools;
    await adapter.train();
    expect(adapter.status().examples).toBe(45);
    await expect.poll(() => adapter.status().state, { timeout: 20_000 }).toBe('offered');
  });

  function teach(ids: string[]): void {
    const { labels, labelAnswers } = b.engine.services;
    for (const kind of [0, 1, 2]) {
      const { id } = labels.create({
        ...{ name: `label ${kind}`, descriptions: [], exclusions: [], parentId: null, color: 'gray' },
        ...{ precision: 0.8, automatic: false, sensitive: false },
      }).label;
      labelAnswers.answer(
        ids.flatMap((photoId, i) =>
          i % 3 === kind ? [{ labelId: id, photoId, verdict: 'yes' as const }] : [],
        ),
      );
    }
  }
});

describe('what is in the library', () => {
  test('groups are named by the words that fit, and taken names are left out', async () => {
    b = await bench({ fake: alike() });
    // The fake space puts texts with the same first word into one corner.
    const words = ['a beach', 'a dog', 'a plate'];
    await index(
      Object.fromEntries(
        words.flatMap((word, w) => Array.from({ length: 8 }, (_, i) => [`${w}-${i}.jpg`, `${word} ${i}`])),
      ),
    );
    const { labelTools } = b.engine.services;
    const proposals = await labelTools.proposals.propose('en');
    expect(proposals.map(({ name, photos }) => [name, photos]).sort()).toEqual([
      ['Beach', 8],
      ['Dog', 8],
      ['Food', 8],
    ]);
    for (const { covers } of proposals) expect(covers).toHaveLength(4);
    await labelTools.packs.add('things', 'en', ['Dog']);
    const left = await labelTools.proposals.propose('en');
    expect(left.map(({ name }) => name).sort()).toEqual(['Beach', 'Food']);
  });

  test('an empty library has nothing to propose', async () => {
    expect(await b.engine.services.labelTools.proposals.propose('en')).toEqual([]);
  });
});
