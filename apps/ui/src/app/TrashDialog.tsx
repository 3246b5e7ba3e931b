// Asks before photos go to the trash, and says what became of them.
import { Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { useEngine } from '../shared/engine-context.tsx';
import { useFaultText } from '../shared/faults.ts';
import { OVER_THE_PHOTO, useFocusBack } from '../shared/on-top.ts';
import { useUndo } from '../shared/undo.tsx';

interface TrashDialogProps {
  ids: readonly string[];
  onClose(): void;
  /** They have left the library. */
  onGone(ids: readonly string[]): void;
}

export function TrashDialog({ ids, onClose, onGone }: TrashDialogProps) {
  const { t } = useTranslation();
  const { client } = useEngine();
  const say = useFaultText();
  const done = useUndo();
  const [busy, setBusy] = useState(false);
  const count = ids.length;
  useFocusBack();

  const trash = async () => {
    setBusy(true);
    try {
      const report = await client.photos.trash({ photos: { kind: 'photos', ids: [...ids] } });
      const failed = report.failed.length;
      if (report.trashed > 0 && failed === 0) onGone(ids);
      const result = { actId: report.actId, photos: report.trashed };
      done(result, t('trash.done', { count: report.trashed }));
      if (failed > 0) {
        const [first] = report.failed;
        notifications.show({
          message: `${t('trash.failed', { count: failed, path: first?.path })} ${t(`moveProblem.${first?.why ?? 'other'}`)}`,
        });
      }
      onClose();
    } catch (error) {
      notifications.show({ message: say(toFault(error)) });
    }
    setBusy(false);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('trash.title', { count })}
      {...OVER_THE_PHOTO}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Text size="sm" c="var(--sem-muted)">
        {t('trash.text')}
      </Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('albums.cancel')}
        </Button>
        <Button color="red.9" onClick={() => void trash()} loading={busy} data-autofocus>
          {t('trash.confirm')}
        </Button>
      </Group>
    </Modal>
  );
}
