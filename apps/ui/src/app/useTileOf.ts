// Tiles of photos that something else names by id alone: of the view behind, or of the answer on screen.
import type { PhotoTile } from '@semblance/contract';
import { useCallback, useRef } from 'react';

/** The photos that were searched by leave the screen; their tiles are remembered. */
const KEPT = 60;

export function useTileOf(
  ...lists: readonly (readonly PhotoTile[])[]
): (id: string) => PhotoTile | undefined {
  const kept = useRef(new Map<string, PhotoTile>());
  const latest = useRef(lists);
  latest.current = lists;
  return useCallback((id) => {
    const known = kept.current.get(id);
    if (known !== undefined) return known;
    for (const list of latest.current) {
      const found = list.find((photo) => photo.id === id);
      if (found === undefined) continue;
      if (kept.current.size >= KEPT) kept.current.clear();
      kept.current.set(id, found);
      return found;
    }
    return undefined;
  }, []);
}
