// The pass that compares what is new with everything: signatures, candidates, pixels, verdicts on record. In small
// steps, so that the library answers meanwhile; what was verified once is never verified again.
import type { Catalog, ContentKey, DuplicateFile, StoredPair } from '@semblance/catalog';
import {
  BURST_MS,
  DELETABLE,
  type Likeness,
  type LikenessEdge,
  type ShotFacts,
  SIGNATURE_VERSION,
  weigh,
} from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';
import { inWindow } from '../in-window.ts';
import type { Judgement } from './duplicates-facts.ts';
import { JUDGEMENT_VERSION, PAIR_VERSION, pairName } from './duplicates-groups.ts';
import { breathe, type Candidate, createCandidateIndex, type Fresh } from './duplicates-index.ts';

interface FinderState {
  state: 'idle' | 'running' | 'failed';
  done: number;
  total: number;
  problem: string | null;
}

/** What the groups made so far still need. */
interface Wanted {
  open: readonly LikenessEdge[];
  /** Contents whose files are compared with others of their group. */
  judge: readonly ContentKey[];
}

export interface Finder {
  state(): FinderState;
  /** @param wanted asked after the pairs are verified, until nothing is open */
  run(wanted: () => Wanted): Promise<void>;
  /** Finishes the pair in hand and stops for good. */
  dispose(): Promise<void>;
}

export interface FinderDeps {
  catalog: Catalog;
  vectors: VectorTable;
  modelKey: string;
  compute: ComputeClient;
  /** Begins, ends; how far it is, `state` says. */
  onChange: () => void;
}

const SIGNED_AT_ONCE = 64;
/** Photos whose verdicts are recorded together. */
const COMPARED_AT_ONCE = 200;
/** Photos whose neighbours in time are asked for together, and how many of each are looked at. */
const SHOTS_AT_ONCE = 20;
const SHOTS = 6;
/** Calls to the compute process under way: it works on one while the next is read. */
const WINDOW = 3;
/** Milliseconds of thinking before others have the thread. */
const TURN_MS = 10;
const MOST_ROUNDS = 8;

export function createFinder(deps: FinderDeps): Finder {
  const { catalog, vectors, compute } = deps;
  const tag = `${SIGNATURE_VERSION}.${PAIR_VERSION} ${deps.modelKey}`;
  const index = createCandidateIndex(catalog, vectors);
  const closing = new AbortController();
  let state: FinderState = { state: 'idle', done: 0, total: 0, problem: null };
  let running: Promise<void> | null = null;

  const tell = (change: Partial<FinderState>): void => {
    const turned = change.state !== undefined && change.state !== state.state;
    state = { ...state, ...change };
    if (turned) deps.onChange();
  };

  /** Of photos that came before there were signatures. */
  async function sign(): Promise<void> {
    const skip = new Set<ContentKey>();
    while (!closing.signal.aborted) {
      const photos = catalog.missingSignatures(SIGNATURE_VERSION, SIGNED_AT_ONCE, [...skip]);
      if (photos.length === 0) return;
      await inWindow(photos, WINDOW, async ({ content, contentHash, path }) => {
        const signed = await compute.call('signPhoto', [{ path, contentHash }]).catch(survive);
        if (signed?.ok) catalog.saveSignature(contentHash, SIGNATURE_VERSION, signed.signature);
        else skip.add(content);
      });
    }
  }

  /** Candidates of the next photos are looked for while pixels are compared: those are another process's work. */
  async function compareNew(fresh: readonly Fresh[]): Promise<void> {
    const joined = createJoined(catalog.pairs(PAIR_VERSION, DELETABLE));
    tell({ done: 0, total: fresh.length });
    let verified: Promise<void> = Promise.resolve();
    let underWay: readonly Candidate[] = [];
    for (let at = 0; at < fresh.length && !closing.signal.aborted; at += COMPARED_AT_ONCE) {
      const batch = fresh.slice(at, at + COMPARED_AT_ONCE);
      // Whoever awaits it is told when it fails.
      verified.catch(() => undefined);
      const candidates = await candidatesOf(batch, underWay);
      await verified;
      underWay = candidates;
      verified = compareBatch(batch, candidates, joined).then(() => {
        if (!closing.signal.aborted) tell({ done: Math.min(fresh.length, at + COMPARED_AT_ONCE) });
      });
    }
    await verified;
  }

  /** @param underWay pairs that are not on record yet */
  async function candidatesOf(batch: readonly Fresh[], underWay: readonly Candidate[]): Promise<Candidate[]> {
    const contents = batch.map((row) => row.content);
    const stored = catalog.pairs(PAIR_VERSION, null, contents);
    const known = new Set([...stored, ...underWay].map(({ a, b }) => pairName(a, b)));
    const candidates: Candidate[] = [];
    let breathed = performance.now();
    for (let at = 0; at < contents.length && !closing.signal.aborted; at += SHOTS_AT_ONCE) {
      const some = contents.slice(at, at + SHOTS_AT_ONCE);
      const shots = catalog.shotsAround(some, BURST_MS, SHOTS);
      for (const content of some) {
        const isNew = (other: ContentKey): boolean => !known.has(pairName(content, other));
        for (const candidate of index.candidates(content, shots.get(content) ?? [], isNew)) {
          known.add(pairName(candidate.a, candidate.b));
          candidates.push(candidate);
        }
        if (performance.now() - breathed < TURN_MS) continue;
        await breathe();
        breathed = performance.now();
      }
    }
    return candidates;
  }

  async function compareBatch(
    batch: readonly Fresh[],
    candidates: readonly Candidate[],
    joined: Joined,
  ): Promise<void> {
    const verdicts = await verify(candidates, joined);
    // Without its vector a photo is looked at once more when it has one.
    const whole = closing.signal.aborted ? [] : batch.filter((row) => vectors.ids().has(row.photoId));
    catalog.savePairs(verdicts, PAIR_VERSION, { contents: whole.map((row) => row.content), as: tag });
  }

  /** @param joined copies of the same photo need not be compared with one another: each will be with the one that stays */
  async function verify(candidates: readonly Candidate[], joined: Joined | null): Promise<StoredPair[]> {
    const files = Map.groupBy(
      catalog.duplicateFiles([...new Set(candidates.flatMap(({ a, b }) => [a, b]))]),
      (file) => file.content,
    );
    const verdicts: StoredPair[] = [];
    await inWindow(candidates, WINDOW, async (candidate) => {
      if (closing.signal.aborted) return;
      const { a, b } = candidate;
      const [left, right] = [files.get(a)?.[0], files.get(b)?.[0]];
      if (left === undefined || right === undefined || joined?.together(a, b)) return;
      const likeness = await likenessOf(candidate, left, right);
      if (likeness === null) return;
      const shots = [shotOf(files.get(a) ?? []), shotOf(files.get(b) ?? [])] as const;
      const weighed = weigh(likeness, shots[0], shots[1], candidate);
      if (DELETABLE.includes(weighed.kind)) joined?.join(a, b);
      // What was not looked at pixel by pixel and is nothing is not worth a line.
      if (weighed.kind !== 'none' || candidate.compare)
        verdicts.push({ a, b, kind: weighed.kind, likeness: weighed });
    });
    return verdicts;
  }

  /** In the order of the keys, so that a pair has one answer. Null when it could not be looked at now. */
  async function likenessOf(
    candidate: Candidate,
    a: DuplicateFile,
    b: DuplicateFile,
  ): Promise<Likeness | null> {
    const nothing: Likeness = { kind: 'none', ofA: [], ofB: [], difference: null };
    if (!candidate.compare) return nothing;
    const answer = await compute.call('comparePhotos', [sendable(a), sendable(b)]).catch(survive);
    // A pair that ends the process is not tried again.
    if (answer === null) return nothing;
    return answer.ok ? answer.likeness : null;
  }

  /** What is measured may change which one stays, and that needs other pairs: until nothing is left to do. */
  async function complete(wanted: () => Wanted): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS && !closing.signal.aborted; round++) {
      const { open, judge } = wanted();
      const judged = await judgeAll(judge);
      if (open.length === 0 && judged === 0) return;
      const pairs = open.map(({ a, b }) => index.between(a, b));
      catalog.savePairs(await verify(pairs, null), PAIR_VERSION);
    }
  }

  async function judgeAll(judge: readonly ContentKey[]): Promise<number> {
    const contents = [...new Set(judge)];
    const known = catalog.judgements(contents, JUDGEMENT_VERSION);
    const missing = contents.filter((content) => !known.has(content));
    let count = 0;
    for (let at = 0; at < missing.length && !closing.signal.aborted; at += COMPARED_AT_ONCE) {
      const files = catalog.duplicateFiles(missing.slice(at, at + COMPARED_AT_ONCE));
      const first = new Map(files.map((file) => [file.content, file.path]));
      const judgements = new Map<ContentKey, Judgement>();
      await inWindow([...first], WINDOW, async ([content, path]) => {
        if (closing.signal.aborted) return;
        const judged = await compute.call('judgeFile', [path]).catch(survive);
        judgements.set(
          content,
          judged ?? { detail: null, sharpness: null, exposure: null, compression: null },
        );
      });
      catalog.saveJudgements(judgements, JUDGEMENT_VERSION);
      count += first.size;
    }
    return count;
  }

  async function run(wanted: () => Wanted): Promise<void> {
    tell({ state: 'running', done: 0, total: 0, problem: null });
    try {
      await sign();
      await compareNew(await index.load(tag));
      await complete(wanted);
      tell({ state: 'idle' });
    } catch (error) {
      if (closing.signal.aborted) return;
      tell({ state: 'failed', problem: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  return {
    state: () => state,
    run(wanted) {
      running ??= run(wanted).finally(() => {
        running = null;
      });
      return running;
    },
    async dispose() {
      closing.abort();
      await running?.catch(() => undefined);
    },
  };
}

/** A dead process is a fact of the picture, not of the pass. */
function survive(error: unknown): null {
  if (error instanceof ComputeGone) return null;
  throw error;
}

function sendable({ contentHash, path, width, height, format }: DuplicateFile) {
  return { contentHash, path, width, height, format };
}

function shotOf(files: readonly DuplicateFile[]): ShotFacts {
  const [first] = files;
  return {
    camera: first?.camera ?? null,
    dated: first?.dated ?? false,
    takenAt: first?.takenAt ?? 0,
    width: first?.width ?? 0,
    height: first?.height ?? 0,
    names: files.map((file) => file.relPath.replace(/^.*\//, '').replace(/\.[^.]*$/, '')),
  };
}

interface Joined {
  join(a: ContentKey, b: ContentKey): void;
  together(a: ContentKey, b: ContentKey): boolean;
}

/** Union-find over verified copies. */
function createJoined(pairs: readonly LikenessEdge[]): Joined {
  const leaders = new Map<ContentKey, ContentKey>();
  const leaderOf = (content: ContentKey): ContentKey => {
    let at = content;
    for (let up = leaders.get(at); up !== undefined; up = leaders.get(at)) at = up;
    return at;
  };
  const join = (a: ContentKey, b: ContentKey): void => {
    const [left, right] = [leaderOf(a), leaderOf(b)];
    if (left !== right) leaders.set(left, right);
  };
  for (const { a, b } of pairs) join(a, b);
  return { join, together: (a, b) => leaderOf(a) === leaderOf(b) };
}
