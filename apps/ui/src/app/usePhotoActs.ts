// What a person does with photos, from wherever: does it, shows it at once, tells what was done, offers the way back.
import { notifications } from '@mantine/notifications';
import type { ActResult, MarkRequest } from '@semblance/contract';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand';
import { toFault } from '../connection/faults.ts';
import { useAlbums } from '../features/albums/store.ts';
import { useLibrary } from '../features/library/store.ts';
import { useLightbox } from '../features/lightbox/store.ts';
import { useSearch } from '../features/search/store.ts';
import { useEngine } from '../shared/engine-context.tsx';
import { useFaultText } from '../shared/faults.ts';
import type { Selection } from '../shared/selection.ts';
import type { TileChange } from '../shared/tile-change.ts';
import { useUndo } from '../shared/undo.tsx';

type Ids = readonly string[];

export interface PhotoActs {
  favourite(ids: Ids, favourite: boolean): void;
  /** 1 to 5; null takes the rating away. */
  rate(ids: Ids, rating: number | null): void;
  hide(ids: Ids, hidden: boolean): void;
  /** Asks which album. */
  addToAlbum(ids: Ids): void;
  putInto(album: { id: number; name: string }, ids: Ids): void;
  takeFrom(album: { id: number; name: string }, ids: Ids): void;
}

/** @param stepAside told before photos leave what is on screen */
export function usePhotoActs(selection: StoreApi<Selection>, stepAside: (ids: Ids) => void): PhotoActs {
  const { t } = useTranslation();
  const { client } = useEngine();
  const say = useFaultText();
  const done = useUndo();
  const amendLibrary = useLibrary((state) => state.amend);
  const amendSearch = useSearch((state) => state.amend);
  const refreshLightbox = useLightbox((state) => state.refresh);
  const { add, take, pick } = useAlbums((state) => state);

  const leaving = useRef(stepAside);
  leaving.current = stepAside;

  return useMemo(() => {
    const act = async (
      ids: Ids,
      work: () => Promise<ActResult>,
      change: Omit<TileChange, 'ids'>,
      message: (count: number) => string,
    ) => {
      try {
        const result = await work();
        if (change.hidden !== undefined || change.takenFrom !== undefined) leaving.current(ids);
        const amended = { ids: new Set(ids), ...change };
        amendLibrary(amended);
        amendSearch(amended);
        refreshLightbox();
        done(result, message(result.photos));
      } catch (error) {
        notifications.show({ message: say(toFault(error)) });
      }
    };
    const mark = (ids: Ids, marks: Omit<MarkRequest, 'photos'>) =>
      client.photos.mark({ photos: { kind: 'photos', ids: [...ids] }, ...marks });
    const set = (ids: Ids) => ({ kind: 'photos' as const, ids: [...ids] });
    return {
      favourite: (ids, favourite) =>
        void act(
          ids,
          () => mark(ids, { favourite }),
          { favourite },
          (count) => t(favourite ? 'acts.favourite' : 'acts.unfavourite', { count }),
        ),
      rate: (ids, rating) =>
        void act(
          ids,
          () => mark(ids, { rating }),
          {},
          (count) =>
            rating === null
              ? t('acts.unrated', { count })
              : t('acts.rated', { count, stars: '★'.repeat(rating) }),
        ),
      hide: (ids, hidden) => {
        selection.getState().clear();
        void act(
          ids,
          () => mark(ids, { hidden }),
          { hidden },
          (count) => t(hidden ? 'acts.hidden' : 'acts.unhidden', { count }),
        );
      },
      addToAlbum: (ids) => pick(set(ids)),
      putInto: (album, ids) =>
        void act(
          ids,
          () => add(album.id, set(ids)),
          {},
          (count) =>
            count === 0
              ? t('albums.alreadyThere', { name: album.name })
              : t('albums.added', { count, name: album.name }),
        ),
      takeFrom: (album, ids) => {
        selection.getState().clear();
        void act(
          ids,
          () => take(album.id, set(ids)),
          { takenFrom: album.id },
          (count) => t('albums.taken', { count, name: album.name }),
        );
      },
    };
  }, [client, selection, amendLibrary, amendSearch, refreshLightbox, add, take, pick, done, say, t]);
}
