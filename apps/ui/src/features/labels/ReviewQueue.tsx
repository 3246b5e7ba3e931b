// The review: photos that labels are not sure of, across all labels or for one, until none is left.
import { Button, Select } from '@mantine/core';
import { IconAlertTriangle, IconChecklist } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import { Question } from './AskMe.tsx';
import { Dot } from './Dot.tsx';
import { Judge } from './Judge.tsx';
import { useLabels } from './list-store.ts';
import { queueKey, useQueue } from './queue-store.ts';
import classes from './ReviewQueue.module.css';
import { useRuns } from './runs-store.ts';
import { useKeys } from './useKeys.ts';

export function ReviewQueue() {
  const { t } = useTranslation();
  const { labels } = useLabels((state) => state);
  const { labelId, left, yes, no, skipped, open } = useQueue((state) => state);
  useEffect(() => open(null), [open]);
  const waiting = labels.filter((label) => label.suggested > 0 || label.id === labelId);
  return (
    <div className={classes.review}>
      <header className={classes.header}>
        <h2>{t('labels.review')}</h2>
        <p role="status">
          <b>{t('labels.left', { count: left })}</b>
          {yes + no + skipped > 0 && <span>{t('labels.tally', { yes, no, skipped })}</span>}
        </p>
        <Select
          className={classes.filter}
          aria-label={t('labels.reviewOf')}
          data={[
            { value: 'all', label: t('labels.allLabels') },
            ...waiting.map((label) => ({ value: String(label.id), label: label.name })),
          ]}
          value={labelId === null ? 'all' : String(labelId)}
          allowDeselect={false}
          onChange={(value) => open(value === null || value === 'all' ? null : Number(value))}
        />
      </header>
      <div className={classes.body}>
        <Body />
      </div>
    </div>
  );
}

function Body(): ReactNode {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, items, labelId, yes, no, skipped, canUndo, fault, open, answer, skip, undo } = useQueue(
    (state) => state,
  );
  const labels = useLabels((state) => state.labels);
  const openRun = useRuns((state) => state.openDialog);
  const sensitive = useMemo(
    () => new Set(labels.filter((label) => label.sensitive).map((label) => label.id)),
    [labels],
  );
  const [item, ...next] = items;
  // At the end there is no photo that would hear the key.
  useKeys((key) => {
    if (key !== 'u' || item !== undefined || !canUndo) return false;
    undo();
    return true;
  });
  const again = () => open(labelId);

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('labels.reviewErrorTitle')}
        action={<Button onClick={again}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (phase === 'loading') return <output className={classes.loading}>{t('labels.reviewLoading')}</output>;
  if (item === undefined) {
    const looked = yes + no;
    return (
      <Notice
        icon={<IconChecklist size={26} />}
        title={looked + skipped > 0 ? t('labels.reviewDone') : t('labels.reviewEmpty')}
        action={
          <>
            {skipped > 0 && <Button onClick={again}>{t('labels.reviewSkipped', { count: skipped })}</Button>}
            {canUndo && (
              <Button variant="default" onClick={undo}>
                {t('labels.undo')}
              </Button>
            )}
            {looked + skipped === 0 && labels.length > 0 && (
              <Button variant="default" onClick={() => openRun()}>
                {t('labels.runLabels')}
              </Button>
            )}
          </>
        }
      >
        {looked > 0
          ? t('labels.reviewDoneText', { yes, no })
          : skipped > 0
            ? t('labels.reviewSkippedText')
            : t('labels.reviewEmptyText')}
      </Notice>
    );
  }
  const judged = (other: typeof item) => ({
    key: queueKey(other),
    photo: other.photo,
    veiled: sensitive.has(other.label.id),
  });
  return (
    <>
      {fault !== null && (
        <p role="alert" className={classes.fault}>
          {t('labels.answerFailed')} {say(fault)}
        </p>
      )}
      <Judge
        question={
          <>
            <Dot color={item.label.color} size={12} />
            <Question name={item.label.name} />
            <small>{t('labels.fits', { value: Math.round(item.photo.score * 100) })}</small>
          </>
        }
        now={judged(item)}
        next={next.map(judged)}
        canUndo={canUndo}
        onAnswer={answer}
        onSkip={skip}
        onUndo={undo}
      />
    </>
  );
}
