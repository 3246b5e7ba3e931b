// The menu of a photo in a grid: the same verbs as in the open photo, at the pointer.
import { Menu } from '@mantine/core';
import { IconFolderSearch, IconMaximize, IconSparkles } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../engine-context.tsx';
import type { Verb } from '../verbs.ts';
import type { MenuRequest } from './PhotoGrid.tsx';
import classes from './PhotoMenu.module.css';
import type { GridPhoto } from './Tile.tsx';

interface PhotoMenuProps {
  request: MenuRequest | null;
  onClose(): void;
  onOpen(photo: GridPhoto): void;
  onLike(photo: GridPhoto): void;
  onReveal?: ((photo: GridPhoto) => void) | undefined;
  /** What else can be done, with the photo or with all chosen ones if it is among them. */
  ids?: readonly string[];
  verbs?: readonly Verb[];
}

export function PhotoMenu(props: PhotoMenuProps) {
  const { request, onClose, onOpen, onLike, onReveal, ids = [], verbs = [] } = props;
  const { t } = useTranslation();
  const { info } = useEngine();
  if (request === null) return null;
  const { photo, x, y } = request;
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      offset={0}
      width={ids.length > 1 ? 260 : 230}
      withinPortal
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('photo.actions')}
          className={classes.target}
          style={{ left: x, top: y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconMaximize size={18} />} onClick={() => onOpen(photo)}>
          {t('photo.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSparkles size={18} />} onClick={() => onLike(photo)}>
          {t('photo.like')}
        </Menu.Item>
        {onReveal !== undefined && info.can.reveal && !photo.offline && (
          <Menu.Item leftSection={<IconFolderSearch size={18} />} onClick={() => onReveal(photo)}>
            {t('photo.reveal')}
          </Menu.Item>
        )}
        {verbs.length > 0 && <Menu.Divider />}
        {ids.length > 1 && <Menu.Label>{t('selection.count', { count: ids.length })}</Menu.Label>}
        {verbs.map((verb, i) => (
          <Fragment key={verb.id}>
            {verb.grave === true && verbs[i - 1]?.grave !== true && <Menu.Divider />}
            <Menu.Item
              leftSection={verb.icon}
              rightSection={
                verb.shortcut !== undefined && <span className={classes.key}>{verb.shortcut}</span>
              }
              onClick={() => verb.run(ids)}
            >
              {verb.label}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
