// One month of the grid with its days. Headings are sticky within their blocks, so the browser keeps them in
// place while scrolling and no script runs for it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayName, longDate, monthName } from '../format.ts';
import type { GridLayout, Month, Section } from '../layout/layout.ts';
import { at, visibleRows, visibleSections } from '../layout/visible.ts';
import classes from './PhotoGrid.module.css';
import { type GridPhoto, Tile } from './Tile.tsx';

interface GridMonthProps {
  month: Month;
  layout: GridLayout;
  photos: readonly GridPhoto[];
  grouped: boolean;
  /** The window to render, pixels from the grid's top. */
  top: number;
  bottom: number;
  focusable: string | null;
  flying: boolean;
}

export function GridMonth(props: GridMonthProps) {
  const { month, layout, grouped, top, bottom } = props;
  const { t, i18n } = useTranslation();
  const shown = visibleSections(layout, top, bottom);
  const first = Math.max(shown.first, month.firstSection);
  const end = Math.min(shown.end, month.endSection);
  const days = layout.sections.slice(first, Math.max(first, end));
  return (
    <div className={classes.month} style={{ top: month.top, height: month.height }}>
      {grouped && (
        <h2 className={classes.monthHeading}>
          {monthName(i18n.language, month.moment)}
          <span>{t('app.photos', { count: month.count })}</span>
        </h2>
      )}
      {days.map((section) => (
        <div
          key={section.first}
          className={classes.day}
          style={{
            left: section.left,
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
          <ul className={classes.photos}>{tiles(props, section)}</ul>
        </div>
      ))}
    </div>
  );
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
