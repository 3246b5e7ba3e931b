// Changing the model: early, back, by itself, over the same pictures, interrupted, and what is refused.
import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { tempDir } from '@semblance/testkit';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { type FakeModels, fakeModels } from './fake-models.ts';
import { openSwitchLibrary, writeSwitchLibrary } from './model-switch-bench.ts';

interface Library {
  engine: Engine;
  fake: FakeModels;
  folder: string;
  reopen(): Promise<Engine>;
  /** Answers `release`. */
  hold(): () => void;
}

async function library(count = 40): Promise<Library> {
  const folder = await tempDir();
  const fake = fakeModels();
  const photos = await writeSwitchLibrary(folder, count);
  const made: Library = {
    engine: await openSwitchLibrary(folder, fake.spawn),
    fake,
    folder,
    async reopen() {
      await made.engine.dispose();
      made.engine = await openSwitchLibrary(folder, fake.spawn);
      return made.engine;
    },
    hold() {
      let release = (): void => undefined;
      fake.hold = new Promise((resolve) => {
        release = () => {
          fake.hold = null;
          resolve();
        };
      });
      return release;
    },
  };
  onTestFinished(() => made.engine.dispose());
  const { id } = await made.engine.services.folders.add(photos);
  await made.engine.services.indexer.update([id]);
  return made;
}

const state = ({ services }: Engine) => services.modelSwitch.status().next?.state;
const ready = (engine: Engine) => vi.waitFor(() => expect(state(engine)).toBe('ready'), { timeout: 30_000 });
const tables = (folder: string) => readdir(join(folder, 'library/vectors'));

async function boats({ services }: Engine) {
  const { results, notes, searched } = await services.search.run({ text: 'boat', limit: 4 });
  return { right: results.filter(({ path }) => path.includes('boat')).length, notes, searched };
}

it('early: photos that the new model has not seen are found through the old one, until it has', async () => {
  const { engine, fake, hold } = await library(200);
  const { modelSwitch, indexer } = engine.services;
  const release = hold();
  await modelSwitch.begin('new', false);
  const early = modelSwitch.commit(true);
  release();
  await early;
  // The batch in hand was finished; the rest is mixed.
  expect(modelSwitch.status()).toMatchObject({ current: 'new', previous: { id: 'old' } });
  const { right, searched } = await boats(engine);
  expect({ right, searched }).toEqual({ right: 4, searched: 200 });
  await indexer.update([]);
  await vi.waitFor(() => expect(modelSwitch.status().previous?.waiting).toBe(0));
  expect(await boats(engine)).toMatchObject({ right: 4, searched: 200 });
  expect((await boats(engine)).notes.filter(({ kind }) => kind === 'mixed-models')).toEqual([]);
  expect(fake.embedded.filter((model) => model === 'new')).toHaveLength(200);
});

it('mixed from the first photo on, and back at once', async () => {
  const { engine, hold } = await library(100);
  const { modelSwitch, indexer } = engine.services;
  const release = hold();
  await modelSwitch.begin('new', false);
  // Held by the person before anything was made.
  modelSwitch.pause();
  release();
  await vi.waitFor(() => expect(state(engine)).toBe('paused'));
  indexer.pause();
  await modelSwitch.commit(false);
  const mixed = await boats(engine);
  const { previous } = modelSwitch.status();
  expect(previous?.waiting).toBeGreaterThan(0);
  expect(mixed).toMatchObject({ right: 4, searched: 100 });
  expect(mixed.notes).toContainEqual({ kind: 'mixed-models', count: previous?.waiting });
  await modelSwitch.back();
  expect(modelSwitch.status()).toMatchObject({ current: 'old', previous: { id: 'new', waiting: 0 } });
  expect(await boats(engine)).toMatchObject({ right: 4, searched: 100, notes: [] });
});

it('by itself when it is ready; the vectors of the old one go only when asked to', async () => {
  const { engine, folder } = await library();
  const { modelSwitch } = engine.services;
  await modelSwitch.begin('new', true);
  await vi.waitFor(() => expect(modelSwitch.status().current).toBe('new'), { timeout: 30_000 });
  await modelSwitch.settled();
  const before = (await tables(folder)).length;
  await modelSwitch.forgetPrevious();
  expect(modelSwitch.status().previous).toBeNull();
  expect((await tables(folder)).length).toBe(before - 1);
  expect(await boats(engine)).toMatchObject({ right: 4 });
  await expect(modelSwitch.back()).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
});

it('the same image tower: nothing is embedded again', async () => {
  const { engine, fake, folder } = await library();
  const { modelSwitch } = engine.services;
  const before = (await tables(folder)).length;
  await modelSwitch.begin('words', false);
  expect(modelSwitch.status().next?.samePictures).toBe(true);
  await ready(engine);
  await modelSwitch.commit(false);
  await modelSwitch.forgetPrevious();
  expect(fake.embedded).toEqual([]);
  expect((await tables(folder)).length).toBe(before);
  expect(await boats(engine)).toMatchObject({ right: 4 });
});

it('is remembered: a new opening goes on, and uses the model that was switched to', async () => {
  const bench = await library();
  const release = bench.hold();
  await bench.engine.services.modelSwitch.begin('new', false);
  bench.engine.services.modelSwitch.pause();
  release();
  let engine = await bench.reopen();
  engine.start();
  await vi.waitFor(() => expect(state(engine)).toBe('paused'));
  engine.services.modelSwitch.resume();
  await ready(engine);
  await engine.services.modelSwitch.commit(false);
  engine = await bench.reopen();
  expect(engine.services.modelSwitch.status()).toMatchObject({ current: 'new', problem: null });
  expect(await boats(engine)).toMatchObject({ right: 4 });
  // Its folder is gone: the library opens with the one before, and says so.
  await bench.engine.dispose();
  await rm(join(bench.folder, 'models/new'), { recursive: true });
  bench.engine = await openSwitchLibrary(bench.folder, bench.fake.spawn);
  expect(bench.engine.services.modelSwitch.status()).toMatchObject({
    current: 'old',
    problem: expect.stringContaining('new'),
  });
  expect(await boats(bench.engine)).toMatchObject({ right: 4 });
});

it('a photo that comes in meanwhile is found by both; one that cannot be read holds nothing up', async () => {
  const { engine, folder } = await library();
  const { modelSwitch, indexer } = engine.services;
  await writeFile(join(folder, 'photos/broken.jpg'), 'bad picture');
  await indexer.update();
  await modelSwitch.begin('new', false);
  await ready(engine);
  expect(modelSwitch.status().next).toMatchObject({ done: 40, failed: 1 });
  await writeFile(join(folder, 'photos/late-lighthouse.jpg'), 'lighthouse 1 late');
  await indexer.update();
  await vi.waitFor(() => expect(modelSwitch.status().next).toMatchObject({ state: 'ready', done: 41 }));
  await modelSwitch.commit(false);
  const { results } = await engine.services.search.run({ text: 'lighthouse', limit: 1 });
  expect(results[0]?.path).toContain('lighthouse');
  // The old model has seen the broken one, and still answers for it.
  expect(modelSwitch.status().previous?.waiting).toBe(1);
});

it('cancel deletes what was made; one at a time; unknown names are refused', async () => {
  const { engine, folder } = await library();
  const { modelSwitch } = engine.services;
  const before = await tables(folder);
  await modelSwitch.begin('new', false);
  await ready(engine);
  await expect(modelSwitch.begin('words', false)).rejects.toMatchObject({ kind: 'MODEL_BUSY' });
  await modelSwitch.cancel();
  expect(modelSwitch.status().next).toBeNull();
  expect(await tables(folder)).toEqual(before);
  await expect(modelSwitch.begin('old', false)).rejects.toMatchObject({ kind: 'MODEL_BUSY' });
  for (const id of ['nowhere', '../models/new', '..']) {
    await expect(modelSwitch.begin(id, false)).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
  }
  await expect(modelSwitch.commit(true)).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
  await expect(modelSwitch.preview()).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
  expect(existsSync(join(folder, 'library/vectors'))).toBe(true);
});

it('compares two models on the labels and searches of the library', async () => {
  const { engine } = await library(60);
  const { labels, labelAnswers, search, modelSwitch } = engine.services;
  const { label } = labels.create({
    name: 'boats',
    descriptions: ['boat'],
    exclusions: [],
    precision: 0.8,
    parentId: null,
    color: 'blue',
    automatic: false,
    sensitive: false,
  });
  const { results } = await search.run({ text: 'boat', limit: 5, remember: true });
  labelAnswers.answer(results.map(({ id }) => ({ labelId: label.id, photoId: id, verdict: 'yes' as const })));
  const compared = await modelSwitch.compare('old', 'new');
  expect(compared).toMatchObject({
    a: { id: 'old', dimensions: 32 },
    b: { id: 'new', dimensions: 48 },
    samePictures: false,
    photos: 60,
    labels: [{ name: 'boats', photos: 5 }],
    searches: [{ text: 'boat' }],
  });
  expect(compared.a.imagesPerSecond).toBeGreaterThan(0);
  // Six boats, five of them labelled: both models know the word.
  expect(compared.b.meanAveragePrecision).toBeGreaterThan(0.5);
  expect(compared.agreement).toBeGreaterThan(0.5);
  expect((await modelSwitch.compare('old', 'words')).samePictures).toBe(true);
  expect(modelSwitch.status().comparing).toBeNull();
});

it('speaks the contract: every step as a window asks for it', async () => {
  const { engine } = await library();
  const { modelSwitch } = createRouterClient(engine.router);
  const stream = await modelSwitch.status();
  expect((await stream.next()).value).toMatchObject({ current: 'old', next: null, previous: null });
  await stream.return?.();
  expect(await modelSwitch.begin({ id: 'new' })).toMatchObject({ next: { id: 'new', automatic: false } });
  expect(await modelSwitch.pause()).toMatchObject({ current: 'old' });
  expect(await modelSwitch.resume()).toMatchObject({ current: 'old' });
  await ready(engine);
  expect(await modelSwitch.preview()).toEqual({ seen: 40, photos: 40, labels: [] });
  expect(await modelSwitch.commit({})).toMatchObject({
    current: 'new',
    previous: { id: 'old', labels: 'kept' },
  });
  expect(await modelSwitch.compare({ a: 'new', b: 'old' })).toMatchObject({ photos: 40, labels: [] });
  expect(await modelSwitch.back()).toMatchObject({ current: 'old', previous: { id: 'new' } });
  expect(await modelSwitch.forgetPrevious()).toMatchObject({ previous: null });
  await expect(modelSwitch.back()).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', defined: true });
});
