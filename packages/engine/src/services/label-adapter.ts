// A network of one's own: trained on the person's labels, keywords and captions in a process of its own, offered when it helps, refitted when the
// model changes. It moves query texts; photos and their vectors stay as they are.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import { type AdapterStatus, SemblanceError } from '@semblance/contract';
import { type Adapter, adaptText, dot, packAdapter, unpackAdapter } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import type { ComputeClient } from '../compute/client.ts';
import { type AdapterExamples, gatherExamples, SEED } from './adapter-examples.ts';

export interface LabelAdapterService {
  status(): AdapterStatus;
  /** Returns at once; `status` tells how far it is. @throws SemblanceError TOO_FEW_EXAMPLES */
  train(): Promise<AdapterStatus>;
  /** Switches the trained adapter on or off. */
  use(on: boolean): Promise<AdapterStatus>;
  /** What a search compares photos with, for the embedding of its text. */
  adapt(text: Float32Array): Float32Array;
  /** Loads the adapter in use, or trains it anew for a model that has none. */
  open(): Promise<void>;
  dispose(): Promise<void>;
}

export interface LabelAdapterDeps {
  catalog: Catalog;
  vectors: VectorTable;
  /** Unit vector of a text. */
  embed: (text: string) => Promise<Float32Array>;
  /** Unit vectors of everyday texts, which must keep their meaning. */
  anchors: () => Promise<readonly Float32Array[]>;
  /** A fresh compute process without a model. */
  process: () => ComputeClient;
  /** Of the library. */
  directory: string;
  modelKey: string;
  /** Searches answer differently from now on. */
  onChange: () => void;
}

const ACTIVE = 'adapter.active';
/** Held-out mean average precision must rise by so much. */
const CLEAR_GAIN = 0.02;
const LOOK_MS = 300;

export function createLabelAdapter(deps: LabelAdapterDeps): LabelAdapterService {
  const { catalog, vectors } = deps;
  const file = join(deps.directory, 'adapters', `${deps.modelKey.replace(/[^A-Za-z0-9]+/g, '-')}.bin`);
  let status: AdapterStatus = {
    state: 'none',
    curve: [],
    before: null,
    after: null,
    examples: 0,
    problem: null,
  };
  let adapter: Adapter | null = null;
  let running: { client: ComputeClient; done: Promise<void> } | null = null;

  const active = (): boolean => catalog.setting(ACTIVE) === 'on';

  async function fit(examples: AdapterExamples): Promise<void> {
    const client = deps.process();
    const look = setInterval(() => {
      client.call('adapterCurve', []).then(
        (curve) => {
          if (status.state === 'training') status = { ...status, curve };
        },
        () => undefined,
      );
    }, LOOK_MS);
    const done = (async () => {
      const task = {
        dimensions: vectors.dimensions,
        texts: examples.texts,
        photos: examples.train,
        anchors: [...(await deps.anchors())],
        seed: SEED,
      };
      const trained = await client.call('trainAdapter', [task, examples.heldOut]);
      const plain = retrieval(examples.texts, examples);
      const adapted = retrieval(
        examples.texts.map((text) => adaptText(trained.adapter, text)),
        examples,
      );
      const [before, after] = [mean(plain), mean(adapted)];
      const better =
        after >= before + CLEAR_GAIN && isClear(adapted.map((value, i) => value - (plain[i] ?? 0)));
      if (better) {
        await keep(file, trained.adapter);
        adapter = trained.adapter;
      }
      const state = better ? (active() ? 'active' : 'offered') : 'rejected';
      status = { ...status, state, curve: trained.curve, before, after };
    })();
    running = { client, done: done.catch(() => undefined) };
    try {
      await done;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      status = { ...status, state: 'failed', problem };
    } finally {
      clearInterval(look);
      client.dispose();
      running = null;
    }
  }

  /** Resolves when the examples are gathered and training has begun. */
  async function begin(): Promise<void> {
    const examples = await gatherExamples(deps);
    const count = examples.train.length + examples.heldOut.length + examples.judged.length;
    status = { state: 'training', curve: [], before: null, after: null, examples: count, problem: null };
    void fit(examples);
  }

  return {
    status: () => status,
    async train() {
      if (status.state === 'training') return status;
      await begin();
      return status;
    },
    async use(on) {
      if (on && adapter === null) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', 'There is no trained network to switch on.');
      }
      catalog.setSetting(ACTIVE, on ? 'on' : null);
      deps.onChange();
      if (adapter !== null) status = { ...status, state: on ? 'active' : 'offered' };
      return status;
    },
    adapt: (text) => (adapter !== null && active() ? adaptText(adapter, text) : text),
    async open() {
      const bytes = await readFile(file).catch(() => null);
      adapter = bytes === null ? null : unpackAdapter(bytes, vectors.dimensions);
      if (adapter !== null) status = { ...status, state: active() ? 'active' : 'offered' };
      // Another model than the one it was trained for: the examples are the same, the vectors are not.
      else if (active()) await begin().catch(() => undefined);
    },
    async dispose() {
      running?.client.dispose();
      await running?.done;
    },
  };
}

async function keep(file: string, adapter: Adapter): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const fresh = `${file}.new`;
  await writeFile(fresh, packAdapter(adapter));
  await rename(fresh, file).catch(async (error) => {
    await rm(fresh, { force: true });
    throw error;
  });
}

/**
 * Average precision of each label: its judged photos among the judged photos of others and photos that nothing was said of.
 * Some of those may be right as well; that is the same for both sides of a comparison.
 *
 * @returns for every judged photo of every label the precision at its rank; the mean of a label's is its average precision
 */
function retrieval(texts: readonly Float32Array[], { judged, others }: AdapterExamples): number[] {
  return texts.flatMap((text, at) => {
    const wrong = [
      ...judged.filter(({ labels }) => !labels.includes(at)).map(({ vector }) => dot(vector, text)),
      ...others.map((vector) => dot(vector, text)),
    ];
    const right = judged.filter(({ labels }) => labels.includes(at)).map(({ vector }) => dot(vector, text));
    return right.map((cosine) => {
      const above = right.filter((other) => other >= cosine).length;
      return above / (above + wrong.filter((other) => other >= cosine).length);
    });
  });
}

/** Whether differences are above 0 by two standard errors of their mean: with few photos, a gain is often chance. */
function isClear(differences: readonly number[]): boolean {
  const middle = mean(differences);
  const variance = mean(differences.map((value) => (value - middle) ** 2));
  return middle > 2 * Math.sqrt(variance / Math.max(1, differences.length - 1));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
