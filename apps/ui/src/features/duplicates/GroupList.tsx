// All groups of the review, of which only the rows in sight exist: a narrow list beside the photos, or a table.

import type { DuplicateGroup } from '@semblance/contract';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './GroupList.module.css';
import { GroupRow } from './GroupRow.tsx';
import { rowsInSight } from './paging.ts';
import { useDuplicates } from './store.ts';
import { useSize } from './useSize.ts';

const ROW = 76;

export function GroupList({ wide }: { wide: boolean }) {
  const { t } = useTranslation();
  const list = useDuplicates((state) => state.list);
  const current = useDuplicates((state) => state.current);
  const need = useDuplicates((state) => state.need);
  const go = useDuplicates((state) => state.go);
  const setLook = useDuplicates((state) => state.setLook);
  // In whole rows: scrolling within one changes nothing that is drawn.
  const [topRow, setTopRow] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const total = list.total ?? 0;
  const { first, end } = rowsInSight(topRow * ROW, height + ROW, ROW, total);

  // After decisions the rows move up, and new ones come into sight without any scrolling.
  const rowsHere = list.groups;
  useEffect(() => {
    if (rowsHere.length > 0) void need(first, end);
  }, [need, first, end, rowsHere]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || element.clientHeight === 0) return;
    const above = current * ROW;
    if (above < element.scrollTop) element.scrollTop = above;
    else if (above + ROW > element.scrollTop + element.clientHeight) {
      element.scrollTop = above + ROW - element.clientHeight;
    }
    // The row of the keys has the focus when the list had it.
    if (element.contains(document.activeElement)) {
      element.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus({ preventScroll: true });
    }
  }, [current]);

  const pick = useCallback(
    (index: number) => {
      go(index);
      setLook('one');
    },
    [go, setLook],
  );

  return (
    <div className={classes.frame} data-wide={wide || undefined}>
      {wide && (
        <div className={classes.headings} aria-hidden>
          <span>{t('duplicates.column.photos')}</span>
          <span>{t('duplicates.column.kind')}</span>
          <span>{t('duplicates.column.kept')}</span>
          <span>{t('duplicates.column.freed')}</span>
          <span>{t('duplicates.column.state')}</span>
        </div>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={(event) => setTopRow(Math.floor(event.currentTarget.scrollTop / ROW))}
      >
        <ol className={classes.rows} style={{ height: total * ROW }} aria-label={t('duplicates.listLabel')}>
          {rows(list.groups, first, end).map(({ index, group }) => (
            <GroupRow
              key={group?.id ?? `empty-${index}`}
              group={group}
              index={index}
              total={total}
              current={index === current}
              wide={wide}
              onPick={pick}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

function rows(groups: readonly (DuplicateGroup | undefined)[], first: number, end: number) {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => ({
    index: first + i,
    group: groups[first + i],
  }));
}
