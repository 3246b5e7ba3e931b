// All groups of the review, of which only the rows in sight exist: a narrow list beside the photos, or a table.

import type { DuplicateGroup } from '@semblance/contract';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './GroupList.module.css';
import { GroupRow } from './GroupRow.tsx';
import { rowsInSight } from './paging.ts';
import { useDuplicates } from './store.ts';
import { useSize } from './useSize.ts';

const ROW = 76;

interface GroupListProps {
  wide: boolean;
  onOpen(): void;
}

export function GroupList({ wide, onOpen }: GroupListProps) {
  const { t } = useTranslation();
  const list = useDuplicates((state) => state.list);
  const current = useDuplicates((state) => state.current);
  const need = useDuplicates((state) => state.need);
  const go = useDuplicates((state) => state.go);
  const [top, setTop] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const total = list.total ?? 0;
  const { first, end } = rowsInSight(top, height, ROW, total);

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
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
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
              onClick={() => {
                go(index);
                if (wide) onOpen();
              }}
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
