// Names the view one is in, and offers what can be done with it as a whole.
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { useAlbums } from '../features/albums/store.ts';
import { useFolders } from '../features/folders/store.ts';
import { useLabels } from '../features/labels/list-store.ts';
import { useLibrary } from '../features/library/store.ts';
import { ViewBar } from '../features/library/ViewBar.tsx';
import { useNavigation } from '../features/navigation/store.ts';
import { useFaultText } from '../shared/faults.ts';
import { HOME } from '../shared/place.ts';
import { useUndo } from '../shared/undo.tsx';

export function ViewHeading() {
  const { t } = useTranslation();
  const view = useLibrary((state) => state.view);
  const total = useLibrary((state) => state.total);
  const albums = useAlbums((state) => state.albums);
  const folders = useFolders((state) => state.folders);
  const labels = useLabels((state) => state.labels);
  switch (view.kind) {
    case 'all':
      return null;
    case 'album': {
      const album = albums.find((other) => other.id === view.id);
      return (
        <ViewBar
          title={album?.name ?? t('albums.album')}
          count={total}
          actions={album !== undefined && <AlbumMenu id={album.id} name={album.name} />}
        />
      );
    }
    case 'label': {
      const label = labels.find((other) => other.id === view.id);
      return <ViewBar title={label?.name ?? t('labels.title')} count={total} />;
    }
    case 'folder': {
      const folder = folders.find((other) => other.id === view.id);
      const name = view.path.split('/').at(-1) || folder?.name || t('nav.folders');
      const path = view.path === '' ? folder?.path : `${folder?.name ?? ''}/${view.path}`;
      return <ViewBar title={name} note={path} count={total} />;
    }
    default:
      return (
        <ViewBar
          title={t(`nav.${view.kind}`)}
          note={view.kind === 'hidden' ? t('nav.hiddenNote') : undefined}
          count={total}
        />
      );
  }
}

function AlbumMenu({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const done = useUndo();
  const { setNaming, remove } = useAlbums((state) => state);
  const go = useNavigation((state) => state.go);
  const removeIt = async () => {
    try {
      const result = await remove(id);
      go(HOME);
      done(result, t('albums.removed', { name }));
    } catch (error) {
      notifications.show({ message: say(toFault(error)) });
    }
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--sem-muted)"
          size={32}
          aria-label={t('albums.actions', { name })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setNaming({ id, name })}>
          {t('albums.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void removeIt()}>
          {t('albums.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
