// One photo before a label: a square crop, how well it fits, and yes or no.
import type { LabelledPhoto } from '@semblance/contract';
import { IconCheck, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { dateAndTime } from '../../shared/format.ts';
import { blurOf } from '../../shared/placeholder.ts';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import { useVeiled } from '../../shared/veil.ts';
import classes from './PhotoCell.module.css';

interface PhotoCellProps {
  photo: LabelledPhoto;
  focusable: boolean;
  /** Of a sensitive label: blurred until asked for. */
  veiled: boolean;
  index: number;
  total: number;
}

export const PhotoCell = memo(function PhotoCell(props: PhotoCellProps) {
  const { photo } = props;
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const veiled = useVeiled(photo) || props.veiled;
  const score = Math.round(photo.score * 100);
  const name = [
    t('photo.alt', { date: dateAndTime(i18n.language, photo.takenAt) }),
    t('labels.fits', { value: score }),
    photo.verdict === 'yes' && t('labels.saidYes'),
    photo.verdict === 'no' && t('labels.saidNo'),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <li
      className={classes.cell}
      data-cell={photo.id}
      data-verdict={photo.verdict ?? undefined}
      data-veiled={veiled || undefined}
      aria-posinset={props.index + 1}
      aria-setsize={props.total}
    >
      <button
        type="button"
        className={classes.photo}
        data-photo-id={photo.id}
        tabIndex={props.focusable ? 0 : -1}
        aria-label={name}
        aria-keyshortcuts="y n u"
        style={{ backgroundImage: blurOf(photo.placeholder) }}
      >
        <ThumbImage src={picture('thumb', photo)} alt="" />
      </button>
      <span className={classes.score} aria-hidden>
        {score}
      </span>
      <span className={classes.answers}>
        <button
          type="button"
          tabIndex={-1}
          data-answer="no"
          aria-pressed={photo.verdict === 'no'}
          aria-label={t('labels.no')}
          title={t('labels.noKey')}
        >
          <IconX size={16} stroke={2.4} aria-hidden />
        </button>
        <button
          type="button"
          tabIndex={-1}
          data-answer="yes"
          aria-pressed={photo.verdict === 'yes'}
          aria-label={t('labels.yes')}
          title={t('labels.yesKey')}
        >
          <IconCheck size={16} stroke={2.4} aria-hidden />
        </button>
      </span>
    </li>
  );
});
