// The files that could not be indexed, in plain words, and the one thing to do about them.
import { Button, Chip, Drawer } from '@mantine/core';
import { type Failure, failureReason } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { fileName } from '../../shared/format.ts';
import classes from './FailuresDrawer.module.css';
import { useProgress } from './store.ts';

const ALL = 'all';

function reasonOf(value: string | string[]): Failure['reason'] | null {
  return failureReason.nullable().catch(null).parse(value);
}

export function FailuresDrawer() {
  const { t } = useTranslation();
  const say = useFaultText();
  const state = useProgress((all) => all);
  const { failures, failuresTotal, failuresPhase, reasons, fault } = state;
  return (
    <Drawer
      opened={state.failuresOpen}
      onClose={state.closeFailures}
      position="right"
      size={480}
      title={t('failures.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.intro}>{t('failures.intro')}</p>
      {fault !== null && <p role="alert">{say(fault)}</p>}
      {failuresPhase === 'ready' && failures.length === 0 && <p>{t('failures.none')}</p>}
      {reasons.length > 1 && (
        <Chip.Group value={state.reason ?? ALL} onChange={(value) => state.showReason(reasonOf(value))}>
          <div className={classes.reasons} role="radiogroup" aria-label={t('failures.byReason')}>
            <Chip size="xs" variant="outline" value={ALL}>
              {t('failures.all', { count: reasons.reduce((sum, { files }) => sum + files, 0) })}
            </Chip>
            {reasons.map(({ reason, files }) => (
              <Chip key={reason} size="xs" variant="outline" value={reason}>
                {t('failures.some', { reason: t(`failures.reason.${reason}`), count: files })}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      )}
      <ul className={classes.list}>
        {failures.map(({ fileId, path, reason, why }) => (
          <li key={path}>
            <span className={classes.name}>
              <strong title={path}>{fileName(path)}</strong>
              <span className={classes.reason}>{t(`failures.reason.${reason}`)}</span>
            </span>
            <span className={classes.path}>{path}</span>
            {why !== null && <span className={classes.message}>{t(`failures.why.${why}`)}</span>}
            {fileId !== null && (
              <Button
                className={classes.again}
                size="compact-xs"
                variant="subtle"
                onClick={() => state.retryFailures(fileId)}
                aria-label={t('failures.retryOne', { name: fileName(path) })}
              >
                {t('failures.retry')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {failures.length < failuresTotal && (
        <Button variant="subtle" onClick={state.moreFailures}>
          {t('failures.more')}
        </Button>
      )}
      {failures.length > 0 && (
        <div className={classes.foot}>
          <Button onClick={() => state.retryFailures()}>{t('failures.retryAll')}</Button>
        </div>
      )}
    </Drawer>
  );
}
