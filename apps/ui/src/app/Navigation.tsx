// The sidebar with everything in it, beside the photos or, in a small window, as a drawer.
import { ActionIcon, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Album } from '@semblance/contract';
import { IconFolderCog, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AlbumList } from '../features/albums/AlbumList.tsx';
import { useAlbums } from '../features/albums/store.ts';
import { FolderTree } from '../features/folders/FolderTree.tsx';
import { useFolders } from '../features/folders/store.ts';
import { Sidebar, type SidebarProps } from '../features/navigation/Sidebar.tsx';
import { useNavigation } from '../features/navigation/store.ts';
import { useProgress } from '../features/progress/store.ts';
import { useSearch } from '../features/search/store.ts';
import { useTrash } from '../features/trash/store.ts';
import type { Place } from '../shared/place.ts';
import { ROOMS } from './rooms.tsx';

/** Below this the photos need the width; the sidebar becomes a drawer. */
const SMALL = '(max-width: 899.98px)';

export function useSmallWindow(): boolean {
  return useMediaQuery(SMALL, window.matchMedia(SMALL).matches) ?? false;
}

interface NavigationProps {
  onSettings(): void;
  /** Photos were dropped on an album. */
  onDropped(album: Album, photoIds: readonly string[]): void;
}

export function Navigation({ onSettings, onDropped }: NavigationProps) {
  const { t } = useTranslation();
  const small = useSmallWindow();
  const { place, narrow, drawer, setDrawer, go } = useNavigation((state) => state);
  const photos = useFolders((state) => state.photos);
  const failed = useFolders((state) => state.failed);
  const thrownAway = useTrash((state) => state.total);
  const setFoldersOpen = useFolders((state) => state.setOpen);
  const openFailures = useProgress((state) => state.openFailures);
  const loadAlbums = useAlbums((state) => state.load);
  const setNaming = useAlbums((state) => state.setNaming);
  const searchText = useSearch((state) => (state.phase === 'off' ? null : state.text.trim()));
  const searching = useSearch((state) => state.phase !== 'off');
  const search = useSearch((state) => state.search);
  const clear = useSearch((state) => state.clear);
  useEffect(() => void loadAlbums(), [loadAlbums]);

  const leaveDrawer = () => setDrawer(false);
  const visit = (target: Place) => {
    clear();
    go(target);
  };
  const props: SidebarProps = {
    rooms: ROOMS.filter((room) => room.listed),
    photos,
    failed,
    thrownAway,
    covered: searching,
    albums: (
      <AlbumList
        current={!searching && place.kind === 'album' ? place.id : null}
        query={searchText}
        onDropped={onDropped}
        onOpen={(album) => {
          if (album.query === null) return visit({ kind: 'album', id: album.id });
          leaveDrawer();
          search(album.query);
        }}
      />
    ),
    albumActions: (
      <SectionAction
        label={t('albums.new')}
        icon={<IconPlus size={16} aria-hidden />}
        onClick={() => setNaming({ photos: null, query: null })}
      />
    ),
    folders: (
      <FolderTree
        current={!searching && place.kind === 'folder' ? place : null}
        onOpen={(folder) => visit({ kind: 'folder', ...folder })}
      />
    ),
    folderActions: (
      <SectionAction
        label={t('nav.manageFolders')}
        icon={<IconFolderCog size={16} aria-hidden />}
        onClick={() => {
          leaveDrawer();
          setFoldersOpen(true);
        }}
      />
    ),
    onGo: visit,
    onFailures: () => {
      leaveDrawer();
      openFailures();
    },
    onSettings: () => {
      leaveDrawer();
      onSettings();
    },
  };

  if (!small) return <Sidebar {...props} narrow={narrow} />;
  return (
    <Drawer
      opened={drawer}
      onClose={leaveDrawer}
      size={268}
      padding={0}
      title={t('app.name')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      styles={{ body: { height: 'calc(100% - 60px)', padding: 0 }, header: { paddingLeft: 20 } }}
    >
      <Sidebar {...props} narrow={false} inDrawer />
    </Drawer>
  );
}

function SectionAction(props: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--sem-muted)"
      size={28}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      {props.icon}
    </ActionIcon>
  );
}
