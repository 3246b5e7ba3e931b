// A grid of photos to answer: click or y and n, u takes the last answer back, arrows walk, Enter opens. After an
// answer by key the focus goes on to the next photo that has none.
import type { LabelledPhoto, Verdict } from '@semblance/contract';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomProps } from '../../shared/room.ts';
import classes from './Matches.module.css';
import { PhotoCell } from './PhotoCell.tsx';
import { useStudio } from './studio-store.ts';
import { useReorder } from './useReorder.ts';

interface AnswerGridProps extends RoomProps {
  photos: readonly LabelledPhoto[];
  /** Index of the first photo below the threshold. */
  split: number;
  veiled: boolean;
  label: string;
}

export function AnswerGrid({ photos, split, veiled, label, onOpen }: AnswerGridProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useReorder(list, photos.map((photo) => photo.id).join());
  const columns = () => {
    const grid = list.current;
    return grid === null ? 1 : getComputedStyle(grid).gridTemplateColumns.split(' ').length;
  };
  const { current, handlers } = useAnswering({ photos, onOpen, columns });
  const cell = (photo: LabelledPhoto, i: number) => (
    <PhotoCell
      key={photo.id}
      photo={photo}
      focusable={photo.id === current}
      veiled={veiled}
      index={i}
      total={photos.length}
    />
  );
  return (
    <ul ref={list} className={classes.grid} aria-label={label} data-testid="label-matches" {...handlers}>
      {split > 0 && (
        <li key="inside" className={classes.heading}>
          {t('labels.gridInside')}
        </li>
      )}
      {photos.slice(0, split).map(cell)}
      {split < photos.length && (
        <li key="outside" className={classes.heading}>
          {t('labels.gridOutside')}
        </li>
      )}
      {photos.slice(split).map((photo, i) => cell(photo, i + split))}
    </ul>
  );
}

interface Answering extends RoomProps {
  photos: readonly LabelledPhoto[];
  columns(): number;
}

/** One tab stop for a list of `PhotoCell`s, and what clicks and keys do to them. */
export function useAnswering({ photos, onOpen, columns }: Answering) {
  const { answer, undoAnswer } = useStudio((state) => state);
  const [focused, setFocused] = useState<string | null>(null);
  const current = photos.some((photo) => photo.id === focused) ? focused : (photos[0]?.id ?? null);

  const give = (photo: LabelledPhoto, verdict: Verdict) =>
    // The same answer again takes it back.
    answer(photo.id, photo.verdict === verdict ? null : verdict);

  const focus = (list: HTMLElement, photo: LabelledPhoto | undefined) => {
    if (photo === undefined) return;
    setFocused(photo.id);
    const button = list.querySelector<HTMLElement>(`[data-cell="${photo.id}"] > button`);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'nearest' });
  };

  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Element)) return;
    const id = event.target.closest<HTMLElement>('[data-cell]')?.dataset.cell;
    const photo = photos.find((other) => other.id === id);
    if (photo === undefined) return;
    setFocused(photo.id);
    const verdict = event.target.closest<HTMLElement>('[data-answer]')?.dataset.answer;
    if (verdict === 'yes' || verdict === 'no') give(photo, verdict);
    else if (event.target.closest('button')) onOpen(photos, photo.id);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = photos.findIndex((photo) => photo.id === current);
    const photo = photos[here];
    if (photo === undefined) return;
    const list = event.currentTarget;
    const key = event.key.toLowerCase();
    const step = { arrowright: 1, arrowleft: -1, arrowdown: columns(), arrowup: -columns() }[key];
    if (step !== undefined) {
      const next =
        Math.abs(step) === 1 || (here + step >= 0 && here + step < photos.length) ? here + step : here;
      focus(list, photos[Math.min(photos.length - 1, Math.max(0, next))]);
    } else if (key === 'home') focus(list, photos[0]);
    else if (key === 'end') focus(list, photos.at(-1));
    else if (key === 'y' || key === 'n') {
      give(photo, key === 'y' ? 'yes' : 'no');
      focus(
        list,
        photos.slice(here + 1).find((other) => other.verdict === null),
      );
    } else if (key === 'u') undoAnswer();
    else return;
    event.preventDefault();
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.closest<HTMLElement>('[data-cell]')?.dataset.cell;
    if (id !== undefined) setFocused(id);
  };

  return { current, handlers: { onClick, onKeyDown, onFocus } };
}
