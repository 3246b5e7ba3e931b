// One month of the grid with its days, or a grid without dates with its parts. Headings are sticky within their
// blocks, so the browser keeps them in place while scrolling and no script runs for it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, longDate, monthName } from '../format.ts';
import type { GridLayout, Month, Section } from '../layout/layout.ts';
import { at, visibleRows, visibleSections } from '../layout/visible.ts';
import classes from './PhotoGrid.module.css';
import { type GridPhoto, Tile } from './Tile.tsx';

/** Photos from `at` on are shown smaller and quieter, below a heading unless it is null. */
export interface Split {
  at: number;
  heading: string | null;
}

interface GridMonthProps {
  month: Month;
  layout: GridLayout;
  photos: readonly GridPhoto[];
  grouped: boolean;
  split: Split | undefined;
  /** The window to render, pixels from the grid's top. */
  top: number;
  bottom: number;
  focusable: string | null;
  flying: boolean;
}

/** Narrower months name themselves and leave the counting to the eye. */
const ROOM_FOR_COUNT = 216;

export function GridMonth(props: GridMonthProps) {
  const { month, layout, grouped, split, top, bottom } = props;
  const { t, i18n } = useTranslation();
  const shown = visibleSections(layout, top, bottom);
  const first = Math.max(shown.first, month.firstSection);
  const end = Math.min(shown.end, month.endSection);
  const days = layout.sections.slice(first, Math.max(first, end));
  return (
    <div
      className={classes.month}
      style={{ left: month.left, top: month.top, width: month.width, height: month.height }}
    >
      {grouped && (
        <h2 className={classes.monthHeading}>
          <b>{monthName(i18n.language, month.moment)}</b>
          <span data-hidden={month.width < ROOM_FOR_COUNT || undefined}>
            {t('app.photos', { count: month.count })}
          </span>
        </h2>
      )}
      {days.map((section) => (
        <div
          key={section.first}
          className={classes.day}
          data-quiet={isQuiet(section, split) ? (split?.heading === null ? 'grey' : 'dim') : undefined}
          style={{
            left: section.left - month.left,
            top: section.top - month.top,
            width: section.width,
            height: section.height,
          }}
        >
          {grouped && (
            <h3 className={classes.dayHeading} title={longDate(i18n.language, section.day)}>
              {dayName(i18n.language, section.day)}
            </h3>
          )}
          {isQuiet(section, split) && split?.heading && <h3 className={classes.divider}>{split.heading}</h3>}
          <ul className={classes.photos}>{tiles(props, section)}</ul>
        </div>
      ))}
    </div>
  );
}

function isQuiet(section: Section, split: Split | undefined): boolean {
  return split !== undefined && section.first >= split.at;
}

function tiles(
  { layout, photos, top, bottom, focusable, flying }: GridMonthProps,
  section: Section,
): ReactNode {
  const rows = visibleRows(layout, top, bottom);
  const firstRow = Math.max(rows.first, section.firstRow);
  const endRow = Math.min(rows.end, section.endRow);
  const rendered: ReactNode[] = [];
  for (let row = firstRow; row < endRow; row++) {
    const rowTop = at(layout.rowTop, row) - section.top;
    for (let index = at(layout.rowFirst, row); index < at(layout.rowFirst, row + 1); index++) {
      const photo = photos[index];
      if (photo === undefined) continue;
      rendered.push(
        <Tile
          key={photo.id}
          photo={photo}
          left={at(layout.left, index) - section.left}
          top={rowTop}
          width={at(layout.photoWidth, index)}
          height={at(layout.rowHeight, row)}
          index={index}
          total={photos.length}
          focusable={photo.id === focusable}
          flying={flying}
        />,
      );
    }
  }
  return rendered;
}
