// Two models on this library's own labels and searches, before anything is switched: a sample of photos is embedded by
// both, and nothing of it is kept.
import type { Catalog } from '@semblance/catalog';
import type { ComparedModel, ModelComparison, ModelInfo, PhotoId } from '@semblance/contract';
import { dot, randomNumbers, shuffled } from '@semblance/core';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';
import { inWindow } from '../in-window.ts';
import { createLabelTexts } from '../services/label-texts.ts';

export interface Side {
  info: ModelInfo;
  /** Embeds pictures and texts. */
  compute: ComputeClient;
  /** Vectors that are there already. */
  known: (ids: readonly PhotoId[]) => Promise<ReadonlyMap<PhotoId, Float32Array>>;
}

export interface CompareDeps {
  catalog: Catalog;
  /** Latest first. */
  recent: readonly string[];
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}

/** Photos of labels that are looked at, per label and altogether; and others, that labels are told apart from. */
const PER_LABEL = 20;
const MOST_LABELLED = 160;
const OTHERS = 160;
/** Average precision over fewer says nothing. */
const LEAST_PER_LABEL = 3;
const MOST_SEARCHES = 12;
const BEST = 10;
/** Pictures that the speed is measured on, after a few to warm up. */
const TIMED = 24;
const WARM_UP = 4;
const WINDOW = 8;
const SEED = 1;

interface Taught {
  id: number;
  name: string;
  descriptions: readonly string[];
  yes: ReadonlySet<PhotoId>;
  /** Tagged, suggested or refused: nobody knows, or they do not show it for sure. */
  unsure: ReadonlySet<PhotoId>;
}

export async function compareModels(deps: CompareDeps, a: Side, b: Side): Promise<ModelComparison> {
  const { catalog, recent, signal, onProgress } = deps;
  const taught = taughtLabels(catalog);
  const photos = sampleOf(catalog, taught);
  let done = 0;
  const tick = (count: number): void => {
    done += count;
    onProgress(done, 2 * photos.length);
  };
  const left = await embedAll(catalog, a, photos, signal, tick);
  const right = await embedAll(catalog, b, photos, signal, tick);
  const both = photos.filter((id) => left.vectors.has(id) && right.vectors.has(id));
  const judged = taught.filter(({ yes }) => both.filter((id) => yes.has(id)).length >= LEAST_PER_LABEL);
  const texts = recent.length > 0 ? recent.slice(0, MOST_SEARCHES) : taught.map(({ name }) => name);
  const [ofA, ofB] = [
    await ranked(a, left.vectors, both, judged, texts),
    await ranked(b, right.vectors, both, judged, texts),
  ];
  const best = Math.min(BEST, both.length);
  const searches = texts.slice(0, MOST_SEARCHES).map((text, i) => {
    const other = new Set(ofB.searches[i]?.slice(0, best));
    const shared = (ofA.searches[i] ?? []).slice(0, best).filter((id) => other.has(id)).length;
    return { text, agreement: best === 0 ? 0 : shared / best };
  });
  const labels = judged.map(({ id, name, yes }, i) => ({
    id,
    name,
    photos: both.filter((photo) => yes.has(photo)).length,
    a: ofA.precisions[i] ?? 0,
    b: ofB.precisions[i] ?? 0,
  }));
  const [factsA, factsB] = [await a.compute.model(), await b.compute.model()];
  return {
    a: summary(a, left.imagesPerSecond, ofA),
    b: summary(b, right.imagesPerSecond, ofB),
    samePictures: factsA?.imageKey !== undefined && factsA.imageKey === factsB?.imageKey,
    photos: both.length,
    labels,
    searches,
    agreement: searches.length === 0 ? null : mean(searches.map(({ agreement }) => agreement)),
  };
}

function taughtLabels(catalog: Catalog): Taught[] {
  return catalog.labels().map(({ id, name, descriptions }) => {
    const rows = catalog.labelRows(id);
    return {
      id,
      name,
      descriptions: descriptions.length > 0 ? descriptions : [name],
      yes: new Set(rows.flatMap(({ photoId, verdict }) => (verdict === 'yes' ? [photoId] : []))),
      unsure: new Set(
        rows.flatMap(({ photoId, verdict, finding }) =>
          verdict === null && finding !== null ? [photoId] : [],
        ),
      ),
    };
  });
}

/** The same library gives the same sample. */
function sampleOf(catalog: Catalog, taught: readonly Taught[]): PhotoId[] {
  const random = randomNumbers(SEED);
  const pick = (ids: readonly PhotoId[], count: number): PhotoId[] =>
    [...shuffled(ids.length, random)].slice(0, count).flatMap((at) => ids[at] ?? []);
  const visible = new Set(catalog.photoIds({ kind: 'all' }));
  const labelled = new Set<PhotoId>();
  for (const { yes } of taught) {
    for (const id of pick([...yes].filter((photo) => visible.has(photo)).sort(), PER_LABEL)) {
      if (labelled.size < MOST_LABELLED) labelled.add(id);
    }
  }
  const rest = [...visible].filter((id) => !labelled.has(id)).sort();
  return [...labelled, ...pick(rest, OTHERS)];
}

async function embedAll(
  catalog: Catalog,
  { compute, known }: Side,
  photos: readonly PhotoId[],
  signal: AbortSignal,
  tick: (count: number) => void,
): Promise<{ vectors: Map<PhotoId, Float32Array>; imagesPerSecond: number | null }> {
  const vectors = new Map(await known(photos));
  const timed = photos.slice(0, TIMED + WARM_UP);
  tick(photos.filter((id) => vectors.has(id) && !timed.includes(id)).length);
  const embed = async (id: PhotoId): Promise<number> => {
    signal.throwIfAborted();
    const vector = await embedOne(catalog, compute, id);
    if (vector !== null) vectors.set(id, vector);
    tick(1);
    return vector === null ? 0 : 1;
  };
  for (const id of timed.slice(0, WARM_UP)) await embed(id);
  const started = performance.now();
  const read = await inWindow(timed.slice(WARM_UP), WINDOW, embed);
  const seconds = (performance.now() - started) / 1000;
  await inWindow(
    photos.filter((id) => !timed.includes(id) && !vectors.has(id)),
    WINDOW,
    embed,
  );
  const count = read.reduce((sum, one) => sum + one, 0);
  return { vectors, imagesPerSecond: count === 0 ? null : count / seconds };
}

async function embedOne(catalog: Catalog, compute: ComputeClient, id: PhotoId): Promise<Float32Array | null> {
  const file = catalog.pathOf(id);
  if (file === null) return null;
  try {
    const result = await compute.call('embedImage', [file.path]);
    return result.ok ? result.embedding : null;
  } catch (error) {
    if (!(error instanceof ComputeGone)) throw error;
    return null;
  }
}

interface RankedAll {
  /** Photos, best first, for each text. */
  searches: PhotoId[][];
  /** Average precision of each label. */
  precisions: number[];
  textMilliseconds: number;
}

async function ranked(
  { compute }: Side,
  vectors: ReadonlyMap<PhotoId, Float32Array>,
  photos: readonly PhotoId[],
  labels: readonly Taught[],
  texts: readonly string[],
): Promise<RankedAll> {
  const ensemble = createLabelTexts(compute);
  const rank = (text: Float32Array, among: readonly PhotoId[]): PhotoId[] =>
    among
      .map((id) => ({ id, cosine: dot(vectors.get(id) ?? new Float32Array(text.length), text) }))
      .sort((a, b) => b.cosine - a.cosine)
      .map(({ id }) => id);
  // The text tower is loaded by the first one.
  await compute.call('embedText', ['photo']);
  const milliseconds: number[] = [];
  const searches: PhotoId[][] = [];
  for (const text of texts) {
    const started = performance.now();
    const { embedding } = await compute.call('embedText', [text]);
    milliseconds.push(performance.now() - started);
    searches.push(rank(embedding, photos));
  }
  const precisions: number[] = [];
  for (const { descriptions, yes, unsure } of labels) {
    const among = photos.filter((id) => !unsure.has(id));
    const perText: number[] = [];
    for (const text of descriptions) {
      perText.push(averagePrecision(rank(await ensemble.embed(text), among), yes));
    }
    precisions.push(mean(perText));
  }
  return { searches, precisions, textMilliseconds: median(milliseconds) };
}

function averagePrecision(order: readonly PhotoId[], right: ReadonlySet<PhotoId>): number {
  let found = 0;
  let sum = 0;
  order.forEach((id, at) => {
    if (!right.has(id)) return;
    found += 1;
    sum += found / (at + 1);
  });
  return found === 0 ? 0 : sum / found;
}

function summary({ info }: Side, imagesPerSecond: number | null, of: RankedAll): ComparedModel {
  const { id, name, bytes, dimensions, languages } = info;
  return {
    id,
    name,
    bytes,
    dimensions,
    languages,
    imagesPerSecond,
    textMilliseconds: of.textMilliseconds,
    meanAveragePrecision: of.precisions.length === 0 ? null : mean(of.precisions),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
