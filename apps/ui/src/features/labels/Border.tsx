// The photos on both sides of the line: where a yes or no teaches most.
import type { LabelledPhoto, LabelPreview } from '@semblance/contract';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomProps } from '../../shared/room.ts';
import { useAnswering } from './AnswerGrid.tsx';
import { type Answer, withAnswers } from './desk.ts';
import classes from './Matches.module.css';
import { PhotoCell } from './PhotoCell.tsx';

const SHOWN = 5;

interface BorderProps extends RoomProps {
  preview: LabelPreview;
  answers: readonly Answer[];
  veiled: boolean;
}

export function Border({ preview, answers, veiled, onOpen }: BorderProps) {
  const { t } = useTranslation();
  const inside = useMemo(
    () => withAnswers(preview.border.inside.slice(-SHOWN), answers),
    [preview.border, answers],
  );
  const outside = useMemo(
    () => withAnswers(preview.border.outside.slice(0, SHOWN), answers),
    [preview.border, answers],
  );
  if (inside.length === 0 && outside.length === 0) return null;
  return (
    <div className={classes.border}>
      <h4 id="labels-inside">{t('labels.justInside')}</h4>
      <h4 id="labels-outside">{t('labels.justOutside')}</h4>
      <Strip
        photos={inside}
        labelledBy="labels-inside"
        none={t('labels.noneInside')}
        veiled={veiled}
        onOpen={onOpen}
      />
      <Strip
        photos={outside}
        labelledBy="labels-outside"
        none={t('labels.noneOutside')}
        veiled={veiled}
        onOpen={onOpen}
      />
    </div>
  );
}

interface StripProps extends RoomProps {
  photos: readonly LabelledPhoto[];
  labelledBy: string;
  none: string;
  veiled: boolean;
}

function Strip({ photos, labelledBy, none, veiled, onOpen }: StripProps) {
  const list = useRef<HTMLUListElement>(null);
  const { current, handlers } = useAnswering({ photos, onOpen, columns: () => photos.length, list });
  if (photos.length === 0)
    return (
      <p className={classes.strip} data-none>
        {none}
      </p>
    );
  return (
    <ul ref={list} className={classes.strip} aria-labelledby={labelledBy} {...handlers}>
      {photos.map((photo, i) => (
        <PhotoCell
          key={photo.id}
          photo={photo}
          focusable={photo.id === current}
          veiled={veiled}
          index={i}
          total={photos.length}
        />
      ))}
    </ul>
  );
}
