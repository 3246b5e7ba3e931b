// Thousands of groups, of which only the pages in sight are loaded: a sparse list, its gaps, and changes in it.
import type { DuplicateGroup } from '@semblance/contract';
import type { GroupsPage } from './client.ts';

/** Groups asked for at once. */
export const PAGE = 60;

export interface GroupList {
  /** Null until the first page is here. */
  total: number | null;
  /** In the order of the engine; undefined where not loaded. Never longer than `total`. */
  groups: readonly (DuplicateGroup | undefined)[];
}

export const NO_GROUPS: GroupList = { total: null, groups: [] };

/** Offset to load next so that all of `first` (inclusive) to `end` (exclusive) is there; null when nothing lacks. */
export function gap(list: GroupList, first: number, end: number): number | null {
  if (list.total === null) return 0;
  for (let i = Math.max(0, first); i < Math.min(end, list.total); i++) {
    if (list.groups[i] === undefined) return i;
  }
  return null;
}

/**
 * Puts what arrived into the gaps from `offset` on. A group that is in the list already (the order moved meanwhile) stays
 * where it is; when nothing new fills the gap that was asked for, the list ends there: no place is asked for twice.
 */
export function withPage(list: GroupList, offset: number, page: GroupsPage): GroupList {
  const groups: (DuplicateGroup | undefined)[] = Array.from({ length: page.total }, (_, i) => list.groups[i]);
  const here = new Set(groups.map((group) => group?.id));
  let place = offset;
  for (const group of page.groups) {
    if (here.has(group.id)) continue;
    while (groups[place] !== undefined) place += 1;
    if (place >= page.total) break;
    groups[place] = group;
  }
  const isFilled = offset >= page.total || groups[offset] !== undefined;
  return isFilled ? { total: page.total, groups } : { total: offset, groups: groups.slice(0, offset) };
}

export function without(list: GroupList, index: number): GroupList {
  return { total: Math.max(0, (list.total ?? 0) - 1), groups: list.groups.filter((_, i) => i !== index) };
}

export function withInserted(list: GroupList, index: number, group: DuplicateGroup): GroupList {
  const at = Math.min(index, list.groups.length);
  return {
    total: (list.total ?? 0) + 1,
    groups: [...list.groups.slice(0, at), group, ...list.groups.slice(at)],
  };
}

export function withGroup(list: GroupList, group: DuplicateGroup): GroupList {
  return { ...list, groups: list.groups.map((other) => (other?.id === group.id ? group : other)) };
}

export function indexOf(list: GroupList, id: string): number {
  return list.groups.findIndex((group) => group?.id === id);
}

/** Rows of one height in sight, with some to spare on both sides. */
export function rowsInSight(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  total: number,
  spare = 6,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  return { first, end: Math.min(total, Math.ceil((scrollTop + viewHeight) / rowHeight) + spare) };
}
