// The menu of a photo in a grid: the same verbs as in the open photo, at the pointer.
import { Menu } from '@mantine/core';
import { IconFolderSearch, IconMaximize, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../engine-context.tsx';
import type { MenuRequest } from './PhotoGrid.tsx';
import type { GridPhoto } from './Tile.tsx';

interface PhotoMenuProps {
  request: MenuRequest | null;
  onClose(): void;
  onOpen(photo: GridPhoto): void;
  onLike(photo: GridPhoto): void;
  onReveal(photo: GridPhoto): void;
}

export function PhotoMenu({ request, onClose, onOpen, onLike, onReveal }: PhotoMenuProps) {
  const { t } = useTranslation();
  const { info } = useEngine();
  if (request === null) return null;
  const { photo, x, y } = request;
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={0} width={200} withinPortal>
      <Menu.Target>
        <div style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconMaximize size={16} />} onClick={() => onOpen(photo)}>
          {t('photo.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSparkles size={16} />} onClick={() => onLike(photo)}>
          {t('photo.like')}
        </Menu.Item>
        {info.can.reveal && !photo.offline && (
          <Menu.Item leftSection={<IconFolderSearch size={16} />} onClick={() => onReveal(photo)}>
            {t('photo.reveal')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
