// Tells the engine which photos are on screen, once the grid rests there, so that what they lack is done first.
import { MAX_ON_SCREEN } from '@semblance/contract';
import { useEffect } from 'react';
import { useEngine } from '../engine-context.tsx';
import type { GridLayout } from '../layout/layout.ts';
import { at, visibleRows } from '../layout/visible.ts';
import type { Viewport } from './useViewport.ts';

/** Whoever scrolls on does not look. */
const REST_MS = 600;

export function useOnScreen(
  layout: GridLayout | null,
  photos: readonly { id: string }[],
  view: Viewport,
): void {
  const { client } = useEngine();
  const { top, height, flying } = view;
  const rows = layout === null || flying ? null : visibleRows(layout, top, top + height);
  const first = layout === null || rows === null ? 0 : at(layout.rowFirst, rows.first);
  const end = layout === null || rows === null ? 0 : Math.min(photos.length, at(layout.rowFirst, rows.end));
  const seen = photos.slice(first, Math.min(end, first + MAX_ON_SCREEN));
  const key = seen.map((photo) => photo.id).join(' ');
  useEffect(() => {
    if (key === '') return;
    const timer = setTimeout(() => {
      // A wish and no more: an engine that does not hear it works in its own order.
      client.indexing.lookFirst({ ids: key.split(' ') }).catch(() => undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [client, key]);
}
