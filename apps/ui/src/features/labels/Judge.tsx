// One large photo and one question: yes, no, later, and back. The review and "Ask me" share it. The next picture is
// fetched before it is needed.
import { Kbd } from '@mantine/core';
import type { LabelledPhoto, Verdict } from '@semblance/contract';
import { IconArrowBackUp, IconCheck, IconEye, IconPlayerSkipForward, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { dateAndTime } from '../../shared/format.ts';
import { blurOf } from '../../shared/placeholder.ts';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import { unveil, useVeiled } from '../../shared/veil.ts';
import classes from './Judge.module.css';
import { useKeys } from './useKeys.ts';

interface Judged {
  /** Different for every question. */
  key: string;
  photo: LabelledPhoto;
  veiled: boolean;
}

interface JudgeProps {
  question: ReactNode;
  now: Judged;
  /** The ones that follow; the first few are shown small. */
  next: readonly Judged[];
  canUndo: boolean;
  onAnswer(verdict: Verdict): void;
  onSkip(): void;
  onUndo(): void;
}

const STRIP = 24;
const AHEAD = 2;

export function Judge({ question, now, next, canUndo, onAnswer, onSkip, onUndo }: JudgeProps) {
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const stage = useRef<HTMLElement>(null);
  const [unveiled, setUnveiled] = useState<string | null>(null);
  const veiled = useVeiled(now.photo) || (now.veiled && unveiled !== now.key);

  useKeys((key) => {
    if (key === 'y') onAnswer('yes');
    else if (key === 'n') onAnswer('no');
    else if (key === ' ' || key === 's') onSkip();
    else if (key === 'u' && canUndo) onUndo();
    else return false;
    return true;
  });
  useEffect(() => stage.current?.focus({ preventScroll: true }), []);

  const urls = next.slice(0, AHEAD).map((item) => picture('full', item.photo));
  const ahead = urls.join(' ');
  useEffect(() => {
    const images = ahead.split(' ').map((url) => {
      const image = new Image();
      if (url !== '') image.src = url;
      return image;
    });
    return () => {
      for (const image of images) image.onload = null;
    };
  }, [ahead]);

  return (
    <section ref={stage} className={classes.judge} tabIndex={-1} data-testid="judge">
      <div className={classes.stage}>
        <Picture key={now.key} photo={now.photo} veiled={veiled} />
        {veiled && (
          <button
            type="button"
            className={classes.unveil}
            onClick={() => {
              setUnveiled(now.key);
              unveil([now.photo.id]);
            }}
          >
            <IconEye size={18} aria-hidden />
            {t('labels.unveilOne')}
          </button>
        )}
      </div>
      <div className={classes.ask}>
        <p className={classes.question} aria-live="polite" aria-atomic>
          {question}
          <span className={classes.hidden}>
            {t('photo.alt', { date: dateAndTime(i18n.language, now.photo.takenAt) })}
          </span>
        </p>
        <div className={classes.buttons}>
          <button
            type="button"
            className={classes.button}
            disabled={!canUndo}
            title={t('labels.undoKey')}
            onClick={onUndo}
          >
            <IconArrowBackUp size={18} aria-hidden />
            {t('labels.undo')}
            <Kbd>U</Kbd>
          </button>
          <button type="button" className={classes.button} data-verdict="no" onClick={() => onAnswer('no')}>
            <IconX size={18} stroke={2.2} aria-hidden />
            {t('labels.no')}
            <Kbd>N</Kbd>
          </button>
          <button type="button" className={classes.button} data-verdict="yes" onClick={() => onAnswer('yes')}>
            <IconCheck size={18} stroke={2.2} aria-hidden />
            {t('labels.yes')}
            <Kbd>Y</Kbd>
          </button>
          <button type="button" className={classes.button} onClick={onSkip}>
            <IconPlayerSkipForward size={18} aria-hidden />
            {t('labels.skip')}
            <Kbd>{t('labels.space')}</Kbd>
          </button>
        </div>
      </div>
      <ol className={classes.strip} aria-hidden>
        {next.slice(0, STRIP).map((item) => (
          <Next key={item.key} item={item} />
        ))}
      </ol>
    </section>
  );
}

function Next({ item: { photo, veiled } }: { item: Judged }) {
  const { picture } = useEngine();
  const own = useVeiled(photo);
  return (
    <li data-veiled={veiled || own || undefined} style={{ backgroundImage: blurOf(photo.placeholder) }}>
      <ThumbImage src={picture('thumb', photo)} alt="" />
    </li>
  );
}

/** The thumbnail at once, the full picture over it as soon as it is there. Same box: nothing moves. */
function Picture({ photo, veiled }: { photo: LabelledPhoto; veiled: boolean }) {
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const alt = t('photo.alt', { date: dateAndTime(i18n.language, photo.takenAt) });
  return (
    <div className={classes.picture} data-veiled={veiled || undefined} data-photo-id={photo.id}>
      <img src={picture('thumb', photo)} alt={alt} draggable={false} />
      <img
        src={picture('full', photo)}
        alt=""
        draggable={false}
        decoding="async"
        onError={(event) => {
          event.currentTarget.hidden = true;
        }}
      />
    </div>
  );
}
