// One folder in the list: where it is, how it is, how many photos, and its two actions.
import { ActionIcon, Button, Menu } from '@mantine/core';
import type { Folder } from '@semblance/contract';
import {
  IconCircleCheck,
  IconDots,
  IconFolder,
  IconFolderOff,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import classes from './FoldersDrawer.module.css';

interface FolderRowProps {
  folder: Folder;
  onRescan(): void;
  /** The photos that the folder no longer lists are really gone. */
  onAccept(): void;
  /** Go on with it where it was found. */
  onFollow(): void;
  onRemove(): void;
}

export function FolderRow({ folder, onRescan, onAccept, onFollow, onRemove }: FolderRowProps) {
  const { t } = useTranslation();
  const offline = folder.state === 'offline';
  return (
    <li className={classes.folder} data-offline={offline || undefined}>
      <span className={classes.icon} aria-hidden>
        {offline ? <IconFolderOff size={20} /> : <IconFolder size={20} />}
      </span>
      <span className={classes.facts}>
        <strong>{folder.name}</strong>
        <span className={classes.path}>{folder.path}</span>
        <span>
          {t('app.photos', { count: folder.photos })}
          <span className={classes.state}>{t(`folders.${folder.state}`)}</span>
        </span>
        {offline && <span className={classes.noteText}>{why(t, folder)}</span>}
        {folder.foundAt !== null && (
          <span className={classes.found}>
            <span>{t('folders.found', { path: folder.foundAt })}</span>
            <Button size="compact-sm" variant="default" onClick={onFollow}>
              {t('folders.follow')}
            </Button>
          </span>
        )}
      </span>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('folders.actions', { name: folder.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={onRescan}>
            {t('folders.rescan')}
          </Menu.Item>
          {offline && (
            <Menu.Item leftSection={<IconCircleCheck size={16} />} onClick={onAccept}>
              {t(folder.stranger ? 'folders.acceptStranger' : 'folders.accept')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={onRemove}>
            {t('folders.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** Folders that were last looked at by an earlier version have no facts. */
function why(t: TFunction, { why: problem }: Folder): string {
  if (problem === null) return t('folders.why.unknown');
  const { kind, known, seen, code } = problem;
  return t(`folders.why.${kind}`, { count: known, seen, code });
}
