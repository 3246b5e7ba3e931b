// A model store on a fake hub: waits are short, the disk is large, and every folder is a model unless a test says else.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestedModel } from '@semblance/compute';
import type { ModelDownload } from '@semblance/contract';
import { type FakeHub, startFakeHub, tempDir } from '@semblance/testkit';
import { onTestFinished } from 'vitest';
import type { ModelInspector } from '../src/models/inspector.ts';
import { createModelStore, type ModelStore, type ModelStoreOptions } from '../src/models/model-store.ts';

export const REPOSITORY = 'ada/tiny-clip';
export const ID = 'ada--tiny-clip';

/** A model as the hub has it: large files in LFS, small ones in git. */
export const MODEL: Readonly<Record<string, Buffer>> = {
  'config.json': Buffer.from('{"model_type":"clip"}'),
  'preprocessor_config.json': Buffer.from('{}'),
  'tokenizer.json': noise('tokenizer', 30_000),
  'onnx/vision_model.onnx': noise('vision', 400_000),
  'onnx/text_model.onnx': noise('text', 300_000),
  'README.md': Buffer.from('# Tiny'),
};

export interface ModelBench {
  hub: FakeHub;
  store: ModelStore;
  /** Of added models. */
  folder: string;
  /** Another store on the same folder, as another process has it. */
  again(options?: Partial<ModelStoreOptions>): ModelStore;
  /** Downloads `REPOSITORY` and waits for the end. */
  fetch(): Promise<void>;
}

export const YES: ModelInspector = {
  inspect: async () => ({
    ok: true,
    id: 'files',
    name: 'Files',
    key: 'files-1',
    imageKey: 'files-1',
    family: 'clip',
    layout: 'transformers',
    dimensions: 4,
    imageSize: 32,
    contextLength: 16,
    languages: ['en'],
    bytes: 1,
    precisions: [],
    precision: 'fp32',
  }),
  test: async () => TESTED,
  keepPrecision: () => Promise.reject(new Error('Nobody asks.')),
};

/** What trying a model finds on this machine. */
export const TESTED: TestedModel = {
  ok: true,
  key: 'files-1',
  ...{ precision: 'fp32', provider: 'cpu', threads: 2, batch: 4, imagesPerSecond: 41 },
  ...{ textMilliseconds: 5, loadMilliseconds: 100, textMemoryBytes: 1e6, memoryBytes: 3e6 },
  tried: [{ precision: 'fp32', provider: 'cpu', difference: 0, imagesPerSecond: 41, problem: null }],
};

/** To everything. */
export const no = (message: string): ModelInspector => ({
  ...YES,
  inspect: async () => ({ ok: false, kind: 'MODEL_MISSING', message }),
});

export async function modelBench(options: Partial<ModelStoreOptions> = {}): Promise<ModelBench> {
  const hub = await startFakeHub();
  const folder = join(await tempDir(), 'models');
  const stores: ModelStore[] = [];
  onTestFinished(async () => {
    for (const store of stores) await store.dispose();
    await hub.close();
  });
  const again = (other: Partial<ModelStoreOptions> = {}): ModelStore => {
    const store = createModelStore({
      directory: folder,
      bundled: join(import.meta.dirname, '../../../assets/models'),
      inspector: YES,
      hub: hub.url,
      environment: {},
      space: async () => 1e12,
      waits: [5, 5, 5],
      stallMs: 1500,
      ...options,
      ...other,
    });
    stores.push(store);
    return store;
  };
  const store = again();
  return {
    hub,
    store,
    folder,
    again,
    async fetch() {
      await store.download({ repository: REPOSITORY, revision: 'main' });
      await store.ended(ID);
    },
  };
}

/** Files of a folder by path, hidden ones left out. */
export async function filesIn(folder: string): Promise<Record<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, Buffer> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(folder.length + 1).replaceAll('\\', '/')] = await readFile(path);
  }
  return files;
}

/** The first state of the download that a test waits for. */
export async function until(
  store: ModelStore,
  right: (download: ModelDownload | undefined) => boolean,
): Promise<ModelDownload | undefined> {
  const signal = AbortSignal.timeout(15_000);
  for await (const [download] of store.downloads.follow(signal)) if (right(download)) return download;
  throw new Error('It never came to that.');
}

/** Bytes that do not repeat, the same every time. */
export function noise(seed: string, length: number): Buffer {
  const pieces: Buffer[] = [];
  for (let i = 0; i * 32 < length; i += 1) pieces.push(createHash('sha256').update(`${seed}${i}`).digest());
  return Buffer.concat(pieces).subarray(0, length);
}
