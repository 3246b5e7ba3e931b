// Labels learnt on made-up libraries whose truth is known.
import { describe, expect, test } from 'vitest';
import {
  agreement,
  calibrateLabel,
  chooseQuestions,
  descendingRows,
  dot,
  fitRule,
  type LibraryShape,
  normalise,
  plainRows,
  scoresOf,
  summarizeLibrary,
  thresholdFor,
  topOf,
} from '../src/index.ts';

const D = 24;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** Photos around a common direction; every tenth shows the thing, which lies along axis 0 and, unsaid by any word, axis 1. */
function library(count = 400): {
  shape: LibraryShape;
  rows: Float32Array[];
  shows: boolean[];
  matrix: Float32Array;
} {
  const next = random(7);
  const normal = (): number => (next() + next() + next() + next() - 2) * Math.sqrt(3);
  const shows = Array.from({ length: count }, (_, i) => i % 10 === 0);
  const rows = shows.map((thing) =>
    normalise(
      Float32Array.from({ length: D }, (_, i) => {
        const common = i === D - 1 ? 3 : 0;
        return common + (thing && i === 0 ? 1.2 : 0) + (thing && i === 1 ? 2.5 : 0) + normal() * 0.6;
      }),
    ),
  );
  const matrix = new Float32Array(count * D);
  for (const [i, row] of rows.entries()) matrix.set(row, i * D);
  return { shape: summarizeLibrary(matrix, D), rows, shows, matrix };
}

const axis = (at: number): Float32Array => Float32Array.from({ length: D }, (_, i) => (i === at ? 1 : 0));
const words = { descriptions: [axis(0)], exclusions: [] };

function precisionAt(scores: Float32Array, shows: readonly boolean[], count: number): number {
  return [...descendingRows(scores)].slice(0, count).filter((row) => shows[row]).length / count;
}

describe('fitRule', () => {
  const { shape, rows, shows, matrix } = library();
  const yes = rows.filter((_, i) => shows[i]).slice(0, 5);
  const scores = (rule: ReturnType<typeof fitRule>): Float32Array => {
    const out = new Float32Array(rows.length);
    rule.score(plainRows(matrix, D), 0, rows.length, out);
    return out;
  };

  test('examples teach what the words do not say', () => {
    const alone = scores(fitRule(words, { yes: [], no: [] }, shape));
    const taught = scores(fitRule(words, { yes, no: [] }, shape));
    expect(precisionAt(alone, shows, 40)).toBeLessThan(0.6);
    expect(precisionAt(taught, shows, 40)).toBeGreaterThan(0.75);
  });

  test('words that are right are not given up for examples that have nothing in common', () => {
    const good = {
      descriptions: [normalise(axis(0).map((v, i) => v + (axis(1)[i] ?? 0) * 2))],
      exclusions: [],
    };
    const noise = rows.filter((_, i) => !shows[i]).slice(0, 5);
    const rule = fitRule(good, { yes: noise, no: [] }, shape);
    const before = precisionAt(scores(fitRule(good, { yes: [], no: [] }, shape)), shows, 30);
    expect(precisionAt(scores(rule), shows, 30)).toBeGreaterThan(before - 0.1);
    expect(rule.weights.words).toBeGreaterThan(rule.weights.examples);
  });

  test('examples that the words put before all others change nothing', () => {
    const good = { descriptions: [normalise(axis(1))], exclusions: [] };
    const alone = scores(fitRule(good, { yes: [], no: [] }, shape));
    const best = [...descendingRows(alone)].slice(0, 3).map((row) => rows[row] ?? axis(0));
    const rule = fitRule(good, { yes: best, no: [] }, shape);
    expect(rule.weights.examples).toBe(0);
    expect([...descendingRows(scores(rule))]).toEqual([...descendingRows(alone)]);
  });

  test('an example scores lower when it is left out than as one', () => {
    const rule = fitRule(words, { yes, no: rows.slice(1, 4) }, shape);
    const all = scores(rule);
    yes.forEach((example, i) => {
      expect(rule.leftOut.yes[i]).toBeLessThan(all[rows.indexOf(example)] ?? 0);
    });
    expect(rule.leftOut.no).toHaveLength(3);
  });

  test('leaving out is what fitting without the example gives', () => {
    const [first = axis(0), ...others] = yes;
    const raw = (examples: Float32Array[]): number => {
      // Words and head side by side: with no weight on words the rule is the head alone, up to scale.
      const head = shape.whiten(
        Float32Array.from({ length: D }, (_, i) => {
          const mean = examples.reduce((sum, x) => sum + (x[i] ?? 0), 0) / examples.length;
          return mean - (shape.mean[i] ?? 0);
        }),
      );
      return dot(head, first) - dot(head, shape.mean);
    };
    const centred = first.map((value, i) => value - (shape.mean[i] ?? 0));
    const n = yes.length;
    const byFormula = (raw(yes) * n - dot(centred, shape.whiten(centred))) / (n - 1);
    expect(byFormula).toBeCloseTo(raw(others), 4);
  });

  test('an exclusion takes off what fits it better', () => {
    const target = axis(1);
    const rule = fitRule({ descriptions: [axis(0)], exclusions: [target] }, { yes: [], no: [] }, shape);
    const plain = fitRule(words, { yes: [], no: [] }, shape);
    const [a, b] = [scores(rule), scores(plain)];
    const thing = shows.indexOf(true);
    expect(a[thing]).toBeLessThan((b[thing] ?? 0) - 1);
    rows.forEach((_, i) => {
      expect(a[i]).toBeLessThanOrEqual((b[i] ?? 0) + 1e-6);
    });
  });

  test('is the same twice, block by block or at once, and with a handful of photos', () => {
    const rule = fitRule(words, { yes, no: [] }, shape);
    const blocks = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += 37)
      rule.score(plainRows(matrix, D), at, Math.min(at + 37, rows.length), blocks);
    expect(blocks).toEqual(scores(fitRule(words, { yes, no: [] }, shape)));
    for (const count of [0, 1, 3]) {
      const few = summarizeLibrary(matrix.slice(0, count * D), D);
      const out = new Float32Array(1);
      fitRule(words, { yes: yes.slice(0, 2), no: [] }, few).score(plainRows(matrix, D), 0, 1, out);
      expect(out[0]).toSatisfy(Number.isFinite);
    }
  });
});

describe('calibrateLabel', () => {
  const { shape, rows, matrix } = library();
  const rule = fitRule(words, { yes: [], no: [] }, shape);
  const out = new Float32Array(rows.length);
  rule.score(plainRows(matrix, D), 0, rows.length, out);
  const sample = scoresOf(rule.score, shape);
  const top = topOf(out.slice().sort().reverse());

  test('rises with the score and stays within 0 and 1', () => {
    const { probability } = calibrateLabel({ sample, top, answers: [] });
    const values = [-1e9, -2, 0, 1, 2, 3, 1e9].map(probability);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values[0]).toBeGreaterThanOrEqual(0);
    expect(values.at(-1)).toBeLessThanOrEqual(1);
  });

  test('answers move it, and few or one-sided ones do not', () => {
    const before = calibrateLabel({ sample, top, answers: [] });
    const answers = (yes: number, no: number) => [
      ...Array.from({ length: yes }, () => ({ raw: top * 0.8, yes: true })),
      ...Array.from({ length: no }, () => ({ raw: top * 0.4, yes: false })),
    ];
    const at = top * 0.8;
    expect(calibrateLabel({ sample, top, answers: answers(4, 4) })).toMatchObject({ basis: 'calibration' });
    expect(calibrateLabel({ sample, top, answers: answers(20, 0) })).toMatchObject({ basis: 'calibration' });
    const after = calibrateLabel({ sample, top, answers: answers(12, 8) });
    expect(after.basis).toBe('answers');
    expect(after.probability(at)).toBeGreaterThan(before.probability(at) + 0.1);
    const wrong = calibrateLabel({
      sample,
      top,
      answers: answers(12, 8).map(({ raw, yes }) => ({ raw, yes: !yes })),
    });
    expect(wrong.probability(at)).toBeLessThan(before.probability(at));
    expect(wrong.probability(at + 1)).toBeGreaterThanOrEqual(wrong.probability(at));
  });
});

test('thresholdFor: the longest list that is as right as wanted, and none with photos less likely than not', () => {
  expect(thresholdFor([0.95, 0.9, 0.7, 0.66, 0.6, 0.4], 0.8)).toMatchObject({ threshold: 0.66, inside: 4 });
  expect(thresholdFor([0.95, 0.9], 0.8).expectedPrecision).toBeCloseTo(0.925);
  expect(thresholdFor([0.99, 0.99, 0.99, 0.49, 0.49], 0.6)).toMatchObject({ threshold: 0.99, inside: 3 });
  expect(thresholdFor([0.7, 0.6], 0.8)).toEqual({ threshold: 0.8, inside: 0, expectedPrecision: null });
  expect(thresholdFor([], 0.9)).toEqual({ threshold: 0.9, inside: 0, expectedPrecision: null });
});

test('descendingRows: negative, equal, infinite and absent scores', () => {
  const scores = Float32Array.of(0.5, -1, Number.NaN, 0.5, -0.25, Number.POSITIVE_INFINITY, 1e-30, -3, 0);
  expect([...descendingRows(scores)]).toEqual([5, 0, 3, 6, 8, 4, 1, 7]);
  expect([...descendingRows(new Float32Array(0))]).toEqual([]);
});

test('plainRows: every remainder of four', () => {
  for (const dimensions of [1, 3, 4, 6, 9]) {
    const row = Float32Array.from({ length: dimensions }, (_, i) => i + 1);
    const out = new Float32Array(2);
    plainRows(Float32Array.from([...row, ...row]), dimensions).dots(row, 1, 2, out);
    expect([...out]).toEqual([0, dot(row, row)]);
  }
});

test('chooseQuestions: undecided photos first, and none like one already chosen', () => {
  const candidate = (at: number, probability: number) => ({ vector: axis(at), probability });
  const candidates = [candidate(0, 0.5), candidate(0, 0.5), candidate(1, 0.4), candidate(2, 0.97)];
  expect(chooseQuestions(candidates, 3)).toEqual([0, 2, 1]);
  expect(chooseQuestions(candidates, 9)).toHaveLength(4);
  expect(chooseQuestions([], 3)).toEqual([]);
});

test('agreement: what two orders have in common at the top', () => {
  const a = Float32Array.of(4, 3, 2, 1);
  expect(agreement(a, a, 2)).toBe(1);
  expect(agreement(a, Float32Array.of(1, 2, 3, 4), 2)).toBe(0);
  expect(agreement(a, Float32Array.of(4, 1, 3, 2), 2)).toBe(0.5);
  expect(agreement(new Float32Array(0), new Float32Array(0), 2)).toBe(1);
});
