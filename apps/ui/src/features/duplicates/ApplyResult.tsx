// What became of it: files moved, files that stayed and why, and the way back.
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import classes from './Apply.module.css';
import { useDuplicates } from './store.ts';
import { useBytes } from './words.ts';

export function ApplyResult() {
  const { t } = useTranslation();
  const say = useFaultText();
  const bytes = useBytes();
  const applied = useDuplicates((state) => state.applied);
  const fault = useDuplicates((state) => state.applyFault);
  const undoApply = useDuplicates((state) => state.undoApply);
  const close = useDuplicates((state) => state.closeApply);
  if (applied === null) return null;
  const { report, undo, restored } = applied;
  const back = restored !== null;
  const left = restored?.failed ?? report.failed;
  return (
    <>
      <div className={classes.result} role="status" data-testid="apply-result">
        {report.trashed === 0 ? (
          <IconInfoCircle size={32} stroke={1.5} aria-hidden />
        ) : (
          <IconCircleCheck size={32} stroke={1.5} aria-hidden />
        )}
        <p>
          <strong>
            {back
              ? t('duplicates.restored', { count: restored.restored })
              : report.trashed === 0
                ? t('duplicates.trashedNone')
                : t('duplicates.trashed', { count: report.trashed, size: bytes(report.bytes) })}
          </strong>
        </p>
        {!back && report.trashed > 0 && <p>{t('duplicates.resultText')}</p>}
      </div>
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {say(fault)}
        </p>
      )}
      {left.length > 0 && (
        <section className={classes.failed} aria-label={t('duplicates.failed', { count: left.length })}>
          <h3 className={classes.label}>
            {restored === null
              ? t('duplicates.failed', { count: left.length })
              : t('duplicates.notRestored', { count: left.length })}
          </h3>
          <ul>
            {left.map((file) => (
              <li key={file.path}>
                <span>{file.path}</span>
                <em>{t(`moveProblem.${file.why}`)}</em>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.buttons}>
        {undo !== 'done' && (
          <Button
            variant="default"
            loading={undo === 'busy'}
            leftSection={<IconArrowBackUp size={17} aria-hidden />}
            onClick={() => void undoApply()}
          >
            {t('duplicates.undo')}
          </Button>
        )}
        <Button data-autofocus onClick={close}>
          {t('duplicates.done')}
        </Button>
      </div>
    </>
  );
}
