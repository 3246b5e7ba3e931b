// Every run there was: which labels, what it brought, and the way to take all of it back.
import { Button, Progress } from '@mantine/core';
import type { LabelRun } from '@semblance/contract';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineWords, useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import { useLabels } from './list-store.ts';
import classes from './RunHistory.module.css';
import { useRuns } from './runs-store.ts';

const NAMED = 3;

export function RunHistory() {
  const { t } = useTranslation();
  return (
    <div className={classes.history}>
      <header className={classes.header}>
        <h2>{t('labels.runs')}</h2>
      </header>
      <div className={classes.body}>
        <List />
      </div>
    </div>
  );
}

function List(): ReactNode {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const { phase, runs, fault, load, openDialog } = useRuns((state) => state);
  const labels = useLabels((state) => state.labels);
  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('labels.runsErrorTitle')}
        action={<Button onClick={() => void load()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (phase === 'ready' && runs.length === 0) {
    return (
      <Notice
        icon={<IconHistory size={26} />}
        title={t('labels.runsNoneTitle')}
        action={
          <Button disabled={labels.length === 0} onClick={() => openDialog()}>
            {t('labels.runLabels')}
          </Button>
        }
      >
        {t('labels.runsNoneText')}
      </Notice>
    );
  }
  return (
    <>
      {fault !== null && (
        <p role="alert" className={classes.fault}>
          {say(fault)}
        </p>
      )}
      <ol className={classes.list} aria-label={t('labels.runs')}>
        {runs.map((run) => (
          <li key={run.id} className={classes.run} data-state={run.state}>
            <div className={classes.what}>
              <strong>{namesOf(run)}</strong>
              <time dateTime={new Date(run.at).toISOString()}>
                {new Date(run.at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}
              </time>
            </div>
            <RunOutcome run={run} />
          </li>
        ))}
      </ol>
    </>
  );

  function namesOf(run: LabelRun): string {
    const names = run.labels.slice(0, NAMED).map((label) => label.name);
    const more = run.labels.length - names.length;
    const list = names.join(', ');
    return more > 0 ? `${list} ${t('labels.andMore', { count: more })}` : list;
  }
}

/** What a run brought, and its undo. */
export function RunOutcome({ run, large = false }: { run: LabelRun; large?: boolean }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const words = useEngineWords();
  const { undoing, undo, fault } = useRuns((state) => state);
  if (run.state === 'running') {
    return (
      <div className={classes.outcome}>
        <Progress
          className={classes.progress}
          size={4}
          value={run.total === 0 ? 0 : (run.done / run.total) * 100}
          aria-label={t('labels.running')}
        />
        <p>{t('labels.runProgress', { done: run.done, total: run.total })}</p>
      </div>
    );
  }
  const parts = [
    t('labels.tagged', { count: run.tagged }),
    t('labels.toReview', { count: run.suggested }),
    run.withdrawn > 0 && t('labels.withdrawn', { count: run.withdrawn }),
  ].filter(Boolean);
  return (
    <div className={classes.outcome} data-large={large || undefined}>
      <p role={large ? 'status' : undefined}>
        {run.state === 'undone' && <b>{t('labels.wasUndone')} </b>}
        {run.state === 'failed' ? (words(run.problem) ?? t('labels.runState.failed')) : parts.join(', ')}
      </p>
      {run.state === 'done' && run.actId !== null && (
        <Button
          size="compact-sm"
          variant="default"
          loading={undoing === run.id}
          aria-label={t('labels.undoRun')}
          onClick={() => void undo(run)}
        >
          {t('labels.undo')}
        </Button>
      )}
      {large && fault !== null && <p role="alert">{say(fault)}</p>}
    </div>
  );
}
