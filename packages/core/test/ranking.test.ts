// Relevance must be monotone, finite, and a probability that is true, whatever scale a query's cosines lie on.
import { describe, expect, test } from 'vitest';
import { cutOff, relevance, summarizeBackground } from '../src/index.ts';
import { mixture, normals, referenceOf, type Scale } from './ranking-mixtures.ts';

const SCALES: Scale[] = [
  { mean: 0.18, deviation: 0.03 },
  { mean: -0.02, deviation: 0.004 },
  { mean: 0.4, deviation: 0.1 },
];

function sample(count: number, { mean, deviation }: Scale, seed = 5): Float32Array {
  const normal = normals(seed);
  return Float32Array.from({ length: count }, () => normal(mean, deviation));
}

describe('calibration on mixtures whose truth is known', () => {
  const known = SCALES.flatMap((scale) =>
    [0.01, 0.1, 0.4].map((share) => ({ ...scale, share, known: true })),
  );

  /** Without a reference a tenth of the library may match, not 40 %: see `summarizeBackground`. */
  const alone = SCALES.flatMap((scale) => [0.01, 0.1].map((share) => ({ ...scale, share, known: false })));

  test.each([...known, ...alone])('share $share at $mean, reference $known: announced is actual', (scale) => {
    const { share, known } = scale;
    const reference = known ? referenceOf(scale) : null;
    let announced = 0;
    let unrelated = 0;
    let shown = 0;
    let found = 0;
    let matches = 0;
    const rounds = 15;
    for (let seed = 1; seed <= rounds; seed++) {
      const { cosines, matching } = mixture(seed, scale, 2000, share);
      const background = summarizeBackground(cosines, { reference });
      const ranked = Array.from(cosines, (cosine, i) => ({
        relevance: relevance(cosine, background),
        matching: matching[i] === 1,
      })).sort((a, b) => b.relevance - a.relevance);
      const { expectedMatches } = background;
      const { best, expectedUnrelated } = cutOff(
        ranked.map((r) => r.relevance),
        { expectedMatches },
      );
      const front = ranked.slice(0, best);
      announced += expectedUnrelated * best;
      unrelated += front.filter((r) => !r.matching).length;
      found += front.filter((r) => r.matching).length;
      shown += best;
      matches += 2000 * share;
    }
    expect(announced / shown).toBeLessThan(0.25);
    expect(Math.abs(announced - unrelated) / shown).toBeLessThan(0.08);
    expect(found / matches).toBeGreaterThan(0.85);
  });

  test('a third of the library is animals, and the dogs among them are still relevant', () => {
    for (const scale of SCALES) {
      const { cosines, matching } = mixture(3, scale, 900, 1 / 3);
      const background = summarizeBackground(cosines, { reference: referenceOf(scale) });
      const values = Array.from(cosines, (cosine) => relevance(cosine, background));
      const typical = values.filter((_, i) => matching[i] === 1).sort((a, b) => a - b)[150] ?? 0;
      expect(typical).toBeGreaterThan(95);
      expect(background.share).toBeGreaterThan(0.2);
    }
  });
});

describe('summarizeBackground', () => {
  test('the same query on another scale is the same relevance', () => {
    const [first, ...others] = SCALES.map((scale) => {
      const { cosines } = mixture(4, scale, 1000, 0.05);
      const background = summarizeBackground(cosines, { reference: referenceOf(scale) });
      return [2, 3, 4, 5].map((z) => relevance(scale.mean + z * scale.deviation, background));
    });
    for (const values of others) {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(first?.[i] ?? Number.NaN, 0);
      });
    }
  });

  test('does not depend on the order of the sample', () => {
    const { cosines } = mixture(6, SCALES[0] as Scale, 500, 0.1);
    expect(summarizeBackground(cosines.slice().reverse())).toEqual(summarizeBackground(cosines));
  });

  test('a query that matches nothing leaves hardly anything relevant', () => {
    for (const scale of SCALES) {
      const cosines = sample(1000, scale);
      const background = summarizeBackground(cosines, { reference: referenceOf(scale) });
      const relevant = cosines.filter((cosine) => relevance(cosine, background) > 50).length;
      expect(relevant).toBeLessThan(10);
    }
  });

  test('expects as many matches in a large library as its sample has', () => {
    const { cosines } = mixture(7, SCALES[0] as Scale, 2000, 0.1);
    const { expectedMatches } = summarizeBackground(cosines, { librarySize: 100_000 });
    expect(expectedMatches).toBeGreaterThan(8000);
    expect(expectedMatches).toBeLessThan(12_000);
  });
});

describe('relevance', () => {
  const reference = referenceOf(SCALES[0] as Scale);
  const copies = Float32Array.of(
    ...new Float32Array(60).fill(0.2),
    ...sample(40, { mean: 0.2, deviation: 0.03 }),
  );
  const backgrounds = [
    ['normal', summarizeBackground(sample(500, { mean: 0.2, deviation: 0.03 }))],
    ['with reference', summarizeBackground(sample(500, { mean: 0.2, deviation: 0.03 }), { reference })],
    ['matches', summarizeBackground(mixture(8, SCALES[0] as Scale, 500, 0.4).cosines, { reference })],
    ['copies', summarizeBackground(copies)],
    ['constant', summarizeBackground(new Float32Array(100).fill(0.2))],
    ['constant, with reference', summarizeBackground(new Float32Array(100).fill(0.2), { reference })],
    ['empty', summarizeBackground(new Float32Array(0), { reference })],
    ['nineteen photos', summarizeBackground(sample(19, { mean: 0.2, deviation: 0.03 }))],
    ['not numbers', summarizeBackground(new Float32Array(50).fill(Number.NaN))],
    [
      'endless',
      summarizeBackground(new Float32Array(50).fill(Number.POSITIVE_INFINITY), { top: Number.NaN }),
    ],
    ['two values', summarizeBackground(Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? -1 : 1)))],
  ] as const;

  test.each(backgrounds)('never falls and never leaves 0 to 100: %s', (_name, background) => {
    let last = 0;
    for (let cosine = -1; cosine <= 1; cosine += 1 / 4096) {
      const value = relevance(cosine, background);
      expect(value).toBeGreaterThanOrEqual(last);
      expect(value).toBeLessThanOrEqual(100);
      last = value;
    }
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308]) {
      expect(relevance(odd, background)).toBeGreaterThanOrEqual(0);
      expect(relevance(odd, background)).toBeLessThanOrEqual(100);
    }
  });

  test('with too few photos it is the cosine in percent', () => {
    const background = summarizeBackground(sample(19, { mean: 0.2, deviation: 0.03 }));
    expect(background.matching).toBeNull();
    expect(relevance(0.25, background)).toBeCloseTo(25, 5);
    expect(relevance(-0.25, background)).toBe(0);
  });
});
