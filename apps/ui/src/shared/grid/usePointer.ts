// What clicks, presses and drags on the grid's photos mean: open, choose, favourite, menu, carry away.
import { type DragEvent, type MouseEvent, type RefObject, useCallback, useContext, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { nativeBridge } from '../../connection/native.ts';
import { dragPhotos } from '../drag.ts';
import { GridActsContext } from '../selection.ts';
import type { MenuRequest } from './PhotoGrid.tsx';
import type { GridPhoto } from './Tile.tsx';
import { useLongPress } from './useLongPress.ts';

interface PointerOptions {
  scroller: RefObject<HTMLElement | null>;
  photos: readonly GridPhoto[];
  /** The keyboard goes on from here. */
  onCurrent(id: string): void;
  onOpen(photo: GridPhoto): void;
  onMenu(request: MenuRequest): void;
}

export function usePointer({ scroller, photos, onCurrent, onOpen, onMenu }: PointerOptions) {
  const { t } = useTranslation();
  const acts = useContext(GridActsContext);

  const photoOf = useCallback(
    (target: EventTarget): GridPhoto | undefined => {
      const element = target instanceof Element ? target.closest<HTMLElement>('li') : null;
      const id = element?.querySelector<HTMLElement>('[data-photo-id]')?.dataset.photoId;
      return id === undefined ? undefined : photos.find((photo) => photo.id === id);
    },
    [photos],
  );

  const onPress = useCallback(
    (target: Element) => {
      const photo = photoOf(target);
      if (photo !== undefined) acts?.selection.getState().toggle(photo.id);
    },
    [photoOf, acts],
  );
  useLongPress(scroller, onPress);

  // Shows the marks on all photos while some are chosen, without rendering any.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || acts === null) return;
    const show = () => element.toggleAttribute('data-selecting', acts.selection.getState().ids.size > 0);
    show();
    return acts.selection.subscribe(show);
  }, [scroller, acts]);

  const onClick = (event: MouseEvent) => {
    if (scroller.current?.dataset.drew !== undefined) return;
    const photo = photoOf(event.target);
    if (photo === undefined) {
      acts?.selection.getState().clear();
      return;
    }
    onCurrent(photo.id);
    const on = (mark: string) => event.target instanceof Element && event.target.closest(`[data-${mark}-of]`);
    const more = on('menu');
    if (more) {
      const { left, bottom } = more.getBoundingClientRect();
      return onMenu({ photo, x: left, y: bottom + 4 });
    }
    if (acts === null) return onOpen(photo);
    if (on('heart')) return acts.setFavourite(photo, !photo.favourite);
    const chosen = acts.selection.getState();
    if (event.shiftKey) return chosen.extendTo(photo.id, photos);
    if (on('check') || event.ctrlKey || event.metaKey || chosen.ids.size > 0) return chosen.toggle(photo.id);
    onOpen(photo);
  };

  const onContextMenu = (event: MouseEvent) => {
    const photo = photoOf(event.target);
    if (photo === undefined) return;
    event.preventDefault();
    onMenu({ photo, x: event.clientX, y: event.clientY });
  };

  const onDragStart = (event: DragEvent) => {
    const photo = photoOf(event.target);
    if (photo === undefined || acts === null) return;
    const { ids } = acts.selection.getState();
    const carried = ids.has(photo.id) ? [...ids] : [photo.id];
    const bridge = event.shiftKey ? nativeBridge() : null;
    if (bridge !== null) {
      // Files for other programs: the app drags them in place of the browser.
      event.preventDefault();
      return bridge.carry(carried);
    }
    dragPhotos(event, carried, t('app.photos', { count: carried.length }));
  };

  return { onClick, onContextMenu, onDragStart };
}
