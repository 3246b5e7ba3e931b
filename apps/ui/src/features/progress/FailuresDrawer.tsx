// The files that could not be indexed, in plain words, and the one thing to do about them.
import { Button, Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { fileName } from '../../shared/format.ts';
import classes from './FailuresDrawer.module.css';
import { useProgress } from './store.ts';

export function FailuresDrawer() {
  const { t } = useTranslation();
  const say = useFaultText();
  const state = useProgress((all) => all);
  const { failures, failuresTotal, failuresPhase, fault } = state;
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
      <ul className={classes.list}>
        {failures.map(({ path, reason, message }) => (
          <li key={path}>
            <span className={classes.name}>
              <strong title={path}>{fileName(path)}</strong>
              <span className={classes.reason}>{t(`failures.reason.${reason}`)}</span>
            </span>
            <span className={classes.path}>{path}</span>
            <span className={classes.message}>{message}</span>
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
          <Button onClick={state.retryFailures}>{t('failures.retry')}</Button>
        </div>
      )}
    </Drawer>
  );
}
