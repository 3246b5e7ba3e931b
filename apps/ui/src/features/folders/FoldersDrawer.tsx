// The library's folders: state, counts, look again, remove, add. Never a path from the keyboard.
import { Button, Drawer } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { useFaultText } from '../../shared/faults.ts';
import { FolderRow } from './FolderRow.tsx';
import classes from './FoldersDrawer.module.css';
import { RemoveFolder } from './RemoveFolder.tsx';
import { useFolders } from './store.ts';

export function FoldersDrawer({ onFailures }: { onFailures(): void }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { info } = useEngine();
  const state = useFolders((all) => all);
  const { folders, offered, fault, failed } = state;
  const [removing, setRemoving] = useState<number | null>(null);
  const open = offered.filter((offer) => !offer.added);
  return (
    <Drawer
      opened={state.open}
      onClose={() => state.setOpen(false)}
      position="right"
      size={440}
      title={t('folders.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.intro}>{t('folders.intro')}</p>
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {say(fault)}
        </p>
      )}
      {folders.length === 0 && <p>{t('folders.none')}</p>}
      <ul className={classes.list}>
        {folders.map((folder) => (
          <FolderRow
            key={folder.id}
            folder={folder}
            onRescan={() => state.rescan(folder.id)}
            onAccept={() => state.accept(folder.id)}
            onFollow={() => state.follow(folder.id)}
            onRemove={() => setRemoving(folder.id)}
          />
        ))}
      </ul>
      {info.can.chooseFolder && (
        <Button
          variant="default"
          leftSection={<IconFolderPlus size={18} />}
          loading={state.adding}
          onClick={state.choose}
        >
          {t('folders.add')}
        </Button>
      )}
      {open.length > 0 && (
        <>
          <h3 className={classes.subtitle}>{t('folders.offeredTitle')}</h3>
          <ul className={classes.list}>
            {open.map((offer) => (
              <li key={offer.offerId} className={classes.offer}>
                <span>{offer.path}</span>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={state.adding}
                  onClick={() => state.addOffered([offer.offerId])}
                >
                  {t('folders.addOffered')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {failed > 0 && (
        <button type="button" className={classes.failed} onClick={onFailures}>
          {t('progress.failed', { count: failed })}
        </button>
      )}
      <RemoveFolder
        folder={folders.find((folder) => folder.id === removing) ?? null}
        onCancel={() => setRemoving(null)}
        onConfirm={(id) => {
          setRemoving(null);
          void state.remove(id);
        }}
      />
    </Drawer>
  );
}
