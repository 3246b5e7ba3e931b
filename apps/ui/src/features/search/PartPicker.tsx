// A box over an open photo, around what to look for: drawn with the pointer, or moved by key.
import type { Region } from '@semblance/contract';
import { type PointerEvent, type SyntheticEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PartPicker.module.css';
import { boxAfter, boxBetween, type Point } from './part.ts';

interface PartPickerProps {
  box: Region;
  onBox(box: Region): void;
  onSearch(): void;
}

/** The photo's own gestures (swipe, pan, zoom by double click) rest while a box is drawn. */
const hold = (event: SyntheticEvent) => event.stopPropagation();

export function PartPicker({ box, onBox, onSearch }: PartPickerProps) {
  const { t } = useTranslation();
  const id = useId();
  const from = useRef<Point | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus({ preventScroll: true }), []);

  const down = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = pointOf(event);
    button.current?.focus({ preventScroll: true });
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    if (from.current !== null) onBox(boxBetween(from.current, pointOf(event)));
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    event.stopPropagation();
    from.current = null;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the box in it does the same by key
    <div
      className={classes.surface}
      data-testid="part-surface"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onDoubleClick={hold}
    >
      <button
        ref={button}
        type="button"
        className={classes.box}
        style={{
          left: `${box.left * 100}%`,
          top: `${box.top * 100}%`,
          width: `${box.width * 100}%`,
          height: `${box.height * 100}%`,
        }}
        aria-label={t('search.part.box')}
        aria-describedby={id}
        onKeyDown={(event) => {
          const next = boxAfter(box, event.key, event.shiftKey);
          if (next === null && event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          if (next === null) onSearch();
          else onBox(next);
        }}
      />
      <span id={id} hidden>
        {t('search.part.keys')}
      </span>
    </div>
  );
}

/** In the picture's own coordinates, also where it is zoomed or turned. */
function pointOf({ nativeEvent, currentTarget }: PointerEvent<HTMLElement>): Point {
  return {
    x: nativeEvent.offsetX / currentTarget.offsetWidth,
    y: nativeEvent.offsetY / currentTarget.offsetHeight,
  };
}

/** What there is to do, out of the picture's way. */
export function PartBar({ onSearch, onCancel }: { onSearch(): void; onCancel(): void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      <span>{t('search.part.hint')}</span>
      <button type="button" data-primary onClick={onSearch}>
        {t('search.part.search')}
      </button>
      <button type="button" onClick={onCancel}>
        {t('search.part.cancel')}
      </button>
    </div>
  );
}
