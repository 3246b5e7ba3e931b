// Asks before a folder is forgotten, and says what that means for the files: nothing.
import { Button, Modal } from '@mantine/core';
import type { Folder } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import classes from './FoldersDrawer.module.css';

interface RemoveFolderProps {
  folder: Folder | null;
  onCancel(): void;
  onConfirm(id: number): void;
}

export function RemoveFolder({ folder, onCancel, onConfirm }: RemoveFolderProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={folder !== null}
      onClose={onCancel}
      centered
      title={t('folders.removeTitle', { name: folder?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.intro}>{t('folders.removeText')}</p>
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('folders.cancel')}
        </Button>
        <Button color="red" onClick={() => folder !== null && onConfirm(folder.id)}>
          {t('folders.confirmRemove')}
        </Button>
      </div>
    </Modal>
  );
}
