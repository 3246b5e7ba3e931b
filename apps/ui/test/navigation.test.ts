// The sidebar's memory, the folder tree, the scrubber's years and months, and the view that compared photos share.
import type { Folder } from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import { columns, moveBy, WHOLE, zoomAt } from '../src/features/compare/view.ts';
import { folderTree, pathsTo } from '../src/features/folders/tree.ts';
import { createNavigationStore, readSidebar } from '../src/features/navigation/store.ts';
import { monthByKey, monthIndexAt, yearMarks } from '../src/shared/grid/scrubber.ts';
import type { Month } from '../src/shared/layout/layout.ts';

describe('sidebar', () => {
  it('is remembered, and made whole when what was stored is damaged', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const store = createNavigationStore(storage);
    store.getState().setNarrow(true);
    store.getState().toggleFold('folders');
    expect(createNavigationStore(storage).getState()).toMatchObject({
      narrow: true,
      folded: { albums: false, folders: true },
    });
    for (const stored of [null, 'nonsense', '[]', '"x"', '{"folded":7}'])
      expect(readSidebar(stored)).toEqual({ narrow: false, folded: { albums: false, folders: false } });
  });

  it('closes its drawer when one goes somewhere', () => {
    const store = createNavigationStore({ getItem: () => null, setItem: () => undefined });
    store.getState().setDrawer(true);
    store.getState().go({ kind: 'favourites' });
    expect(store.getState()).toMatchObject({ drawer: false, place: { kind: 'favourites' } });
  });
});

describe('folder tree', () => {
  const folder = (id: number, state: Folder['state'] = 'online'): Folder => ({
    id,
    path: `/p/${id}`,
    name: `root ${id}`,
    state,
    note: null,
    why: null,
    stranger: false,
    foundAt: null,
    photos: 0,
  });

  it('adds up what is below, and makes the folders between', () => {
    const [root, away] = folderTree(
      [folder(1), folder(2, 'offline')],
      [
        { folderId: 1, path: '', photos: 1 },
        { folderId: 1, path: 'b/x/deep', photos: 4 },
        { folderId: 1, path: 'b', photos: 2 },
        { folderId: 1, path: 'a10', photos: 1 },
        { folderId: 1, path: 'a9', photos: 1 },
        { folderId: 2, path: 'roll', photos: 3 },
        { folderId: 9, path: 'removed meanwhile', photos: 3 },
      ],
    );
    expect(root?.photos).toBe(9);
    expect(root?.children.map(({ name, photos }) => `${name} ${photos}`)).toEqual(['a9 1', 'a10 1', 'b 6']);
    expect(root?.children[2]?.children[0]).toMatchObject({ path: 'b/x', photos: 4, offline: false });
    expect(away).toMatchObject({ offline: true, photos: 3 });
    expect(away?.children[0]?.offline).toBe(true);
  });

  it('names the way to a folder', () => {
    expect(pathsTo(1, 'a/b')).toEqual(['1:', '1:a', '1:a/b']);
    expect(pathsTo(1, '')).toEqual(['1:']);
  });
});

describe('scrubber', () => {
  const month = (year: number, of: number, top: number): Month => ({
    moment: Date.UTC(year, of),
    left: 0,
    top,
    width: 100,
    height: 100,
    firstSection: 0,
    endSection: 0,
    count: 1,
  });
  const months = [
    month(2025, 5, 0),
    month(2025, 1, 100),
    month(2023, 7, 200),
    month(2022, 3, 205),
    month(2020, 0, 900),
  ];

  it('marks the years where they begin, and leaves out those too near', () => {
    expect(yearMarks(months, 1000, 500, 20)).toEqual([
      { year: 2025, y: 0 },
      { year: 2023, y: 100 },
      { year: 2020, y: 450 },
    ]);
    expect(yearMarks([], 0, 500, 20)).toEqual([]);
  });

  it('knows the month of a place', () => {
    expect([0, 99, 100, 204, 5000].map((top) => monthIndexAt(months, top))).toEqual([0, 1, 1, 3, 4]);
    expect(monthIndexAt([], 50)).toBe(0);
  });

  it('goes by month, by year, to the ends, and not beyond', () => {
    expect(monthByKey('ArrowDown', 0, months)).toBe(1);
    expect(monthByKey('ArrowUp', 0, months)).toBe(0);
    expect(monthByKey('PageDown', 0, months)).toBe(2);
    expect(monthByKey('PageDown', 4, months)).toBe(4);
    expect(monthByKey('PageUp', 1, months)).toBe(0);
    expect(monthByKey('PageUp', 2, months)).toBe(0);
    expect(monthByKey('PageUp', 4, months)).toBe(3);
    expect(monthByKey('End', 1, months)).toBe(4);
    expect(monthByKey('x', 1, months)).toBeNull();
  });
});

describe('compared photos', () => {
  const fitted = { width: 400, height: 200 };

  it('zoom about the pointer', () => {
    const near = zoomAt(WHOLE, 2, { x: 100, y: -50 }, fitted);
    expect(near.zoom).toBe(2);
    // The point 100 px right of the middle was at 0.75 of the width, and still lies there.
    expect(near.x + 100 / (fitted.width * near.zoom)).toBeCloseTo(0.75);
    expect(near.y - 50 / (fitted.height * near.zoom)).toBeCloseTo(0.25);
    expect(zoomAt(near, 0.1, { x: 0, y: 0 }, fitted)).toEqual(WHOLE);
  });

  it('do not move beyond the edges', () => {
    const near = zoomAt(WHOLE, 4, { x: 0, y: 0 }, fitted);
    expect(moveBy(near, { x: 100_000, y: -100_000 }, fitted)).toMatchObject({ x: 0.125, y: 0.875 });
    expect(moveBy(WHOLE, { x: 50, y: 50 }, fitted)).toEqual(WHOLE);
  });

  it('stand in as many columns as the room asks for', () => {
    expect([
      columns(2, 1400, 900),
      columns(2, 600, 900),
      columns(3, 1400, 700),
      columns(3, 1000, 900),
    ]).toEqual([2, 1, 3, 2]);
    expect(columns(4, 1400, 700)).toBe(2);
  });
});
