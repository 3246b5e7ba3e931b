// The index of a table that is too large for memory: built beside searches and writes, trusted only after its answers
// were compared with exact ones, and made again when the table has outgrown it.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { Index, type Table } from '@lancedb/lancedb';
import { idsOf, matrixOf } from './rows.ts';
import { chooseOffsets } from './sample.ts';
import type { Scores } from './score-all.ts';
import { nearestOf } from './top.ts';

// What LanceDB tells of an index would else hold every partition's centre, and a warning about it.
process.env.LANCE_INCLUDE_VECTOR_CENTROIDS ??= 'false';

/** Share of the true nearest that an index must find to be used ... */
const LEAST_RECALL = 0.99;
/** ... and from which it is not asked any deeper: a few dozen queries err by some thousandths. */
const ENOUGH_RECALL = 0.995;

/** How an index is asked. */
interface Probing {
  /** Share of the partitions that are looked into. */
  share: number;
  /** So many times the answer's length are compared exactly before it is given. */
  refine: number;
}

/** What is known of an index: written beside the table once its recall was measured. */
export interface Verdict {
  /** Photos when it was measured. */
  rows: number;
  /** Photos when it was built: its partitions are made for so many. */
  trained: number;
  /** recall@100, 0 to 1: the lower of that for photos of the table and that for the given probes. */
  recall: number;
  /** How many given probes it was measured with: an index that answers photos well may still miss for texts. */
  given: number;
  probing: Probing;
}

export interface Approximate {
  /** The index, when there is one to be trusted. Builds nothing. */
  verdict(): Promise<Verdict | null>;
  /** To be called when the table may have grown: looks after the index in the background. Never rejects. */
  tend(): void;
  /** Resolves when nothing is being built. */
  idle(): Promise<void>;
  building(): boolean;
  /** The index failed in use: it is thrown away and made again. */
  distrust(): void;
  /** Queries like those to come, for measuring recall. Unit vectors. */
  probes(queries: readonly Float32Array[]): void;
}

export interface ApproximateDeps {
  table: Table;
  dimensions: number;
  /** Where the verdict lies. */
  path: string;
  count: () => number;
  /** True while the table is small enough for memory, or closed: nothing is built. */
  unwanted: () => boolean;
  /** Runs between writes, and makes what it changed durable. */
  exclusively: (work: () => Promise<void>) => Promise<void>;
  scoreAll: (queries: readonly Float32Array[]) => Promise<Scores>;
}

const VECTOR_INDEX = 'vector_idx';
const ID_INDEX = 'photoId_idx';
/** Tried from the quickest on. 1,000 partitions: 25 ms to 45 ms per million photos. */
const LADDER: readonly Probing[] = [
  { share: 0.2, refine: 3 },
  { share: 0.4, refine: 4 },
  { share: 0.7, refine: 6 },
  { share: 1, refine: 12 },
];
/** Answers are as long as a search's list of candidates; recall is counted over the first 100. */
const ASKED = 500;
const COUNTED = 100;
/** Photos of the table that are asked for. A query between two photos is harder than one at a photo. */
const AT_PHOTOS = 12;
const BETWEEN_PHOTOS = 12;
/** Of the probes that were given. */
const GIVEN = 24;
/** An index is made again when so large a share of the photos is not in it: those are compared one by one. */
const STALE = 0.2;
/** So many times as many photos need other partitions. */
const OUTGROWN = 2;
/** Fewer cannot be partitioned, and need no index. */
const LEAST_ROWS = 1024;
const SEED = 5;

export function createApproximate(deps: ApproximateDeps): Approximate {
  const { table, dimensions, path, count } = deps;
  /** Null when it was never looked for. */
  let verdict: Promise<Verdict | null> | null = null;
  let given: readonly Float32Array[] = [];
  let work: Promise<void> | null = null;
  let again = false;

  async function look(): Promise<void> {
    const rows = count();
    if (rows < LEAST_ROWS) return;
    const verdict = await known();
    const stats = await table.indexStats(VECTOR_INDEX);
    const outgrown = verdict !== null && rows > verdict.trained * OUTGROWN;
    if (stats === undefined || stats.numIndexedRows < rows * (1 - STALE) || outgrown) {
      await build(rows);
      await judge(rows, rows);
    } else if (verdict === null || rows > verdict.rows * (1 + STALE) || verdict.given < given.length) {
      await judge(rows, verdict?.trained ?? stats.numIndexedRows);
    }
  }

  function known(): Promise<Verdict | null> {
    verdict ??= readVerdict(path);
    return verdict;
  }

  async function build(rows: number): Promise<void> {
    // Ids first: it takes a moment, and lets filters and single photos be found without reading every id.
    await table.createIndex('photoId', { config: Index.btree(), name: ID_INDEX, replace: true });
    await table.createIndex('vector', {
      config: Index.ivfRq({ distanceType: 'cosine', numPartitions: partitionsFor(rows) }),
      name: VECTOR_INDEX,
      replace: true,
    });
    verdict = Promise.resolve(null);
    await deps.exclusively(() => rm(path, { force: true }));
  }

  async function judge(rows: number, trained: number): Promise<void> {
    const some = given;
    const queries = [...some, ...(await ownProbes())];
    const { ids, cosines } = await deps.scoreAll(queries);
    const wanted = cosines.map((all) => new Set(nearestOf(ids, all, COUNTED).map((hit) => hit.photoId)));
    let best: Verdict | null = null;
    for (const probing of LADDER) {
      const as = { rows, trained, recall: 0, given: some.length, probing };
      const found = await recallOf(queries, wanted, as);
      // Two kinds of queries, and neither may make up for the other.
      const recall = Math.min(mean(found.slice(0, some.length)), mean(found.slice(some.length)));
      best = { ...as, recall };
      if (recall >= ENOUGH_RECALL) break;
    }
    if (deps.unwanted()) return;
    if (best !== null) await writeFile(path, JSON.stringify(best));
    verdict = Promise.resolve(best);
  }

  async function recallOf(
    queries: readonly Float32Array[],
    wanted: readonly ReadonlySet<string>[],
    as: Verdict,
  ): Promise<number[]> {
    const shares: number[] = [];
    for (const [at, query] of queries.entries()) {
      const answer = await askIndex(table, query, ASKED, as).select(['photoId', '_distance']).toArrow();
      const first = idsOf(answer).slice(0, COUNTED);
      const truth = wanted[at] ?? new Set();
      shares.push(truth.size === 0 ? 1 : first.filter((id) => truth.has(id)).length / truth.size);
    }
    return shares;
  }

  async function ownProbes(): Promise<Float32Array[]> {
    const offsets = chooseOffsets(AT_PHOTOS + BETWEEN_PHOTOS, count(), SEED);
    const matrix = matrixOf(await table.takeOffsets(offsets).select(['vector']).toArrow(), dimensions);
    const row = (at: number) => matrix.slice(at * dimensions, (at + 1) * dimensions);
    const probes = offsets.map((_, at) => row(at));
    return probes.map((probe, at) => {
      const other = probes[at + AT_PHOTOS];
      return other === undefined ? probe : probe.map((value, i) => value + (other[i] ?? 0));
    });
  }

  function tend(): void {
    again = true;
    work ??= run().finally(() => {
      work = null;
    });
  }

  async function run(): Promise<void> {
    while (again && !deps.unwanted()) {
      again = false;
      // A write may have come between, and the index is a convenience: searches go on without it. It is tried again
      // when the table is next written to.
      await look().catch(() => undefined);
    }
  }

  return {
    verdict: async () => {
      const found = await known();
      return found !== null && found.recall >= LEAST_RECALL ? found : null;
    },
    tend,
    idle: async () => {
      await work;
    },
    building: () => work !== null,
    distrust() {
      verdict = Promise.resolve(null);
      void deps
        .exclusively(async () => {
          await rm(path, { force: true });
          await table.dropIndex(VECTOR_INDEX);
        })
        .then(tend, () => undefined);
    },
    probes(queries) {
      given = queries.slice(0, GIVEN);
    },
  };
}

/**
 * The query, without its columns, for `k` rows or more: what was measured holds for a long list, of which a short one is
 * the front. Rows that are not in the index are compared one by one.
 */
export function askIndex(table: Table, query: Float32Array, k: number, { trained, probing }: Verdict) {
  return table
    .query()
    .nearestTo(query)
    .distanceType('cosine')
    .nprobes(Math.max(1, Math.ceil(partitionsFor(trained) * probing.share)))
    .refineFactor(probing.refine)
    .limit(Math.max(k, ASKED));
}

/** 1 for none: nothing was missed. */
function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Square root of the rows, LanceDB's own rule. */
function partitionsFor(rows: number): number {
  return Math.max(1, Math.round(Math.sqrt(rows)));
}

async function readVerdict(path: string): Promise<Verdict | null> {
  try {
    const { rows, trained, recall, given, probing } = JSON.parse(await readFile(path, 'utf8'));
    const whole = [rows, trained, recall, given, probing.share, probing.refine].every(Number.isFinite);
    return whole ? { rows, trained, recall, given, probing } : null;
  } catch {
    return null;
  }
}
