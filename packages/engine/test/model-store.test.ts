// Models that are here: checking, repairing, removing, adding one's own; the record of every request; proxies; names.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCatalog } from '@semblance/contract';
import { tempDir } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { filesIn, ID, MODEL, modelBench, no, noise, REPOSITORY } from './model-bench.ts';

describe('checking and repairing', () => {
  it('finds what is missing and what was changed, and fetches only that', async () => {
    const { hub, store, folder, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    await fetch();
    expect(await store.verify(ID)).toMatchObject({ fine: true, known: true, repairable: true, files: 6 });
    await writeFile(join(folder, ID, 'onnx/text_model.onnx'), noise('other', 300_000));
    await rm(join(folder, ID, 'tokenizer.json'));
    expect(await store.verify(ID)).toMatchObject({
      fine: false,
      missing: ['tokenizer.json'],
      changed: ['onnx/text_model.onnx'],
    });
    hub.requests.length = 0;
    await store.repair(ID);
    await store.ended(ID);
    expect(await store.verify(ID)).toMatchObject({ fine: true });
    const fetched = hub.requests.filter(({ path, status }) => path.includes('/resolve/') && status === 200);
    expect(fetched.map(({ path }) => path.replace(/^.*\/([^/?]+)(\?.*)?$/u, '$1')).sort()).toEqual([
      'text_model.onnx',
      'tokenizer.json',
    ]);
  });

  it('brings the same commit and the same bytes ever after', async () => {
    const { hub, store, folder, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    await fetch();
    await store.remove(ID);
    expect(existsSync(join(folder, ID))).toBe(false);
    hub.publish(REPOSITORY, { ...MODEL, 'onnx/text_model.onnx': noise('newer', 300_000) });
    await fetch();
    expect(
      (await readFile(join(folder, ID, 'onnx/text_model.onnx'))).equals(
        MODEL['onnx/text_model.onnx'] ?? noise('', 1),
      ),
    ).toBe(true);
  });

  it('refuses a hub that says the same commit has other bytes', async () => {
    const { hub, store, again, fetch, folder } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    await fetch();
    await store.remove(ID);
    const pins = join(folder, '.pins.json');
    const known = JSON.parse(await readFile(pins, 'utf8'));
    known[`${REPOSITORY}@main`].files['onnx/text_model.onnx'] = '0'.repeat(64);
    await writeFile(pins, JSON.stringify(known));
    const next = again();
    await next.download({ repository: REPOSITORY, revision: 'main' });
    await expect(next.ended(ID)).rejects.toMatchObject({ kind: 'DOWNLOAD_CORRUPT' });
  });

  it('checks the bundled model against the list it brings', async () => {
    const { store } = await modelBench();
    expect(await store.verify('starter')).toMatchObject({ fine: true, known: true, repairable: false });
  });
});

describe('one’s own folder', () => {
  it('is copied, named, and counts as right from then on', async () => {
    const { store, folder } = await modelBench();
    const mine = join(await tempDir(), 'My Model (v2)');
    await mkdir(mine);
    await writeFile(join(mine, 'model.onnx'), noise('mine', 5000));
    expect(await store.addFolder(mine)).toBe('My-Model-v2-');
    expect(Object.keys(await filesIn(join(folder, 'My-Model-v2-'))).sort()).toEqual([
      'SHA256SUMS',
      'model.onnx',
      'semblance.json',
    ]);
    expect(Object.keys(await filesIn(mine))).toEqual(['model.onnx']);
    expect(await store.verify('My-Model-v2-')).toMatchObject({ fine: true, known: true, repairable: false });
    await expect(store.addFolder(mine)).rejects.toMatchObject({ kind: 'MODEL_EXISTS' });
    await expect(store.repair('My-Model-v2-')).rejects.toMatchObject({ kind: 'NOT_SUPPORTED_HERE' });
  });

  it('must be there, hold a model, and not be the models’ own folder', async () => {
    const message = 'There is no visual/model.onnx.';
    const { store, folder } = await modelBench({
      inspector: no(message),
    });
    const mine = await tempDir();
    await expect(store.addFolder(mine)).rejects.toMatchObject({ kind: 'MODEL_UNSUITABLE', message });
    await expect(store.addFolder(join(mine, 'gone'))).rejects.toMatchObject({ kind: 'FOLDER_NOT_FOUND' });
    await mkdir(folder, { recursive: true });
    await expect(store.addFolder(join(folder, '..'))).rejects.toMatchObject({ kind: 'MODEL_UNSUITABLE' });
  });
});

describe('removing', () => {
  it('leaves the bundled ones and the one in use', async () => {
    const { store, again, folder, hub, fetch } = await modelBench();
    await expect(store.remove('starter')).rejects.toMatchObject({ kind: 'MODEL_IN_USE' });
    await mkdir(join(folder, '../photos'), { recursive: true });
    for (const id of ['nobody', '../photos', '..', '.', '', '.downloads', 'a/../../photos']) {
      await expect(store.remove(id), id).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
    }
    expect(existsSync(join(folder, '../photos'))).toBe(true);
    hub.publish(REPOSITORY, MODEL);
    await fetch();
    await expect(again({ inUse: () => [ID] }).remove(ID)).rejects.toMatchObject({ kind: 'MODEL_IN_USE' });
    await expect(store.download({ repository: REPOSITORY, revision: 'main' })).rejects.toMatchObject({
      kind: 'MODEL_EXISTS',
    });
    await store.remove(ID);
    expect(existsSync(join(folder, ID))).toBe(false);
  });
});

describe('the record of requests', () => {
  it('has every one that the hub has seen, and no signature', async () => {
    const { hub, store, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil('vision_model', { kind: 'drop', after: 150_000 });
    await fetch();
    const { total, calls } = await store.calls(1000);
    await expect.poll(() => hub.requests.length).toBe(total);
    const seen = hub.requests.map(({ path }) => `${hub.url}${path.replace(/\?.*$/u, '')}`);
    expect(calls.map(({ address }) => address).sort()).toEqual(seen.sort());
    expect(total).toBe(seen.length);
    expect(calls.some(({ address }) => /secret|\?/u.test(address))).toBe(false);
    const bytes = Object.values(MODEL).reduce((sum, file) => sum + file.length, 0);
    const received = calls
      .filter(({ purpose }) => purpose === 'file')
      .reduce((sum, call) => sum + call.bytes, 0);
    expect(received).toBe(bytes);
    expect(calls.find(({ problem }) => problem !== null)).toMatchObject({ purpose: 'file', status: 200 });
    expect(calls[0]?.at).toBeGreaterThanOrEqual(calls.at(-1)?.at ?? 0);
  });
});

describe('the way out', () => {
  it('is the hub that a person chose, unless the host decides', async () => {
    const { store, again } = await modelBench();
    const free = again({ hub: undefined });
    expect(await free.hub()).toEqual({
      url: 'https://huggingface.co',
      usual: 'https://huggingface.co',
      fixed: false,
    });
    await free.setHub('https://mirror.example.org');
    expect(await again({ hub: undefined }).hub()).toMatchObject({ url: 'https://mirror.example.org' });
    expect(await free.setHub(null)).toMatchObject({ url: 'https://huggingface.co' });
    await expect(store.setHub('https://mirror.example.org')).rejects.toMatchObject({
      kind: 'NOT_SUPPORTED_HERE',
    });
  });
});

describe('the catalogue', () => {
  it('is as the contract wants it: every id once, recall with its source, two languages of words', async () => {
    const file = join(import.meta.dirname, '../../../assets/models/catalog.json');
    const { models } = modelCatalog.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
    expect(models.length).toBeGreaterThan(5);
    for (const model of models) {
      expect(model.recallSource !== null, model.id).toBe(model.recall.length > 0);
      expect(model.goodFor.tr, model.id).not.toBe(model.goodFor.en);
    }
  });

  it('is downloaded by id, with the files that the entry names', async () => {
    const bundled = join(await tempDir(), 'bundled');
    await cp(join(import.meta.dirname, '../../../assets/models/catalog.json'), join(bundled, 'catalog.json'));
    const { hub, store, folder } = await modelBench({ bundled });
    const [model] = await store.catalog();
    if (model === undefined) throw new Error('The catalogue is empty.');
    hub.publish(model.repository, {
      'config.json': '{}',
      'visual/model.onnx': noise('v', 5000),
      'visual/model.armnn': noise('a', 5000),
      'visual/preprocess_cfg.json': '{}',
      'textual/model.onnx': noise('t', 5000),
      'textual/tokenizer.json': '{}',
    });
    await store.download({ id: model.id });
    await store.ended(model.id);
    const files = await filesIn(join(folder, model.id));
    expect(Object.keys(files)).toContain('textual/tokenizer.json');
    expect(Object.keys(files)).not.toContain('visual/model.armnn');
    const manifest = JSON.parse(String(files['semblance.json']));
    expect(manifest).toMatchObject({ name: model.name, languages: model.languages });
    await expect(store.download({ id: 'nobody' })).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
  });
});
