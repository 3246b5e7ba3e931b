// "Ask me": about twenty photos, one at a time, and at the end what the answers have brought.
import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import classes from './AskMe.module.css';
import { useAsk } from './ask-store.ts';
import type { Desk } from './desk.ts';
import { Judge } from './Judge.tsx';
import { useStudio } from './studio-store.ts';
import { useKeys } from './useKeys.ts';

export function AskMe({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, photos, at, given, before, fault, start, answer, skip, undo, stop } = useAsk(
    (state) => state,
  );
  const isAsking = useStudio((state) => state.phase === 'asking');
  useKeys((key) => {
    if (key === 'escape') stop();
    else if (key === 'u' && phase === 'done') undo();
    else return false;
    return true;
  });

  const back = (
    <Button variant="default" onClick={stop}>
      {t('labels.backToMatches')}
    </Button>
  );
  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('labels.askErrorTitle')}
        action={
          <>
            <Button onClick={() => void start()}>{t('app.retry')}</Button>
            {back}
          </>
        }
      >
        {say(fault)}
      </Notice>
    );
  }
  if (phase === 'loading') return <output className={classes.loading}>{t('labels.askLoading')}</output>;
  const photo = photos[at];
  if (phase === 'done' || photo === undefined) {
    const answered = given.filter((verdict) => verdict !== null).length;
    const now = desk.preview?.expectedPrecision ?? null;
    const percent = (value: number) => t('labels.percent', { value: Math.round(value * 100) });
    return (
      <Notice
        icon={<IconCircleCheck size={26} />}
        title={answered === 0 ? t('labels.askNothing') : t('labels.askThanks', { count: answered })}
        action={
          <>
            <Button onClick={stop}>{t('labels.seeMatches')}</Button>
            <Button variant="default" disabled={isAsking} onClick={() => void start()}>
              {t('labels.askMore')}
            </Button>
          </>
        }
      >
        {isAsking || desk.preview === null ? (
          t('labels.looking')
        ) : now === null ? (
          t('labels.expectedUnknown')
        ) : (
          <p className={classes.outcome}>
            {t('labels.expected')} <b>{percent(now)}</b> {t(`labels.basis.${desk.preview.basis}`)}
            {before !== null && Math.round(before * 100) !== Math.round(now * 100) && (
              <small>{t('labels.askBefore', { value: Math.round(before * 100) })}</small>
            )}
          </p>
        )}
      </Notice>
    );
  }
  const name = desk.draft.name.trim() || t('labels.newUnnamed');
  return (
    <div className={classes.ask}>
      <div className={classes.progress}>
        <span>{t('labels.askProgress', { at: at + 1, total: photos.length })}</span>
        <Progress
          size={4}
          value={(at / photos.length) * 100}
          aria-label={t('labels.askProgress', { at: at + 1, total: photos.length })}
        />
        <button type="button" className={classes.done} onClick={stop}>
          {t('labels.askStop')}
        </button>
      </div>
      <div className={classes.judge}>
        <Judge
          question={<Question name={name} />}
          now={{ key: photo.id, photo, veiled: desk.draft.sensitive }}
          next={photos
            .slice(at + 1)
            .map((other) => ({ key: other.id, photo: other, veiled: desk.draft.sensitive }))}
          canUndo={at > 0}
          onAnswer={answer}
          onSkip={skip}
          onUndo={undo}
        />
      </div>
    </div>
  );
}

/** The name stands out of the sentence, wherever the language puts it. */
export function Question({ name }: { name: string }) {
  const { t } = useTranslation();
  const [before = '', after = ''] = t('labels.isThis', { name: '\u0000' }).split('\u0000');
  return (
    <span>
      {before}
      <b>{name}</b>
      {after}
    </span>
  );
}
