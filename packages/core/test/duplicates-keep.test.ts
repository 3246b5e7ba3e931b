// Which copy stays, rule by rule; the reasons that are shown; and groups that are stars and not chains.
import type { KeepRule } from '@semblance/contract';
import { describe, expect, test } from 'vitest';
import {
  BURST_ORDER,
  type KeepCandidate,
  keepReasons,
  PRESETS,
  rankForKeeping,
  starGroups,
  weakestKind,
} from '../src/index.ts';

let next = 0;
function candidate(over: Partial<KeepCandidate>): KeepCandidate {
  next += 1;
  return {
    ...{
      id: next,
      path: `/p/${next}.jpg`,
      reference: false,
      preferred: null,
      raw: false,
      caredFor: 0,
      flaws: 0,
    },
    ...{
      pixels: 12e6,
      detail: 1,
      metadata: 2,
      sharpness: 100,
      exposure: null,
      compression: 90,
      modifiedAt: 0,
    },
    ...{ bytes: 4e6 },
    ...over,
  };
}

const kept = (order: readonly KeepRule[], ...all: Partial<KeepCandidate>[]): number => {
  const made = all.map(candidate);
  return made.indexOf(rankForKeeping(made, order)[0] as KeepCandidate);
};
const best = PRESETS['best-quality'];

describe('which one stays', () => {
  test.each<[string, readonly KeepRule[], Partial<KeepCandidate>[], number]>([
    ['what is in a reference folder', best, [{ pixels: 48e6 }, { reference: true, flaws: 2 }], 1],
    ['the raw file', best, [{ pixels: 24e6 }, { raw: true }], 1],
    ['the uncropped one', best, [{ flaws: 1, pixels: 13e6 }, { flaws: 0 }], 1],
    ['more pixels', best, [{ pixels: 3e6 }, { pixels: 12e6 }], 1],
    ['not the enlarged one: bigger is not better', best, [{ pixels: 48e6, detail: 0.25 / 2 }, {}], 1],
    ['the one that says when and where', best, [{ metadata: 0, compression: 98 }, { metadata: 3 }], 1],
    ['less compressed', best, [{ compression: 40 }, { compression: 92 }], 1],
    [
      'not for a rounding of quality',
      best,
      [{ compression: 92, path: '/p/long name.jpg' }, { path: '/p/a.jpg' }],
      1,
    ],
    ['older by a day', best, [{ modifiedAt: 86_400_000, compression: 95 }, { modifiedAt: 0 }], 1],
    ['the first preferred folder', PRESETS['preferred-folder'], [{}, { preferred: 1 }, { preferred: 0 }], 2],
    ['the smallest', PRESETS.smallest, [{ bytes: 5e6 }, { bytes: 1e6 }], 1],
    ['what is cared for', ['cared-for'], [{}, { caredFor: 1 }], 1],
    ['the sharper shot', ['sharpness'], [{ sharpness: 50 }, { sharpness: 100 }], 1],
    ['a rule left out does not count', ['metadata'], [{ raw: true, metadata: 1 }, { metadata: 2 }], 1],
    [
      'by the plainer name when nothing tells',
      best,
      [{ path: '/p/a (1).jpg' }, { path: '/q/longer/a.jpg' }],
      1,
    ],
  ])('%s', (_, order, all, expected) => {
    expect(kept(order, ...all)).toBe(expected);
  });

  test('a GIF goes before any other, larger or not: it has 256 colours', () => {
    const gif = candidate({ path: '/p/a.gif', compression: 0, bytes: 900_000 });
    for (const compression of [null, 5, 100]) {
      const other = candidate({ path: '/p/a.other', compression, bytes: 20_000 });
      expect(rankForKeeping([gif, other], best)[0]).toBe(other);
    }
  });

  test('files that no rule tells apart: the lossless one stays, whatever it is called', () => {
    const lossy = candidate({ path: '/p/a.webp', compression: null, bytes: 23_404 });
    const lossless = candidate({ path: '/p/a (1).webp', compression: null, bytes: 92_312 });
    expect(rankForKeeping([lossy, lossless], PRESETS['best-quality'])[0]).toBe(lossless);
    expect(rankForKeeping([lossy, lossless], PRESETS.smallest)[0]).toBe(lossy);
  });

  test('what one file does not know counts for none, so that the order has no circles', () => {
    const all = [
      { compression: null, metadata: 1 },
      { compression: 10, metadata: 2 },
      { compression: 95, metadata: 1 },
    ];
    expect(kept(['compression', 'metadata'], ...all)).toBe(1);
  });
});

test('reasons say what each has over the other, in the order of the rules', () => {
  const good = candidate({ pixels: 12e6, compression: 90 });
  const bad = candidate({ pixels: 3e6, compression: 30 });
  const ranked = rankForKeeping([bad, good], best);
  expect(keepReasons(good, ranked, best)).toEqual([
    { rule: 'detail', better: true, value: 12, other: 3 },
    { rule: 'compression', better: true, value: 90, other: 30 },
  ]);
  // A twin that nothing tells from it does not hide what it has over the rest.
  const twin = candidate({ ...good, id: 99, path: '/p/twin of it.jpg' });
  expect(keepReasons(good, rankForKeeping([bad, twin, good], best), best)).toHaveLength(2);
  expect(keepReasons(bad, ranked, best).map(({ rule, better }) => [rule, better])).toEqual([
    ['detail', false],
    ['compression', false],
  ]);
});

describe('groups', () => {
  const byName = (nodes: readonly string[]): string[] => [...nodes].sort();

  test('a chain is no group: only what was compared with the one that stays', () => {
    const edges = [
      { a: 'a', b: 'b' },
      { a: 'b', b: 'c' },
    ];
    const { groups, open } = starGroups(edges, byName);
    expect(groups).toEqual([{ keeper: 'a', members: ['a', 'b'] }]);
    expect(open).toEqual([{ a: 'a', b: 'c' }]);
  });

  test('nothing is in two groups, and the order of the edges does not matter', () => {
    const edges = [
      { a: 'c', b: 'b' },
      { a: 'd', b: 'c' },
      { a: 'a', b: 'b' },
      { a: 'x', b: 'y' },
    ];
    const { groups } = starGroups(edges, byName);
    expect(groups.map((group) => group.members)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['x', 'y'],
    ]);
    expect(starGroups(edges.toReversed(), byName).groups).toEqual(groups);
  });

  test('a group is as careful as its most doubtful member', () => {
    expect(weakestKind(['exact', 'exact'])).toBe('exact');
    expect(weakestKind(['exact', 'resaved'])).toBe('resaved');
    expect(weakestKind(['edited', 'exact'])).toBe('edited');
  });
});

describe('the best shot of a burst', () => {
  const best = (...shots: Partial<KeepCandidate>[]) => {
    const candidates = shots.map(candidate);
    return candidates.indexOf(rankForKeeping(candidates, BURST_ORDER)[0] as KeepCandidate);
  };

  test('a shot that is much too bright loses, however sharp', () => {
    expect(best({ exposure: 0.3, sharpness: 500 }, { exposure: 0.8, sharpness: 100 })).toBe(1);
  });

  test('among shots exposed alike the sharpest wins; what a person cares for goes first', () => {
    expect(best({ exposure: 0.81, sharpness: 100 }, { exposure: 0.79, sharpness: 200 })).toBe(1);
    expect(best({ caredFor: 5, exposure: 0.3, sharpness: 10 }, { exposure: 0.8, sharpness: 200 })).toBe(0);
  });
});
