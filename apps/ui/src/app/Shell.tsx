// The window once the engine is there: header, progress, the photos or the answer, and the rooms beside them.
import { notifications } from '@mantine/notifications';
import type { PhotoTile, Region } from '@semblance/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nativeBridge } from '../connection/native.ts';
import { AlbumDialogs } from '../features/albums/AlbumDialogs.tsx';
import { AlbumsOf } from '../features/albums/AlbumsOf.tsx';
import { useAlbums } from '../features/albums/store.ts';
import { Compare } from '../features/compare/Compare.tsx';
import { FirstRun } from '../features/folders/FirstRun.tsx';
import { FoldersDrawer } from '../features/folders/FoldersDrawer.tsx';
import { useFolders } from '../features/folders/store.ts';
import { LibraryView } from '../features/library/LibraryView.tsx';
import { useLibrary } from '../features/library/store.ts';
import { Lightbox } from '../features/lightbox/Lightbox.tsx';
import { useLightbox } from '../features/lightbox/store.ts';
import { useNavigation } from '../features/navigation/store.ts';
import { FailuresDrawer } from '../features/progress/FailuresDrawer.tsx';
import { PaceField } from '../features/progress/PaceField.tsx';
import { ProgressStrip } from '../features/progress/ProgressStrip.tsx';
import { useProgress } from '../features/progress/store.ts';
import { DropPicture } from '../features/search/DropPicture.tsx';
import { questionKey } from '../features/search/question.ts';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { SearchView } from '../features/search/SearchView.tsx';
import { useSearch } from '../features/search/store.ts';
import { useLens } from '../features/search/useLens.tsx';
import { PhotoSize } from '../features/settings/PhotoSize.tsx';
import { SettingsDrawer } from '../features/settings/SettingsDrawer.tsx';
import { useSettings } from '../features/settings/store.ts';
import { TrayField } from '../features/settings/TrayField.tsx';
import { ShortcutSheet } from '../features/shortcuts/ShortcutSheet.tsx';
import { useTrash } from '../features/trash/store.ts';
import { useEngine } from '../shared/engine-context.tsx';
import type { GridHandle, MenuRequest } from '../shared/grid/PhotoGrid.tsx';
import { PhotoMenu } from '../shared/grid/PhotoMenu.tsx';
import { type Place, placeKey } from '../shared/place.ts';
import { createSelection, GridActsContext } from '../shared/selection.ts';
import { hasDialog } from '../shared/typing.ts';
import { useUndo } from '../shared/undo.tsx';
import { Header } from './Header.tsx';
import { LostBanner } from './LostBanner.tsx';
import { Navigation, useSmallWindow } from './Navigation.tsx';
import { LabelDialog, LabelsOf } from './PhotoLabels.tsx';
import { RoomOutlet } from './RoomOutlet.tsx';
import { SelectionLayer } from './SelectionLayer.tsx';
import classes from './Shell.module.css';
import { TrashDialog } from './TrashDialog.tsx';
import { useCopyKey, useCopyPicture } from './useCopyPicture.ts';
import { useExport } from './useExport.ts';
import { useHelpKey } from './useHelpKey.ts';
import { useMenuCommands } from './useMenuCommands.ts';
import { usePhotoActs } from './usePhotoActs.ts';
import { usePhotoKeys } from './usePhotoKeys.ts';
import { useSearchByFile } from './useSearchByFile.ts';
import { useSearchKeys } from './useSearchKeys.ts';
import { useTileOf } from './useTileOf.ts';
import { ViewHeading } from './ViewHeading.tsx';
import { verbsFor } from './verbs.tsx';

/** Photos that can be searched by at once. */
const MOST_LIKE = 50;

export function Shell({ lost }: { lost: boolean }) {
  const { t } = useTranslation();
  const { info } = useEngine();
  const bridge = nativeBridge();
  const photos = useLibrary((state) => state.photos);
  const place = useNavigation((state) => state.place);
  const go = useNavigation((state) => state.go);
  const setDrawer = useNavigation((state) => state.setDrawer);
  const small = useSmallWindow();
  const done = useUndo();
  const search = useSearch((state) => state);
  const folders = useFolders((state) => state);
  const working = useProgress((state) => isWorking(state.progress?.state));
  const openFailures = useProgress((state) => state.openFailures);
  const lightbox = useLightbox((state) => state);
  const rowHeight = useSettings((state) => state.rowHeight);
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);

  const searching = search.phase !== 'off';
  const room = !searching && place.kind === 'room' ? place.id : null;
  const [roomPhotos, setRoomPhotos] = useState<readonly PhotoTile[]>([]);
  const shown = searching ? search.results : room !== null ? roomPhotos : photos;
  const isEmpty = folders.phase === 'ready' && folders.folders.length === 0;
  const isOpen = lightbox.photo !== null;
  const [selection] = useState(createSelection);
  /** The open photo is about to leave the list: its neighbour takes its place. */
  const stepAside = (ids: readonly string[]) => {
    const here = shown.findIndex((photo) => photo.id === lightbox.photo);
    if (here < 0 || lightbox.photo === null || !ids.includes(lightbox.photo)) return;
    const next = shown[here + 1] ?? shown[here - 1];
    if (next === undefined) lightbox.close();
    else lightbox.open(next.id);
  };
  const acts = usePhotoActs(selection, stepAside);
  const amendLibrary = useLibrary((state) => state.amend);
  const amendSearch = useSearch((state) => state.amend);
  const gridActs = useMemo(
    () => ({
      selection,
      setFavourite: (photo: { id: string }, on: boolean) => acts.favourite([photo.id], on),
    }),
    [selection, acts],
  );
  const where = searching ? `search:${questionKey(search)}` : placeKey(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place begins with nothing chosen
  useEffect(() => selection.getState().clear(), [selection, where]);
  useSearchKeys(input, !isEmpty, isOpen ? lightbox.close : null, () => {
    if (selection.getState().ids.size === 0) return false;
    selection.getState().clear();
    return true;
  });
  const exportCopies = useExport();
  const copyPicture = useCopyPicture();
  const [comparing, setComparing] = useState<readonly string[]>([]);
  const [labelling, setLabelling] = useState<readonly string[] | null>(null);
  const [trashing, setTrashing] = useState<readonly string[] | null>(null);
  const refreshTrash = useTrash((state) => state.refresh);
  const albums = useAlbums((state) => state.albums);
  const setNaming = useAlbums((state) => state.setNaming);
  const verbs = (ids: readonly string[]) => {
    const chosen = new Set(ids);
    return verbsFor({
      t,
      acts,
      seams: {
        label: setLabelling,
        trash: setTrashing,
        exportCopies,
        reveal: info.can.reveal ? reveal : undefined,
        copy: copyPicture,
        openElsewhere: bridge?.openElsewhere,
        likeThese,
      },
      view: searching || place.kind === 'room' ? null : place,
      album: albums.find((album) => !searching && place.kind === 'album' && album.id === place.id) ?? null,
      photos: shown.filter((photo) => chosen.has(photo.id)),
    });
  };
  const targets = () => {
    if (lightbox.photo !== null) return [lightbox.photo];
    const { ids } = selection.getState();
    if (ids.size > 0) return [...ids];
    const focused = document.activeElement?.getAttribute('data-photo-id');
    return focused ? [focused] : [];
  };
  usePhotoKeys({ verbs, rate: acts.rate, targets });
  const act = (id: string) => {
    const ids = targets();
    const verb = hasDialog() || ids.length === 0 ? undefined : verbs(ids).find((other) => other.id === id);
    verb?.run(ids);
    if (verb === undefined) notifications.show({ message: t('acts.noPhoto') });
  };
  useCopyKey(() => {
    const verb = verbs(targets()).find(({ id }) => id === 'copy');
    verb?.run(targets());
    return verb !== undefined;
  });
  const leaveFor = (to: Place) => {
    lightbox.close();
    search.clear();
    go(to);
  };
  const openShortcuts = useCallback(() => setShortcutsOpen(true), []);
  useHelpKey(openShortcuts);
  useMenuCommands({
    go: leaveFor,
    settings: () => setSettingsOpen(true),
    shortcuts: openShortcuts,
    act,
    show: (photo) => lightbox.open(photo),
  });

  const gone = lightbox.fault?.kind === 'PHOTO_NOT_FOUND';
  const closeLightbox = lightbox.close;
  useEffect(() => {
    if (!gone) return;
    closeLightbox();
    notifications.show({ message: t('lightbox.gone') });
  }, [gone, closeLightbox, t]);

  const like = (photo: { id: string }) => {
    lightbox.close();
    search.searchLike(photo.id);
  };
  const tileOf = useTileOf(photos, search.results);
  const searchBy = useSearchByFile();
  const lens = useLens(shown.find((photo) => photo.id === lightbox.photo) ?? lightbox.detail, likePart);
  const gridProps = {
    handle: grid,
    rowHeight,
    onOpen: (photo: { id: string }) => {
      if (searching) search.keep();
      lightbox.open(photo.id);
    },
    onLike: like,
    onMenu: setMenu,
  };

  const compared = comparing.flatMap((id) => shown.find((photo) => photo.id === id) ?? []);
  const chosen = selection.getState().ids;
  const menuIds = menu === null ? [] : chosen.has(menu.photo.id) ? [...chosen] : [menu.photo.id];

  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToPhotos}>
        {t('app.skip')}
      </button>
      <Header
        search={
          isEmpty ? (
            <span />
          ) : (
            <SearchBox
              input={input}
              tileOf={tileOf}
              onFile={searchBy}
              onLeave={() => shown[0] && grid.current?.focusPhoto(shown[0].id)}
            />
          )
        }
        size={!isEmpty && room === null && <PhotoSize keys={!isOpen && compared.length === 0} />}
        onMenu={small && !isEmpty ? () => setDrawer(true) : undefined}
        onSettings={isEmpty ? () => setSettingsOpen(true) : undefined}
      />
      {lost && <LostBanner />}
      <ProgressStrip />
      <div className={classes.body}>
        {!isEmpty && <Navigation onSettings={() => setSettingsOpen(true)} onDropped={acts.putInto} />}
        <main className={classes.main}>
          <GridActsContext value={gridActs}>
            {isEmpty ? (
              <FirstRun />
            ) : searching ? (
              <SearchView
                {...gridProps}
                tileOf={tileOf}
                onSave={(query) => setNaming({ photos: null, query })}
                onFolders={() => folders.setOpen(true)}
                onModels={() => leaveFor({ kind: 'room', id: 'models' })}
              />
            ) : room !== null ? (
              <RoomOutlet
                id={room}
                onOpen={(list, id) => {
                  setRoomPhotos(list);
                  lightbox.open(id);
                }}
              />
            ) : (
              <>
                <ViewHeading />
                <div className={classes.view}>
                  <LibraryView
                    {...gridProps}
                    settling={folders.phase === 'loading'}
                    working={working}
                    offline={
                      folders.folders.length > 0 &&
                      folders.folders.every((folder) => folder.state === 'offline')
                    }
                    onFolders={() => folders.setOpen(true)}
                  />
                </div>
              </>
            )}
          </GridActsContext>
          <SelectionLayer
            selection={selection}
            photos={shown}
            enabled={!isOpen && room === null && !isEmpty}
            verbs={verbs}
            onRate={acts.rate}
            onCompare={setComparing}
          />
        </main>
      </div>
      {(!isEmpty || bridge !== null) && (
        <DropPicture onFile={isEmpty ? null : searchBy} onFolders={bridge?.addDropped ?? null} />
      )}
      <PhotoMenu
        request={menu}
        onClose={() => setMenu(null)}
        onOpen={gridProps.onOpen}
        onLike={like}
        ids={menuIds}
        verbs={verbs(menuIds)}
      />
      <Lightbox
        photos={shown}
        onLike={like}
        onFavourite={(photo, on) => acts.favourite([photo.id], on)}
        onRate={(photo, rating) => acts.rate([photo.id], rating)}
        lens={lens}
        panel={(photo) => (
          <>
            <LabelsOf
              photoId={photo.id}
              onOpen={(id) => leaveFor({ kind: 'label', id })}
              onAdd={() => setLabelling([photo.id])}
            />
            <AlbumsOf photoId={photo.id} onOpen={(album) => leaveFor({ kind: 'album', id: album.id })} />
          </>
        )}
        onClosed={(id) => grid.current?.focusPhoto(id)}
        onRevealFailed={sayRevealFailed}
      />
      {compared.length > 0 && (
        <Compare
          photos={compared}
          onFavourite={(photo, on) => acts.favourite([photo.id], on)}
          onDrop={(photo) => setComparing(comparing.filter((id) => id !== photo.id))}
          onClose={() => setComparing([])}
        />
      )}
      {trashing !== null && (
        <TrashDialog
          ids={trashing}
          onClose={() => setTrashing(null)}
          onGone={(ids) => {
            stepAside(ids);
            void refreshTrash();
            selection.getState().clear();
            const change = { ids: new Set(ids), gone: true };
            amendLibrary(change);
            amendSearch(change);
          }}
        />
      )}
      {labelling !== null && <LabelDialog ids={labelling} onClose={() => setLabelling(null)} />}
      <AlbumDialogs
        onDone={(result, message, made) => {
          done(result, message);
          if (made !== undefined && made.query === null && result.photos === 0)
            go({ kind: 'album', id: made.id });
        }}
      />
      <FoldersDrawer
        onFailures={() => {
          folders.setOpen(false);
          openFailures();
        }}
      />
      <FailuresDrawer />
      <SettingsDrawer
        opened={settingsOpen}
        covered={shortcutsOpen}
        version={info.version}
        onShortcuts={openShortcuts}
        onClose={() => setSettingsOpen(false)}
      >
        <PaceField />
        {bridge !== null && <TrayField />}
      </SettingsDrawer>
      {shortcutsOpen && <ShortcutSheet onClose={() => setShortcutsOpen(false)} />}
    </div>
  );

  function reveal(id: string) {
    void lightbox.reveal(id).then((fault) => fault && sayRevealFailed());
  }

  function likeThese(ids: readonly string[]) {
    lightbox.close();
    selection.getState().clear();
    search.searchLike(...ids.slice(0, MOST_LIKE));
  }

  function likePart({ id, version, ratio }: PhotoTile, region: Region) {
    lightbox.close();
    search.setPicture({ kind: 'part', photo: { id, version, ratio }, region }, '');
  }

  function sayRevealFailed() {
    notifications.show({ message: t('lightbox.revealFailed') });
  }
}

function isWorking(state: string | undefined): boolean {
  return state === 'scanning' || state === 'indexing' || state === 'paused';
}

function skipToPhotos(): void {
  document.getElementById('photos')?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}
