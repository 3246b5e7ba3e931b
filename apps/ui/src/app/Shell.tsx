// The window once the engine is there: header, progress, the photos or the answer, and the rooms beside them.
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FirstRun } from '../features/folders/FirstRun.tsx';
import { FoldersDrawer } from '../features/folders/FoldersDrawer.tsx';
import { useFolders } from '../features/folders/store.ts';
import { LibraryView } from '../features/library/LibraryView.tsx';
import { useLibrary } from '../features/library/store.ts';
import { Lightbox } from '../features/lightbox/Lightbox.tsx';
import { useLightbox } from '../features/lightbox/store.ts';
import { FailuresDrawer } from '../features/progress/FailuresDrawer.tsx';
import { ProgressStrip } from '../features/progress/ProgressStrip.tsx';
import { useProgress } from '../features/progress/store.ts';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { SearchView } from '../features/search/SearchView.tsx';
import { useSearch } from '../features/search/store.ts';
import { SettingsDrawer } from '../features/settings/SettingsDrawer.tsx';
import { useSettings } from '../features/settings/store.ts';
import { ShortcutSheet } from '../features/shortcuts/ShortcutSheet.tsx';
import { useEngine } from '../shared/engine-context.tsx';
import type { GridHandle, MenuRequest } from '../shared/grid/PhotoGrid.tsx';
import { PhotoMenu } from '../shared/grid/PhotoMenu.tsx';
import type { GridPhoto } from '../shared/grid/Tile.tsx';
import { Header } from './Header.tsx';
import { LostBanner } from './LostBanner.tsx';
import classes from './Shell.module.css';
import { useHelpKey } from './useHelpKey.ts';
import { useSearchKeys } from './useSearchKeys.ts';

const DuplicatesRoom = lazy(() => import('../features/duplicates/DuplicatesRoom.tsx'));

export function Shell({ lost }: { lost: boolean }) {
  const { t } = useTranslation();
  const { info, picture } = useEngine();
  const photos = useLibrary((state) => state.photos);
  const total = useLibrary((state) => state.total);
  const search = useSearch((state) => state);
  const folders = useFolders((state) => state);
  const working = useProgress((state) => isWorking(state.progress?.state));
  const openFailures = useProgress((state) => state.openFailures);
  const lightbox = useLightbox((state) => state);
  const rowHeight = useSettings((state) => state.rowHeight);
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const [inRoom] = useState(() => window.location.hash === '#room=duplicates');
  const [roomPhotos, setRoomPhotos] = useState<readonly GridPhoto[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);

  const searching = search.phase !== 'off';
  const shown = searching ? search.results : photos;
  const isEmpty = folders.phase === 'ready' && folders.folders.length === 0;
  useSearchKeys(input, lightbox.photo === null && !isEmpty);
  const openShortcuts = useCallback(() => setShortcutsOpen(true), []);
  useHelpKey(openShortcuts);

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
  const likeSource = search.like === null ? undefined : photos.find((photo) => photo.id === search.like);
  const verbs = {
    handle: grid,
    rowHeight,
    onOpen: (photo: { id: string }) => lightbox.open(photo.id),
    onLike: like,
    onMenu: setMenu,
  };

  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToPhotos}>
        {t('app.skip')}
      </button>
      <Header
        photos={total}
        search={
          isEmpty ? (
            <span />
          ) : (
            <SearchBox input={input} onLeave={() => shown[0] && grid.current?.focusPhoto(shown[0].id)} />
          )
        }
        onFolders={() => folders.setOpen(true)}
        onSettings={() => setSettingsOpen(true)}
      />
      {lost && <LostBanner />}
      <ProgressStrip />
      <main className={classes.main}>
        {inRoom ? (
          <Suspense>
            <DuplicatesRoom onOpen={(list, id) => [setRoomPhotos(list), lightbox.open(id)]} />
          </Suspense>
        ) : isEmpty ? (
          <FirstRun />
        ) : searching ? (
          <SearchView {...verbs} likeThumb={likeSource && picture('thumb', likeSource)} />
        ) : (
          <LibraryView
            {...verbs}
            settling={folders.phase === 'loading'}
            working={working}
            offline={
              folders.folders.length > 0 && folders.folders.every((folder) => folder.state === 'offline')
            }
            onFolders={() => folders.setOpen(true)}
          />
        )}
      </main>
      <PhotoMenu
        request={menu}
        onClose={() => setMenu(null)}
        onOpen={verbs.onOpen}
        onLike={like}
        onReveal={(photo) => void lightbox.reveal(photo.id).then((fault) => fault && sayRevealFailed())}
      />
      <Lightbox
        photos={inRoom ? roomPhotos : shown}
        onLike={like}
        onClosed={(id) => grid.current?.focusPhoto(id)}
        onRevealFailed={sayRevealFailed}
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
      />
      {shortcutsOpen && <ShortcutSheet onClose={() => setShortcutsOpen(false)} />}
    </div>
  );

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
