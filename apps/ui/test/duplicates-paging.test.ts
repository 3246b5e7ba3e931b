// Pages of groups: gaps are found, pages that moved leave no doubles, and decisions close up without a hole.
import { describe, expect, it } from 'vitest';
import {
  gap,
  indexOf,
  NO_GROUPS,
  rowsInSight,
  withInserted,
  without,
  withPage,
} from '../src/features/duplicates/paging.ts';
import { group, nameOf } from './duplicates-fixtures.ts';

const page = (total: number, ...ns: number[]) => ({ total, groups: ns.map((n) => group(n)) });
const numbers = (list: typeof NO_GROUPS) =>
  list.groups.map((one) => (one === undefined ? null : Number.parseInt(one.id, 16)));

describe('pages of groups', () => {
  it('are asked for where something lacks', () => {
    expect(gap(NO_GROUPS, 0, 10)).toBe(0);
    const first = withPage(NO_GROUPS, 0, page(5, 1, 2));
    expect(gap(first, 0, 2)).toBeNull();
    expect(gap(first, 0, 99)).toBe(2);
    expect(gap(withPage(first, 2, page(5, 3, 4, 5)), 0, 99)).toBeNull();
  });

  it('hold a group once, and fill only what is empty', () => {
    const first = withPage(NO_GROUPS, 0, page(6, 1, 2));
    const last = withPage(first, 4, page(6, 5, 6));
    expect(numbers(withPage(last, 2, page(6, 2, 3, 4, 5)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('end where the engine has nothing more, whatever it counted', () => {
    let list = withPage(NO_GROUPS, 0, page(5, 1, 2, 3));
    // The fourth is out of sight: counted, and not given.
    list = withPage(list, 3, page(5, 5));
    expect(gap(list, 0, 9)).toBe(4);
    list = withPage(list, 4, page(5, 5));
    expect(numbers(list)).toEqual([1, 2, 3, 5]);
    expect(gap(list, 0, 9)).toBeNull();
  });

  it('shrink with the library', () => {
    const first = withPage(NO_GROUPS, 0, page(3, 1, 2, 3));
    expect(numbers(withPage(first, 0, page(2, 1, 2)))).toEqual([1, 2]);
  });

  it('close up when a group is decided, and open again when it comes back', () => {
    const list = withPage(NO_GROUPS, 0, page(4, 1, 2, 3));
    const fewer = without(list, 1);
    expect(numbers(fewer)).toEqual([1, 3, null]);
    expect(fewer.total).toBe(3);
    expect(gap(fewer, 0, 9)).toBe(2);
    const again = withInserted(fewer, 1, group(2));
    expect(numbers(again)).toEqual([1, 2, 3, null]);
    expect(indexOf(again, nameOf(3))).toBe(2);
  });

  it('put only the rows in sight on the screen', () => {
    expect(rowsInSight(0, 760, 76, 5000, 2)).toEqual({ first: 0, end: 12 });
    expect(rowsInSight(76 * 1000, 760, 76, 5000, 2)).toEqual({ first: 998, end: 1012 });
    expect(rowsInSight(76 * 4995, 760, 76, 5000, 2).end).toBe(5000);
  });
});
