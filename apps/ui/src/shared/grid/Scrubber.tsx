// The years at the right edge of a grid by date: drag, click or keys to get far at once. What follows the scrolling is
// moved by hand, so that scrolling renders nothing here.
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { monthName } from '../format.ts';
import type { GridLayout } from '../layout/layout.ts';
import classes from './Scrubber.module.css';
import { monthByKey, monthIndexAt, yearMarks } from './scrubber.ts';

export const SCRUBBER_WIDTH = 52;
/** Years nearer than this would be written over each other. */
const LEAST = 22;
/** Space above the first and below the last mark. */
const INSET = 18;

interface ScrubberProps {
  scroller: RefObject<HTMLElement | null>;
  layout: GridLayout;
  /** Height of the view. */
  height: number;
}

export function Scrubber({ scroller, layout, height }: ScrubberProps) {
  const { t, i18n } = useTranslation();
  const slider = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const bubble = useRef<HTMLDivElement>(null);
  const track = Math.max(1, height - 2 * INSET);
  const { months } = layout;
  const marks = useMemo(() => yearMarks(months, layout.height, track, LEAST), [months, layout.height, track]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const follow = () => {
      const most = Math.max(1, element.scrollHeight - element.clientHeight);
      const part = Math.min(1, element.scrollTop / most);
      const month = months[monthIndexAt(months, element.scrollTop)];
      const name = month === undefined ? '' : monthName(i18n.language, month.moment);
      if (thumb.current !== null) thumb.current.style.transform = `translateY(${INSET + part * track}px)`;
      if (bubble.current !== null && bubble.current.textContent !== name) {
        bubble.current.textContent = name;
        slider.current?.setAttribute('aria-valuetext', name);
        slider.current?.setAttribute('aria-valuenow', String(Math.round(part * 100)));
      }
    };
    follow();
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [scroller, months, track, i18n.language]);

  const goTo = (event: PointerEvent<HTMLElement>) => {
    const element = scroller.current;
    if (element === null) return;
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top - INSET;
    const part = Math.min(1, Math.max(0, y / track));
    element.scrollTop = part * (element.scrollHeight - element.clientHeight);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const element = scroller.current;
    if (element === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = monthByKey(event.key, monthIndexAt(months, element.scrollTop), months);
    if (next === null) return;
    event.preventDefault();
    element.scrollTop = months[next]?.top ?? 0;
  };

  return (
    <div
      ref={slider}
      className={classes.scrubber}
      style={{ width: SCRUBBER_WIDTH }}
      data-testid="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={t('grid.scrubber')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = '';
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.dataset.dragging !== undefined) goTo(event);
      }}
      onLostPointerCapture={(event) => {
        delete event.currentTarget.dataset.dragging;
      }}
    >
      {marks.map(({ year, y }) => (
        <span key={`${year}-${y}`} className={classes.year} style={{ top: INSET + y }}>
          {year}
        </span>
      ))}
      <div ref={thumb} className={classes.thumb}>
        <div ref={bubble} className={classes.bubble} />
      </div>
    </div>
  );
}
