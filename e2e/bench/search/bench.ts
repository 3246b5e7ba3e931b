// Search at scale: from the request to the parsed first page over the real server, on made-up libraries, with a text
// encoder of ViT-B/32's shape and size (its weights are random: it takes as long, and means nothing).
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTextEncoder, readModelFolder } from '@semblance/clip';
import { VIT_B_32, writeClipModel } from '@semblance/testkit';
import type { BenchResult } from '../main.ts';
import { type Host, startHost } from './client.ts';
import { type Compared, compare, FILTERS, type Filter, median, quantile } from './compare.ts';
import { queryTexts } from './queries.ts';
import { searchReport } from './report.ts';
import { FOLDERS, fillLibrary } from './synthetic-library.ts';
import { clusteredVectors } from './vectors.ts';

export interface FilterFigures {
  /** Milliseconds from the request to the parsed first page of 200. */
  p50: number;
  p95: number;
  /** Processor time of the engine per search, which other jobs on the machine do not lengthen: milliseconds. */
  processor: number | null;
  recall: number;
}

export interface SizeFigures extends Omit<Compared, 'recall'> {
  photos: number;
  engineMB: number;
  filters: Record<Filter, FilterFigures>;
}

export interface SearchFigures {
  cores: number;
  /** Median milliseconds of the text encoder alone, on one thread. */
  encoder: number;
  sizes: SizeFigures[];
}

const SIZES = [10_000, 100_000];
const FULL = 1_000_000;
/** Per filter. */
const ASKED = 80;
const WARM_UP = 8;
const COMPARED = 32;
const PAGE = 200;

export async function bench(args: string[]): Promise<BenchResult> {
  const { values } = parseArgs({
    args,
    options: { full: { type: 'boolean', default: false }, sizes: { type: 'string' } },
  });
  const sizes = values.sizes?.split(',').map(Number) ?? (values.full ? [...SIZES, FULL] : SIZES);
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    const model = join(folder, 'model');
    await writeClipModel(model, { shape: VIT_B_32, precision: 'int8' });
    const { texts, encoder } = await embedTexts(model);
    const { key } = await readModelFolder(model);
    const figures: SearchFigures = { cores: availableParallelism(), encoder, sizes: [] };
    for (const photos of sizes) {
      console.error(`${photos} photos: making them`);
      const library = join(folder, `library-${photos}`);
      let compared: Compared;
      {
        const rows = clusteredVectors(photos, texts);
        await fillLibrary(library, key, rows);
        console.error(`${photos} photos: comparing`);
        compared = await compare(library, key, rows, texts.slice(0, COMPARED), texts.slice(COMPARED));
      }
      console.error(`${photos} photos: asking the server`);
      figures.sizes.push({ photos, ...compared, ...(await askServer(library, model, photos, compared)) });
      await rm(library, { recursive: true });
    }
    return { json: figures, report: searchReport(figures) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function embedTexts(model: string): Promise<{ texts: Float32Array[]; encoder: number }> {
  const encoder = await loadTextEncoder(await readModelFolder(model));
  const texts: Float32Array[] = [];
  const times: number[] = [];
  for (const text of queryTexts(COMPARED * 4)) {
    const started = performance.now();
    texts.push((await encoder.encodeQuery(text)).embedding);
    times.push(performance.now() - started);
  }
  await encoder.dispose();
  return { texts, encoder: median(times) };
}

async function askServer(
  library: string,
  model: string,
  photos: number,
  { recall }: Compared,
): Promise<Pick<SizeFigures, 'engineMB' | 'filters'>> {
  const host = await startHost(library, model);
  try {
    const texts = queryTexts(3 * (ASKED + WARM_UP));
    const filters = {} as Record<Filter, FilterFigures>;
    for (const [filter, inFolder] of Object.entries(FILTERS) as [Filter, keyof typeof FOLDERS | null][]) {
      const there = Math.min(PAGE, photos * (inFolder === null ? 1 : FOLDERS[inFolder]));
      const before = host.processor();
      const times = await askAll(host, texts.splice(0, ASKED + WARM_UP), inFolder, there);
      const used = (host.processor() - before) / (ASKED + WARM_UP);
      const processor = Number.isNaN(used) ? null : used;
      filters[filter] = { processor, p50: median(times), p95: quantile(times, 0.95), recall: recall[filter] };
    }
    return { engineMB: host.memory(), filters };
  } finally {
    await host.close();
  }
}

/** One after the other, as one person does. */
async function askAll(
  host: Host,
  texts: readonly string[],
  folder: string | null,
  there: number,
): Promise<number[]> {
  const times: number[] = [];
  for (const text of texts) {
    const query = folder === null ? text : `${text} in:${folder}`;
    const { answer, milliseconds } = await host.search({ text: query, limit: PAGE });
    const right = answer.results.filter((hit) => folder === null || hit.path.includes(`/${folder}/`));
    if (answer.results.length !== there || right.length !== there)
      throw new Error(
        `"${query}": ${right.length} of ${answer.results.length} results are right, not ${there}.`,
      );
    times.push(milliseconds);
  }
  return times.slice(WARM_UP);
}
