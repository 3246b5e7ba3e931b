// The justified grid: lays out every photo in columns of numbers, renders only the months, days and rows near the
// screen, keeps its place when photos arrive, and moves by keyboard. Library and search share it.
import {
  type KeyboardEvent,
  type Ref,
  useContext,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { layoutPhotos } from '../layout/justify.ts';
import { at, visibleMonths } from '../layout/visible.ts';
import { GridActsContext } from '../selection.ts';
import { GridMonth, type Split } from './GridMonth.tsx';
import { nextIndex } from './keys.ts';
import classes from './PhotoGrid.module.css';
import { SCRUBBER_WIDTH, Scrubber } from './Scrubber.tsx';
import { readScroll, useScrollAnchor } from './scroll-anchor.ts';
import type { GridPhoto } from './Tile.tsx';
import { useOnScreen } from './useOnScreen.ts';
import { usePointer } from './usePointer.ts';
import { useSelectBox } from './useSelectBox.ts';
import { OVERSCAN, useViewport } from './useViewport.ts';

export interface GridHandle {
  /** Scrolls a photo into view and puts the focus on it. */
  focusPhoto(id: string): void;
}

/** Where a photo's menu should appear, in client pixels. */
export interface MenuRequest {
  photo: GridPhoto;
  x: number;
  y: number;
}

interface PhotoGridProps {
  photos: readonly GridPhoto[];
  /** Photos still to come after these, so that the scroll bar does not jump. */
  expected?: number;
  grouped: boolean;
  /** Where less important photos begin, in a grid that is not grouped. */
  split?: Split | undefined;
  rowHeight: number;
  label: string;
  /** Grids with the same key return to where they were left. */
  memory: string;
  handle?: Ref<GridHandle>;
  onOpen(photo: GridPhoto): void;
  onLike(photo: GridPhoto): void;
  onMenu(request: MenuRequest): void;
}

const GAP = 4;
const DAY_GAP = 20;
const MONTH_GAP = 32;
const MONTH_HEADING = 52;
const DAY_HEADING = 34;
const SPLIT_HEADING = 56;
/** Rows below the split, compared with those above. */
const SPLIT_SCALE = 0.7;
/** From so many photos on, a grid by date has a scrubber instead of a scroll bar. */
const LONG = 150;
/** Space kept free above a photo that is scrolled into view by key. */
const MARGIN = 16;

export function PhotoGrid(props: PhotoGridProps) {
  const { photos, grouped, split, rowHeight, memory, onOpen, onLike, onMenu } = props;
  const acts = useContext(GridActsContext);
  const scroller = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const view = useViewport(scroller);
  const isLong = grouped && Math.max(photos.length, props.expected ?? 0) >= LONG;
  const width = Math.max(0, view.width - 2 * MARGIN - (isLong ? SCRUBBER_WIDTH - MARGIN : 0));
  const [current, setCurrent] = useState<string | null>(null);
  const wantsFocus = useRef<string | null>(null);
  const hasFocus = useRef(false);

  const splitAt = split?.at;
  const splitHeading = split?.heading ? SPLIT_HEADING : 0;
  const layout = useMemo(
    () =>
      width === 0
        ? null
        : layoutPhotos(photos, {
            width,
            rowHeight,
            gap: GAP,
            grouped,
            dayHeading: DAY_HEADING,
            monthHeading: MONTH_HEADING,
            dayGap: DAY_GAP,
            monthGap: MONTH_GAP,
            split:
              splitAt === undefined
                ? undefined
                : { at: splitAt, heading: splitHeading, rowHeight: Math.round(rowHeight * SPLIT_SCALE) },
          }),
    [photos, width, rowHeight, grouped, splitAt, splitHeading],
  );
  const headings = grouped ? MONTH_HEADING + DAY_HEADING : splitHeading;
  useScrollAnchor(scroller, memory, layout, photos, headings);
  useOnScreen(layout, photos, view);

  const scrollTo = (index: number) => {
    const element = scroller.current;
    if (element === null || layout === null) return;
    const row = at(layout.row, index);
    const top = at(layout.rowTop, row);
    const bottom = top + at(layout.rowHeight, row) + MARGIN;
    const above = top - headings - MARGIN;
    if (element.scrollTop > above) element.scrollTop = row === 0 ? 0 : above;
    else if (element.scrollTop + element.clientHeight < bottom)
      element.scrollTop = bottom - element.clientHeight;
  };

  const focusIndex = (index: number) => {
    const photo = photos[index];
    if (photo === undefined) return;
    scrollTo(index);
    setCurrent(photo.id);
    wantsFocus.current = photo.id;
    giveFocus();
  };

  /** Focuses the wanted tile once it is rendered; the scroller holds the focus while its tile is out of sight. */
  const giveFocus = () => {
    const id = wantsFocus.current;
    if (hasFocus.current && document.activeElement === document.body)
      scroller.current?.focus({ preventScroll: true });
    if (id === null) return;
    const tile = canvas.current?.querySelector<HTMLElement>(`[data-photo-id="${id}"]`);
    if (!tile) return;
    tile.focus({ preventScroll: true });
    wantsFocus.current = null;
  };
  useLayoutEffect(giveFocus);

  useImperativeHandle(props.handle, () => ({
    focusPhoto: (id) => focusIndex(photos.findIndex((photo) => photo.id === id)),
  }));

  const pointer = usePointer({ scroller, photos, onCurrent: setCurrent, onOpen, onMenu });
  useSelectBox(scroller, canvas, layout, photos);

  const onKeyDown = (event: KeyboardEvent) => {
    if (layout === null || photos.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const known = current === null ? -1 : photos.findIndex((photo) => photo.id === current);
    const here = Math.max(0, known);
    const photo = photos[here];
    if (event.key === 'm' && photo !== undefined && known >= 0) {
      event.preventDefault();
      onLike(photo);
      return;
    }
    if (event.key === 'x' && photo !== undefined && known >= 0) {
      event.preventDefault();
      acts?.selection.getState().toggle(photo.id);
      return;
    }
    const next = nextIndex(event.key, here, layout, view.height, photos.length);
    if (next === null) return;
    event.preventDefault();
    if (event.shiftKey && photo !== undefined) {
      const chosen = acts?.selection.getState();
      if (chosen?.ids.size === 0) chosen.toggle(photo.id);
      chosen?.extendTo(photos[next]?.id ?? photo.id, photos);
    }
    focusIndex(next);
  };

  const months =
    layout === null ? null : visibleMonths(layout, view.top - OVERSCAN, view.top + view.height + OVERSCAN);
  const focusable = current ?? photos[0]?.id ?? null;
  const grown =
    layout === null || photos.length === 0 ? 1 : Math.max(1, (props.expected ?? 0) / photos.length);

  return (
    <div className={classes.frame}>
      <section
        ref={scroller}
        id="photos"
        className={classes.scroller}
        data-scrubber={isLong || undefined}
        data-testid="photo-grid"
        aria-label={props.label}
        tabIndex={-1}
        {...pointer}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          hasFocus.current = event.currentTarget.contains(event.relatedTarget);
        }}
        onFocus={(event) => {
          hasFocus.current = true;
          const id = event.target.closest<HTMLElement>('[data-photo-id]')?.dataset.photoId;
          if (id !== undefined && id !== current) setCurrent(id);
        }}
      >
        <div
          ref={canvas}
          className={classes.canvas}
          style={{ height: layout === null ? readScroll(memory) : layout.height * grown + MARGIN }}
        >
          {layout !== null &&
            months !== null &&
            layout.months
              .slice(months.first, months.end)
              .map((month) => (
                <GridMonth
                  key={`${month.moment}-${month.firstSection}`}
                  month={month}
                  layout={layout}
                  photos={photos}
                  grouped={grouped}
                  split={split}
                  top={view.top - OVERSCAN}
                  bottom={view.top + view.height + OVERSCAN}
                  focusable={focusable}
                  flying={view.flying}
                />
              ))}
        </div>
      </section>
      {isLong && layout !== null && <Scrubber scroller={scroller} layout={layout} height={view.height} />}
    </div>
  );
}
