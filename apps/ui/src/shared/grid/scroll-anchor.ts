// Keeps the photo at the top of the screen where it is while the grid changes around it: photos arriving during
// indexing, another row height, a resized window. Also returns a grid to where it was left.
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { GridLayout } from '../layout/layout.ts';
import { at, visibleRows } from '../layout/visible.ts';

interface Anchor {
  id: string;
  /** Pixels from the top of the viewport to the top of the photo's row. */
  offset: number;
}

/** Nearer to the top than this, the newest photos should simply appear. */
const AT_TOP = 24;
const left = new Map<string, number>();

/** Where a grid was left, in pixels. */
export function readScroll(memory: string): number {
  return left.get(memory) ?? 0;
}

export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  memory: string,
  layout: GridLayout | null,
  photos: readonly { id: string }[],
  headings: number,
): void {
  const anchor = useRef<Anchor | null>(null);
  const laidOut = useRef<{ memory: string; layout: GridLayout; photos: readonly { id: string }[] } | null>(
    null,
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || layout === null) return;
    const isAnother = laidOut.current?.memory !== memory;
    laidOut.current = { memory, layout, photos };
    if (isAnother) {
      anchor.current = null;
      element.scrollTop = readScroll(memory);
      return;
    }
    const kept = anchor.current;
    if (kept === null || element.scrollTop < AT_TOP) return;
    const index = photos.findIndex((photo) => photo.id === kept.id);
    if (index >= 0) element.scrollTop = at(layout.rowTop, at(layout.row, index)) - kept.offset;
  }, [scroller, memory, layout, photos]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      left.set(memory, element.scrollTop);
      const now = laidOut.current;
      if (now === null) return;
      const edge = element.scrollTop + headings;
      const row = visibleRows(now.layout, edge, edge + 1).first;
      const photo = now.photos[at(now.layout.rowFirst, Math.min(row, now.layout.rows - 1))];
      if (photo === undefined) return;
      anchor.current = { id: photo.id, offset: at(now.layout.rowTop, row) - element.scrollTop };
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller, memory, headings]);
}
