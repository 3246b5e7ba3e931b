// What the label finds, live: how many and how sure, where the line runs, and the photos best first.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconEye, IconHourglass, IconPencil } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import type { RoomProps } from '../../shared/room.ts';
import { unveil, veilAgain } from '../../shared/veil.ts';
import { AnswerGrid } from './AnswerGrid.tsx';
import { Border } from './Border.tsx';
import { type Desk, withAnswers } from './desk.ts';
import classes from './Matches.module.css';
import { Precision } from './Precision.tsx';
import { useStudio } from './studio-store.ts';
import { Warnings } from './Warnings.tsx';

export function Matches({ desk, onOpen }: { desk: Desk } & RoomProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, fault, again, key, undoAnswer } = useStudio((state) => state);
  const scroller = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(false);
  const { preview, answers } = desk;
  const photos = useMemo(() => withAnswers(preview?.photos ?? [], answers), [preview, answers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another label begins at its top, and veiled
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setShown(false);
  }, [key]);

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('labels.previewErrorTitle')}
        action={<Button onClick={again}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (preview === null) {
    if (phase === 'asking') return <Ghost label={t('labels.looking')} />;
    return (
      <Notice icon={<IconPencil size={26} />} title={t('labels.describeTitle')}>
        {t('labels.describeText')}
      </Notice>
    );
  }
  if (preview.searched === 0) {
    return (
      <Notice
        icon={<IconHourglass size={26} />}
        title={t('labels.noPhotosTitle')}
        action={
          <Button variant="default" onClick={again}>
            {t('labels.lookAgain')}
          </Button>
        }
      >
        {t('labels.noPhotosText')}
      </Notice>
    );
  }
  const veiled = desk.draft.sensitive && !shown;
  const split = photos.findIndex((photo) => photo.score < preview.threshold);
  return (
    <div ref={scroller} className={classes.matches} data-stale={phase === 'asking' || undefined}>
      <div className={classes.statement}>
        <h3 aria-live="polite" aria-atomic>
          {t('labels.inside', { count: preview.inside })}{' '}
          <small>{t('labels.ofSearched', { count: preview.searched })}</small>
        </h3>
        {desk.draft.sensitive && (
          <button
            type="button"
            className={classes.veil}
            aria-pressed={shown}
            onClick={() => {
              // Photos that have the label already are veiled by themselves.
              const change = shown ? veilAgain : unveil;
              change(photos.map((photo) => photo.id));
              setShown(!shown);
            }}
          >
            <IconEye size={16} aria-hidden />
            {shown ? t('labels.veil') : t('labels.unveil')}
          </button>
        )}
        {answers.length > 0 && (
          <button type="button" className={classes.veil} title={t('labels.undoKey')} onClick={undoAnswer}>
            <IconArrowBackUp size={16} aria-hidden />
            {t('labels.undoAnswer')}
          </button>
        )}
        <span className={classes.time}>
          {t('search.milliseconds', { value: Math.max(1, Math.round(preview.milliseconds)) })}
        </span>
      </div>
      <Precision desk={desk} preview={preview} />
      <Warnings desk={desk} preview={preview} />
      <Border preview={preview} answers={answers} veiled={veiled} onOpen={onOpen} />
      <AnswerGrid
        photos={photos}
        split={split < 0 ? photos.length : split}
        veiled={veiled}
        onOpen={onOpen}
        label={t('labels.gridLabel')}
      />
    </div>
  );
}

const GHOSTS = Array.from({ length: 24 }, (_, i) => i);

function Ghost({ label }: { label: string }) {
  return (
    <div className={classes.matches} role="status" aria-label={label}>
      <div className={classes.ghostLine} />
      <div className={classes.ghostBox} />
      <div className={classes.ghosts}>
        {GHOSTS.map((i) => (
          <i key={i} />
        ))}
      </div>
    </div>
  );
}
