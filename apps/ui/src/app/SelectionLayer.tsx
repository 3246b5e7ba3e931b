// The bar of the chosen photos. Apart from the shell, so that choosing a photo renders this and not the grid.
import { useEffect } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { SelectionBar } from '../features/selection/SelectionBar.tsx';
import type { GridPhoto } from '../shared/grid/Tile.tsx';
import type { Selection } from '../shared/selection.ts';
import { hasDialog, isTyping } from '../shared/typing.ts';
import type { Verb } from '../shared/verbs.ts';

interface SelectionLayerProps {
  selection: StoreApi<Selection>;
  photos: readonly GridPhoto[];
  enabled: boolean;
  verbs(ids: readonly string[]): readonly Verb[];
  onRate(ids: readonly string[], rating: number | null): void;
  onCompare(ids: readonly string[]): void;
}

/** Photos that can be compared at once. */
const MOST = 4;

export function SelectionLayer(props: SelectionLayerProps) {
  const { selection, photos, enabled, verbs, onRate, onCompare } = props;
  const { ids: chosen, replace, clear } = useStore(selection);
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
      if (!isAll || event.shiftKey || isTyping(event.target) || hasDialog()) return;
      event.preventDefault();
      replace(photos.map((photo) => photo.id));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled, photos, replace]);
  if (chosen.size === 0 || !enabled) return null;
  const ids = [...chosen];
  return (
    <SelectionBar
      ids={ids}
      total={photos.length}
      verbs={verbs(ids)}
      onCompare={ids.length >= 2 && ids.length <= MOST ? () => onCompare(ids) : undefined}
      onRate={(rating) => onRate(ids, rating)}
      onAll={() => replace(photos.map((photo) => photo.id))}
      onClear={clear}
    />
  );
}
