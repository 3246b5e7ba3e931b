// Does looking at parts help queries like "red cat next to a blue dog"? Asked of the real engine, on collages.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { attributedPhrases } from '@semblance/core';
import { forkCompute, openEngine } from '@semblance/engine';
import { readPhotoFolder } from '../search/photo-folder.ts';
import { type BindingSet, bindingSets, writeCollage } from './collages.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MODELS = join(ROOT, 'assets/models');

export interface Ranks {
  /** Share of the queries whose right picture comes first. */
  first: number;
  /** Mean of 1 / rank. */
  reciprocal: number;
}

export interface BindingResult {
  set: string;
  pictures: number;
  queries: number;
  plain: Ranks;
  rechecked: Ranks;
  /** Of the queries whose rank changed: how many for the better. */
  better: number;
  worse: number;
  /** Of the first query that is looked at again: nothing is kept yet. */
  seconds: number;
}

export async function evaluateBinding(
  photoFolder: string,
  model: string | undefined,
  say: (line: string) => void,
): Promise<BindingResult[]> {
  const results: BindingResult[] = [];
  for (const set of bindingSets(readPhotoFolder(photoFolder))) {
    say(`${set.name}: ${set.collages.length} pictures, ${set.queries.length} queries`);
    results.push(await evaluateSet(set, model));
  }
  return results;
}

async function evaluateSet(set: BindingSet, model: string | undefined): Promise<BindingResult> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-binding-'));
  try {
    const pictures = join(folder, 'photos');
    await mkdir(pictures);
    for (const collage of set.collages) await writeCollage(collage, pictures);
    const engine = await openEngine({
      libraryDirectory: join(folder, 'library'),
      modelDirectory: resolve(process.env.INIT_CWD ?? process.cwd(), model ?? join(MODELS, 'starter')),
      bundledModelsDirectory: MODELS,
      modelsDirectory: join(folder, 'models'),
      host: { kind: 'cli', version: '0' },
      spawnCompute: forkCompute(join(ROOT, 'packages/compute/src/main.ts')),
    });
    try {
      const { services } = engine;
      const added = await services.folders.add(pictures);
      await services.indexer.update([added.id]);
      const plain: number[] = [];
      const rechecked: number[] = [];
      const seconds: number[] = [];
      for (const { text, right } of set.queries) {
        if (attributedPhrases(text) === null) throw new Error(`"${text}" is not taken apart.`);
        const rankOf = async (recheck: boolean): Promise<number> => {
          const { results } = await services.search.run({ text, recheck, limit: 1000 });
          return results.findIndex(({ path }) => right.has(basename(path))) + 1 || Number.POSITIVE_INFINITY;
        };
        plain.push(await rankOf(false));
        const started = performance.now();
        rechecked.push(await rankOf(true));
        seconds.push((performance.now() - started) / 1000);
      }
      return {
        set: set.name,
        pictures: set.collages.length,
        queries: set.queries.length,
        plain: ranks(plain),
        rechecked: ranks(rechecked),
        better: plain.filter((rank, i) => (rechecked[i] ?? rank) < rank).length,
        worse: plain.filter((rank, i) => (rechecked[i] ?? rank) > rank).length,
        seconds: seconds[0] ?? 0,
      };
    } finally {
      await engine.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ranks(values: readonly number[]): Ranks {
  const share = (part: (rank: number) => number) =>
    values.reduce((sum, rank) => sum + part(rank), 0) / Math.max(1, values.length);
  return { first: share((rank) => (rank === 1 ? 1 : 0)), reciprocal: share((rank) => 1 / rank) };
}

export function bindingReport(results: readonly BindingResult[]): string {
  const rows = results.map(
    ({ set, pictures, queries, plain, rechecked, better, worse, seconds }) =>
      `| ${set} | ${pictures} | ${queries} | ${plain.first.toFixed(2)} / ${plain.reciprocal.toFixed(3)} | ` +
      `${rechecked.first.toFixed(2)} / ${rechecked.reciprocal.toFixed(3)} | ${better} / ${worse} | ${seconds.toFixed(1)} |`,
  );
  return `| set | pictures | queries | whole picture: first / MRR | parts looked at: first / MRR | better / worse | first query, s |
|---|---:|---:|---:|---:|---:|---:|
${rows.join('\n')}`;
}
