// What a label has learnt: its words, and a head fitted to its examples, weighed against each other. Fitted anew in
// milliseconds whenever it is needed; nothing of it is stored.
import type { LibraryShape } from './labels-library.ts';
import { clamp, type Gaussian, median, spreadBelow } from './ranking-statistics.ts';
import { dot } from './vectors.ts';

export interface LabelTexts {
  /** Unit vectors; a photo fits when it fits one of them. At least one. */
  descriptions: readonly Float32Array[];
  /** What looks alike and is not meant. */
  exclusions: readonly Float32Array[];
}

export interface LabelExamples {
  yes: readonly Float32Array[];
  no: readonly Float32Array[];
}

/** Unit vectors, wherever and however they are kept. */
export interface Rows {
  /** Inner products of a direction with the rows `from` to `to`, written to the same places of `out`. */
  dots(direction: Float32Array, from: number, to: number, out: Float32Array): void;
}

export interface LabelRule {
  /** Raw scores of the rows `from` to `to`, written to the same places of `out`. */
  score(vectors: Rows, from: number, to: number, out: Float32Array): void;
  /** Raw scores of the examples as if each had not been one, in order; of the first 200 of each kind. */
  leftOut: { yes: number[]; no: number[] };
  /** Weights of words and examples. */
  weights: { words: number; examples: number };
}

// Chosen on e2e/eval/results/labels.md; the table there says how flat the choice is.
/** Share of the no examples' mean that is taken off the yes examples'. */
const NO_WEIGHT = 0.15;
/** Before any example: how far an example is expected to lie from the middle, in standard deviations, by its words ... */
const USUAL_WORDS = 1.7;
/** ... and by a head that was fitted without it ... */
const USUAL_HEAD = 1;
/** ... and how many examples' worth of evidence that is. */
const USUAL_WEIGHT = 10;
/** A head fitted to one example cannot be tried on another. */
const HEAD_OF_ONE = 0.75;
/** Share of the library before the examples by words alone: up to the first examples change nothing, ... */
const FOUND = 0.026;
/** ... and from the second on they have their full weight. */
const MISSED = 0.055;
const MOST_LEFT_OUT = 200;

/**
 * Words: z-scores against the library, the best of the descriptions; where an exclusion fits better than they do, the
 * difference is taken off.
 *
 * Examples: a ridge probe on the embeddings with the library itself as the other class. Least squares with the
 * library's covariance is linear discriminant analysis, which needs no training loop and is hard to beat with few
 * examples (Wang et al., "A Hard-to-Beat Baseline for Training-Free CLIP-Based Adaptation", ICLR 2024, arXiv 2402.04087).
 *
 * Both are scores of known spread and correlation on the library, so the weights that set the examples apart best are
 * Fisher's: inverse correlation times how far the examples lie out. For the head that distance is measured leaving
 * each example out, and for both it is drawn towards what is usual: one example says little of how good a head is.
 *
 * Where words alone already put the examples before nearly everything, there is little to win and much to lose: a head
 * that merely resembles them would push right photos down. There the weights are turned back towards the words.
 */
export function fitRule(texts: LabelTexts, examples: LabelExamples, shape: LibraryShape): LabelRule {
  const words = fitWords(texts, shape);
  if (examples.yes.length === 0) {
    return {
      score: words.score,
      leftOut: { yes: [], no: examples.no.slice(0, MOST_LEFT_OUT).map((x) => one(words.score, x)) },
      weights: { words: 1, examples: 0 },
    };
  }
  const head = fitHead(examples, shape);
  const wordsOnSample = scoresOf(words.score, shape);
  const headOnSample = new Float32Array(shape.count);
  plainRows(shape.sample, shape.dimensions).dots(head.direction, 0, shape.count, headOnSample);
  const a = moments(wordsOnSample);
  const b = moments(headOnSample);
  let r = 0;
  for (let i = 0; i < shape.count; i++) {
    r += (((wordsOnSample[i] ?? 0) - a.centre) / a.spread) * (((headOnSample[i] ?? 0) - b.centre) / b.spread);
  }
  r = clamp(r / Math.max(1, shape.count), -0.95, 0.95);

  const byWords = (x: Float32Array): number => (one(words.score, x) - a.centre) / a.spread;
  const byHead = (value: number): number => (value - b.centre) / b.spread;
  const yes = examples.yes.slice(0, MOST_LEFT_OUT);
  const no = examples.no.slice(0, MOST_LEFT_OUT);
  const yesByHead = yes.map((x) => head.leftOutYes(x)).map((v) => (v === null ? HEAD_OF_ONE : byHead(v)));
  const n = yes.length;
  const reachOfWords = drawn(sum(yes.map(byWords)), n, USUAL_WORDS);
  const reachOfHead = n < 2 ? HEAD_OF_ONE : drawn((sum(yesByHead) * (n - 1)) / n, n - 1, USUAL_HEAD);
  const left = 1 - r * r;
  let w = Math.max(0, (reachOfWords - r * reachOfHead) / left);
  let h = Math.max(0, (reachOfHead - r * reachOfWords) / left);
  if (w === 0 && h === 0) w = 1;
  const angle =
    Math.atan2(h, w) *
    needOfExamples(
      yes.map((x) => one(words.score, x)),
      wordsOnSample,
    );
  const length = Math.hypot(w, h);
  [w, h] = [length * Math.cos(angle), length * Math.sin(angle)];

  const scratch = new Float32Array(0);
  let rows = scratch;
  return {
    score(vectors, from, to, out) {
      words.score(vectors, from, to, out);
      if (rows.length < to) rows = new Float32Array(Math.max(to, out.length));
      vectors.dots(head.direction, from, to, rows);
      for (let i = from; i < to; i++) {
        out[i] = (w * ((out[i] ?? 0) - a.centre)) / a.spread + h * byHead(rows[i] ?? 0);
      }
    },
    leftOut: {
      yes: yes.map((x, i) => w * byWords(x) + h * (yesByHead[i] ?? 0)),
      no: no.map((x) => w * byWords(x) + h * byHead(head.leftOutNo(x))),
    },
    weights: { words: w, examples: h },
  };
}

type Score = LabelRule['score'];

/** 0 where words find the examples, 1 where they do not. Roots, so that neither one far off nor one right in front decides. */
function needOfExamples(examples: readonly number[], sample: Float32Array): number {
  const roots = examples.map((own) => {
    let before = 1;
    for (const score of sample) if (score > own) before += 1;
    return Math.sqrt(before / Math.max(1, sample.length));
  });
  const share = (sum(roots) / Math.max(1, roots.length)) ** 2;
  return clamp(Math.log(share / FOUND) / Math.log(MISSED / FOUND), 0, 1);
}

function fitWords({ descriptions, exclusions }: LabelTexts, shape: LibraryShape): { score: Score } {
  const sample = plainRows(shape.sample, shape.dimensions);
  const measure = (text: Float32Array): { text: Float32Array } & Gaussian => {
    const cosines = new Float32Array(shape.count);
    sample.dots(text, 0, shape.count, cosines);
    const sorted = cosines.sort();
    const centre = median(sorted);
    const spread = spreadBelow(sorted, centre);
    return { text, centre, spread: spread > 1e-6 ? spread : 1 };
  };
  const wanted = descriptions.map(measure);
  const unwanted = exclusions.map(measure);
  let best = new Float32Array(0);
  let cosines = new Float32Array(0);

  function fitOf(texts: typeof wanted, vectors: Rows, from: number, to: number, into: Float32Array): void {
    into.fill(Number.NEGATIVE_INFINITY, from, to);
    for (const { text, centre, spread } of texts) {
      vectors.dots(text, from, to, cosines);
      for (let i = from; i < to; i++) into[i] = Math.max(into[i] ?? 0, ((cosines[i] ?? 0) - centre) / spread);
    }
  }

  return {
    score(vectors, from, to, out) {
      if (cosines.length < to) cosines = new Float32Array(Math.max(to, out.length));
      fitOf(wanted, vectors, from, to, out);
      if (unwanted.length === 0) return;
      if (best.length < to) best = new Float32Array(Math.max(to, out.length));
      fitOf(unwanted, vectors, from, to, best);
      for (let i = from; i < to; i++) out[i] = (out[i] ?? 0) - Math.max(0, (best[i] ?? 0) - (out[i] ?? 0));
    },
  };
}

interface Head {
  /** Score of a photo, up to a constant: its dot product with this. */
  direction: Float32Array;
  /** The score of an example had it not been one; null when it is the only one. */
  leftOutYes(x: Float32Array): number | null;
  leftOutNo(x: Float32Array): number;
}

function fitHead({ yes, no }: LabelExamples, shape: LibraryShape): Head {
  const towards = shape.whiten(meanOffset(yes, shape));
  const away = no.length === 0 ? new Float32Array(shape.dimensions) : shape.whiten(meanOffset(no, shape));
  const direction = towards.map((value, i) => value - NO_WEIGHT * (away[i] ?? 0));
  /** What an example adds to its own score, times the number of examples. */
  const own = (x: Float32Array): number => {
    const centred = x.map((value, i) => value - (shape.mean[i] ?? 0));
    return dot(centred, shape.whiten(centred));
  };
  // A mean of n without one of them: (n * mean - that one) / (n - 1). Scores here are not centred, offsets are.
  const centredDot = (direction: Float32Array, x: Float32Array): number =>
    dot(direction, x) - dot(direction, shape.mean);
  const middle = dot(direction, shape.mean);
  return {
    direction,
    leftOutYes(x) {
      const n = yes.length;
      if (n < 2) return null;
      const rest = (centredDot(towards, x) * n - own(x)) / (n - 1);
      return middle + rest - NO_WEIGHT * centredDot(away, x);
    },
    leftOutNo(x) {
      const n = no.length;
      const rest = n < 2 ? 0 : (centredDot(away, x) * n - own(x)) / (n - 1);
      return middle + centredDot(towards, x) - NO_WEIGHT * rest;
    },
  };
}

function meanOffset(examples: readonly Float32Array[], { mean, dimensions }: LibraryShape): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const example of examples) {
    for (let i = 0; i < dimensions; i++) sums[i] = (sums[i] ?? 0) + (example[i] ?? 0);
  }
  return Float32Array.from(sums, (total, i) => total / examples.length - (mean[i] ?? 0));
}

/** Rows of a row-major matrix. Four sums at a time: twice as fast as one in V8. */
export function plainRows(vectors: Float32Array, dimensions: number): Rows {
  const four = dimensions - (dimensions % 4);
  return {
    dots(direction, from, to, out) {
      for (let row = from; row < to; row++) {
        const at = row * dimensions;
        let a = 0;
        let b = 0;
        let c = 0;
        let e = 0;
        for (let i = 0; i < four; i += 4) {
          a += (vectors[at + i] as number) * (direction[i] as number);
          b += (vectors[at + i + 1] as number) * (direction[i + 1] as number);
          c += (vectors[at + i + 2] as number) * (direction[i + 2] as number);
          e += (vectors[at + i + 3] as number) * (direction[i + 3] as number);
        }
        for (let i = four; i < dimensions; i++) a += (vectors[at + i] as number) * (direction[i] as number);
        out[row] = a + b + c + e;
      }
    },
  };
}

/** Raw scores of a library's sample. */
export function scoresOf(score: Score, { sample, dimensions, count }: LibraryShape): Float32Array {
  const out = new Float32Array(count);
  score(plainRows(sample, dimensions), 0, count, out);
  return out;
}

function one(score: Score, vector: Float32Array): number {
  const out = new Float32Array(1);
  score(plainRows(vector, vector.length), 0, 1, out);
  return out[0] ?? 0;
}

function moments(values: Float32Array): Gaussian {
  const centre = values.length === 0 ? 0 : sum(values) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  const spread = Math.sqrt(squares / Math.max(1, values.length));
  return { centre, spread: spread > 1e-9 ? spread : 1 };
}

/** A mean of `n` values drawn towards what is usual. */
function drawn(total: number, n: number, usual: number): number {
  return (total + USUAL_WEIGHT * usual) / (n + USUAL_WEIGHT);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
