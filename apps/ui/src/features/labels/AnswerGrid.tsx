// A grid of photos to answer: click or y and n, u takes the last answer back, arrows walk, Enter opens. After an
// answer by key the focus goes on to the next photo that has none.
import type { LabelledPhoto, Verdict } from '@semblance/contract';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
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
  const { current, handlers } = useAnswering({ photos, onOpen, columns, list });
  // One flat list: a photo that crosses the line moves, and is not made anew.
  const items: ReactNode[] = photos.map((photo, i) => (
    <PhotoCell
      key={photo.id}
      photo={photo}
      focusable={photo.id === current}
      veiled={veiled}
      index={i}
      total={photos.length}
    />
  ));
  const heading = (key: string, words: string) => (
    <li key={key} className={classes.heading}>
      {words}
    </li>
  );
  if (split < photos.length) items.splice(split, 0, heading('outside', t('labels.gridOutside')));
  if (split > 0) items.unshift(heading('inside', t('labels.gridInside')));
  return (
    <ul ref={list} className={classes.grid} aria-label={label} data-testid="label-matches" {...handlers}>
      {items}
    </ul>
  );
}

interface Answering extends RoomProps {
  photos: readonly LabelledPhoto[];
  columns(): number;
  list: RefObject<HTMLElement | null>;
}

/** One tab stop for a list of `PhotoCell`s, and what clicks and keys do to them. */
export function useAnswering({ photos, onOpen, columns, list }: Answering) {
  const { answer, undoAnswer } = useStudio((state) => state);
  const [focused, setFocused] = useState<string | null>(null);
  const current = photos.some((photo) => photo.id === focused) ? focused : (photos[0]?.id ?? null);

  const hasFocus = useRef(false);
  useLayoutEffect(() => {
    // The photo that had the focus has left the list: the one that stands in for it takes over.
    if (!hasFocus.current || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>('[data-cell] > button[tabindex="0"]')?.focus();
  });

  const give = (photo: LabelledPhoto, verdict: Verdict) =>
    // The same answer again takes it back.
    answer(photo.id, photo.verdict === verdict ? null : verdict);

  const focus = (photo: LabelledPhoto | undefined) => {
    if (photo === undefined) return;
    setFocused(photo.id);
    const button = list.current?.querySelector<HTMLElement>(`[data-cell="${photo.id}"] > button`);
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
    const key = event.key.toLowerCase();
    const step = { arrowright: 1, arrowleft: -1, arrowdown: columns(), arrowup: -columns() }[key];
    if (step !== undefined) {
      const next =
        Math.abs(step) === 1 || (here + step >= 0 && here + step < photos.length) ? here + step : here;
      focus(photos[Math.min(photos.length - 1, Math.max(0, next))]);
    } else if (key === 'home') focus(photos[0]);
    else if (key === 'end') focus(photos.at(-1));
    else if (key === 'y' || key === 'n') {
      give(photo, key === 'y' ? 'yes' : 'no');
      focus(photos.slice(here + 1).find((other) => other.verdict === null));
    } else if (key === 'u') undoAnswer();
    else return;
    event.preventDefault();
  };

  const onBlur = (event: FocusEvent<HTMLElement>) => {
    hasFocus.current = event.currentTarget.contains(event.relatedTarget);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    hasFocus.current = true;
    const id = event.target.closest<HTMLElement>('[data-cell]')?.dataset.cell;
    if (id !== undefined) setFocused(id);
  };

  return { current, handlers: { onClick, onKeyDown, onFocus, onBlur } };
}
