// The last move to the trash, with the way back: it stays in sight until it is put away.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import classes from './Room.module.css';
import { useDuplicates } from './store.ts';
import { useBytes, useMoment } from './words.ts';

export function AppliedBar() {
  const { t } = useTranslation();
  const say = useFaultText();
  const bytes = useBytes();
  const moment = useMoment();
  const { applied, applyFault, lastTrash, applyPhase, undoApply, undoLastTrash, forgetApplied } =
    useDuplicates((state) => state);
  if (applied === null) {
    if (lastTrash === null) return null;
    return (
      <div className={classes.applied}>
        <span>{t('duplicates.earlierTrash', { when: moment(lastTrash.at) })}</span>
        <UndoButton onClick={() => void undoLastTrash()} />
      </div>
    );
  }
  const { report, undo, restored } = applied;
  if (report.trashed === 0 && restored === null) return null;
  return (
    <div className={classes.applied} data-testid="applied">
      <IconCircleCheck size={18} aria-hidden />
      <span role="status">
        {restored !== null
          ? t('duplicates.restored', { count: restored.restored })
          : t('duplicates.trashed', { count: report.trashed, size: bytes(report.bytes) })}
        {restored !== null && restored.failed.length > 0 && (
          <em>{t('duplicates.notRestored', { count: restored.failed.length })}</em>
        )}
        {applyFault !== null && applyPhase === 'closed' && <em role="alert">{say(applyFault)}</em>}
      </span>
      {undo !== 'done' && <UndoButton busy={undo === 'busy'} onClick={() => void undoApply()} />}
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--sem-muted)"
        aria-label={t('duplicates.putAway')}
        onClick={forgetApplied}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function UndoButton({ busy = false, onClick }: { busy?: boolean; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      onClick={onClick}
    >
      {t('duplicates.undo')}
    </Button>
  );
}
