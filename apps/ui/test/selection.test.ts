// Choosing photos: one by one, ranges in the order shown, a box drawn over the grid.
import { expect, it } from 'vitest';
import { boxBetween, photosInBox } from '../src/shared/grid/box.ts';
import { layoutPhotos } from '../src/shared/layout/justify.ts';
import { between, createSelection } from '../src/shared/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const chosen = (store: ReturnType<typeof createSelection>) => [...store.getState().ids].sort().join('');

it('toggles one by one, and a range goes from the last one toggled, either way', () => {
  const store = createSelection();
  store.getState().toggle('d');
  store.getState().extendTo('b', order);
  expect(chosen(store)).toBe('bcd');
  store.getState().extendTo('e', order);
  expect(chosen(store)).toBe('bcde');
  store.getState().toggle('c');
  expect(chosen(store)).toBe('bde');
  store.getState().clear();
  expect(store.getState()).toMatchObject({ ids: new Set(), anchor: null });
});

it('takes only the clicked photo when the range has no beginning any more', () => {
  expect(between(order, 'gone', 'c')).toEqual(['c']);
  expect(between(order, 'a', 'gone')).toEqual([]);
  const store = createSelection();
  store.getState().extendTo('c', order);
  expect(chosen(store)).toBe('c');
});

it('tells nobody when nothing was chosen and nothing is', () => {
  const store = createSelection();
  let told = 0;
  store.subscribe(() => {
    told += 1;
  });
  store.getState().clear();
  expect(told).toBe(0);
});

it('a box takes what it touches, in rows and across', () => {
  const layout = layoutPhotos(
    Array.from({ length: 8 }, () => ({ ratio: 1, takenAt: 0 })),
    {
      width: 412,
      rowHeight: 100,
      gap: 4,
      grouped: false,
      dayHeading: 0,
      monthHeading: 0,
      dayGap: 0,
      monthGap: 0,
    },
  );
  const first = layout.rowHeight[0] ?? 0;
  expect(photosInBox(layout, boxBetween({ x: 410, y: 5 }, { x: 150, y: 10 }))).toEqual([1, 2, 3]);
  expect(photosInBox(layout, boxBetween({ x: 5, y: first - 2 }, { x: 90, y: first + 20 }))).toEqual([0, 4]);
  expect(photosInBox(layout, boxBetween({ x: 5, y: first + 1 }, { x: 400, y: first + 2 }))).toEqual([]);
});
