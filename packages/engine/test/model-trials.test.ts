// Models that came are tried by themselves; the right weights are taken once, before anything was made with them; results last.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelTrial } from '@semblance/contract';
import { tempDir } from '@semblance/testkit';
import { expect, it } from 'vitest';
import type { ModelInspector } from '../src/models/inspector.ts';
import type { ModelStore } from '../src/models/model-store.ts';
import { ID, MODEL, modelBench, REPOSITORY, TESTED, YES } from './model-bench.ts';

const SMALL = {
  ...TESTED,
  precision: 'int8' as const,
  imagesPerSecond: 90,
  tried: [
    { ...TESTED.tried[0], imagesPerSecond: 41, precision: 'fp32' as const, provider: 'cpu' },
    { precision: 'int8' as const, provider: 'cpu', imagesPerSecond: 90 },
  ].map((way) => ({ difference: 0, problem: null, ...way })),
};

/** A machine that runs small weights best, and a folder whose precision can be kept. */
function machine(): ModelInspector & { kept: string[]; tested: string[]; gate: Promise<void> } {
  const state = {
    kept: [] as string[],
    tested: [] as string[],
    gate: Promise.resolve(),
    inspect: async (folder: string) => {
      const answer = await YES.inspect(folder);
      return answer.ok ? { ...answer, precision: state.kept.length > 0 ? 'int8' : 'fp32' } : answer;
    },
    async test(folder: string, { signal }: { signal?: AbortSignal } = {}) {
      state.tested.push(folder);
      await state.gate;
      signal?.throwIfAborted();
      return SMALL;
    },
    async keepPrecision(folder: string, precision: string) {
      state.kept.push(precision);
      return state.inspect(folder);
    },
  };
  return state as unknown as ReturnType<typeof machine>;
}

async function trialOf(store: ModelStore, right: (trial: ModelTrial) => boolean): Promise<ModelTrial> {
  for await (const trials of store.trials.list.follow(AbortSignal.timeout(15_000))) {
    const found = trials.find(right);
    if (found !== undefined) return found;
  }
  throw new Error('It never came to that.');
}

const done = ({ state }: ModelTrial): boolean => state === 'done';

it('a model that came is tried, runs in its best precision, and is remembered', async () => {
  const inspector = machine();
  let changes = 0;
  const { hub, store, again, folder, fetch } = await modelBench({
    inspector,
    onChange: () => (changes += 1),
  });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  const { id, result, problem } = await trialOf(store, done);
  expect(id).toBe(ID);
  expect(problem).toBeNull();
  expect(result).toMatchObject({ precision: 'int8', threads: 2, batch: 4, imagesPerSecond: 90 });
  expect(inspector.kept).toEqual(['int8']);
  // Once for the model that came, once for its other weights.
  expect(changes).toBe(2);
  expect(await trialOf(again(), done)).toMatchObject({ id: ID, result });
  // Measured on another machine, it says nothing about this one.
  const file = join(folder, '.trials.json');
  const kept = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...kept, machine: 'another' }));
  const elsewhere = again();
  expect((await elsewhere.trials.run(ID)).result?.precision).toBe('int8');
  expect(inspector.tested).toHaveLength(2);
});

it('weights that are in use stay, and the speed told is theirs', async () => {
  const inspector = machine();
  const { hub, store, fetch } = await modelBench({ inspector, inUse: () => [ID] });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  expect((await trialOf(store, done)).result).toMatchObject({ precision: 'fp32', imagesPerSecond: 41 });
  expect(inspector.kept).toEqual([]);
});

it('who begins to use it while it is tried uses what is there', async () => {
  const inspector = machine();
  let open = (): void => undefined;
  inspector.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { hub, store, fetch } = await modelBench({ inspector });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  await trialOf(store, ({ state }) => state === 'running');
  await store.trials.settle(ID);
  open();
  expect((await trialOf(store, done)).result?.precision).toBe('fp32');
  expect(inspector.kept).toEqual([]);
});

it('a second try changes no weights', async () => {
  const inspector = machine();
  const { hub, store, fetch } = await modelBench({ inspector, tries: false });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  expect(store.trials.list.get()).toEqual([]);
  expect((await store.trials.run(ID)).result?.precision).toBe('fp32');
  await expect(store.trials.run('nobody')).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
});

it('one after the other, each once', async () => {
  const inspector = machine();
  let open = (): void => undefined;
  inspector.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { store } = await modelBench({ inspector });
  const own = await tempDir();
  for (const name of ['one', 'two']) {
    await mkdir(join(own, name));
    await writeFile(join(own, name, 'model.onnx'), name);
    await store.addFolder(join(own, name));
  }
  const asked = Promise.all([store.trials.run('two'), store.trials.run('one')]);
  open();
  const [a, b] = await asked;
  expect([a.id, b.id]).toEqual(['two', 'one']);
  expect(inspector.tested.map((path) => path.slice(-3))).toEqual(['one', 'two']);
  await store.remove('one');
  expect(store.trials.list.get().map(({ id }) => id)).toEqual(['two']);
});

it('a model that does not run is here all the same, and says why', async () => {
  const message = 'onnxruntime lacks an operator.';
  const test = async () => ({ ok: false as const, kind: 'MODEL_DAMAGED' as const, message });
  const { hub, store, fetch } = await modelBench({ inspector: { ...YES, test } });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  const failed = await trialOf(store, ({ state }) => state === 'failed');
  expect(failed).toMatchObject({ id: ID, result: null, problem: message });
  expect(await store.verify(ID)).toMatchObject({ fine: true });
});

it('one that ended its process is tried once more, without the hardware that did', async () => {
  let tries = 0;
  const test = async () => {
    tries += 1;
    const gone = { ok: false as const, kind: 'MODEL_UNSUITABLE' as const, message: 'It ended its process.' };
    return tries === 1 ? gone : TESTED;
  };
  const { hub, store, fetch } = await modelBench({ inspector: { ...YES, test } });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  expect((await trialOf(store, done)).result).toMatchObject({ provider: 'cpu', imagesPerSecond: 41 });
});

it('ends with the store', async () => {
  const inspector = machine();
  let open = (): void => undefined;
  inspector.gate = new Promise((resolve) => {
    open = resolve;
  });
  const { hub, again, fetch, store } = await modelBench({ inspector });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  await trialOf(store, ({ state }) => state === 'running');
  const closed = store.dispose();
  open();
  await closed;
  expect(again().trials.list.get()).toEqual([]);
});

it('a repair keeps the precision, and tries nothing', async () => {
  const inspector = machine();
  const { hub, store, folder, fetch } = await modelBench({ inspector });
  hub.publish(REPOSITORY, MODEL);
  await fetch();
  await trialOf(store, done);
  const note = join(folder, ID, 'semblance.json');
  await writeFile(note, JSON.stringify({ ...JSON.parse(await readFile(note, 'utf8')), precision: 'int8' }));
  await writeFile(join(folder, ID, 'tokenizer.json'), '{}');
  await store.repair(ID);
  await store.ended(ID);
  expect(await store.verify(ID)).toMatchObject({ fine: true });
  expect(JSON.parse(await readFile(note, 'utf8'))).toMatchObject({ precision: 'int8' });
  expect(inspector.tested).toHaveLength(1);
});

it('what another process finds out is shown, kept by both, and gone when it removes the model', async () => {
  const { store, again, folder } = await modelBench({ inspector: machine(), tries: false });
  const own = await tempDir();
  for (const name of ['one', 'two', 'three']) {
    await mkdir(join(own, name));
    await writeFile(join(own, name, 'model.onnx'), name);
    await store.addFolder(join(own, name));
  }
  const other = again();
  await other.trials.run('one');
  // Looked at anew, and while it is looked at.
  expect((await trialOf(store, ({ id }) => id === 'one')).state).toBe('done');
  const shown = trialOf(store, ({ id }) => id === 'two');
  await other.trials.run('two');
  expect((await shown).state).toBe('done');
  // Neither writes over what the other has found out.
  await store.trials.run('three');
  const kept = JSON.parse(await readFile(join(folder, '.trials.json'), 'utf8'));
  expect(Object.keys(kept.results).sort()).toEqual(['one', 'three', 'two']);
  await other.remove('one');
  for await (const trials of store.trials.list.follow(AbortSignal.timeout(15_000))) {
    if (!trials.some(({ id }) => id === 'one')) break;
  }
  expect(
    store.trials.list
      .get()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['three', 'two']);
});
