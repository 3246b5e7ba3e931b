// The labels as a tree: one tab stop, arrows walk, left and right fold, Enter opens.
import { VisuallyHidden } from '@mantine/core';
import type { Label } from '@semblance/contract';
import { IconBolt, IconChevronRight, IconEyeOff } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot } from './Dot.tsx';
import { isDirty } from './desk.ts';
import classes from './LabelTree.module.css';
import { useLabels } from './list-store.ts';
import { useStudio } from './studio-store.ts';
import { type TreeRow, treeRows } from './tree.ts';

const SKELETON = [64, 48, 72, 56, 40];

export function LabelTree() {
  const { t, i18n } = useTranslation();
  const { labels, phase, pane, show } = useLabels((state) => state);
  const { key, open, desks, openNew } = useStudio((state) => state);
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [focused, setFocused] = useState<number | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(labels, collapsed, i18n.language), [labels, collapsed, i18n.language]);

  if (phase === 'loading') {
    return SKELETON.map((width) => (
      <div key={width} className={classes.ghost} aria-hidden>
        <span style={{ width: `${width}%` }} />
      </div>
    ));
  }

  const choose = (label: Label) => {
    open(label);
    show('studio');
  };
  const fold = (id: number, on: boolean) => {
    const next = new Set(collapsed);
    if (on) next.add(id);
    else next.delete(id);
    setCollapsed(next);
  };
  const focus = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    setFocused(row.label.id);
    tree.current?.querySelector<HTMLElement>(`[data-label="${row.label.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, row: TreeRow) => {
    const here = rows.indexOf(row);
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(rows[here + 1]),
      ArrowUp: () => focus(rows[here - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () =>
        row.hasChildren && (collapsed.has(row.label.id) ? fold(row.label.id, false) : focus(rows[here + 1])),
      ArrowLeft: () =>
        row.hasChildren && !collapsed.has(row.label.id)
          ? fold(row.label.id, true)
          : focus(rows.find((other) => other.label.id === row.label.parentId)),
      Enter: () => choose(row.label),
      ' ': () => choose(row.label),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  const hasNew = desks.new !== undefined;
  // Room for the folding marks, so that all dots of a level stand below each other.
  const nested = rows.some((row) => row.hasChildren);
  const stop = rows.find((row) => row.label.id === (focused ?? key))?.label.id ?? rows[0]?.label.id;
  return (
    <>
      {hasNew && (
        <button
          type="button"
          className={classes.row}
          style={{ paddingLeft: nested ? 20 : 12 }}
          data-open={(pane === 'studio' && key === 'new') || undefined}
          onClick={() => {
            openNew(labels.length);
            show('studio');
          }}
        >
          <Dot color={desks.new?.draft.color ?? 'gray'} />
          <span className={classes.name}>{desks.new?.draft.name.trim() || t('labels.newUnnamed')}</span>
          <span className={classes.unsaved} title={t('labels.unsaved')} />
        </button>
      )}
      <div ref={tree} role="tree" aria-label={t('labels.title')} className={classes.tree}>
        {rows.map((row) => {
          const { label } = row;
          const isOpen = pane === 'studio' && key === label.id;
          const desk = desks[label.id];
          return (
            <div
              key={label.id}
              role="treeitem"
              className={classes.row}
              style={{ paddingLeft: (nested ? 20 : 12) + (row.level - 1) * 16 }}
              data-label={label.id}
              data-open={isOpen || undefined}
              tabIndex={label.id === stop ? 0 : -1}
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-selected={isOpen}
              aria-expanded={row.hasChildren ? !collapsed.has(label.id) : undefined}
              onClick={() => choose(label)}
              onFocus={() => setFocused(label.id)}
              onKeyDown={(event) => onKeyDown(event, row)}
            >
              {row.hasChildren && (
                <button
                  type="button"
                  className={classes.fold}
                  tabIndex={-1}
                  aria-hidden
                  data-folded={collapsed.has(label.id) || undefined}
                  onClick={(event) => {
                    event.stopPropagation();
                    fold(label.id, !collapsed.has(label.id));
                  }}
                >
                  <IconChevronRight size={14} />
                </button>
              )}
              <Dot color={label.color} />
              <span className={classes.name} title={label.name}>
                {label.name}
              </span>
              <VisuallyHidden>{spoken(label)}</VisuallyHidden>
              {label.automatic && (
                <span className={classes.mark} title={t('labels.automatic')}>
                  <IconBolt size={14} aria-hidden />
                </span>
              )}
              {label.sensitive && (
                <span className={classes.mark} title={t('labels.sensitive')}>
                  <IconEyeOff size={14} aria-hidden />
                </span>
              )}
              {desk !== undefined && isDirty(desk) && (
                <span className={classes.unsaved} title={t('labels.unsaved')} />
              )}
              {label.suggested > 0 && (
                <span
                  className={classes.suggested}
                  aria-hidden
                  title={t('labels.suggestedCount', { count: label.suggested })}
                >
                  +{t('labels.short', { value: label.suggested })}
                </span>
              )}
              <span
                className={classes.count}
                aria-hidden
                title={t('labels.taggedCount', { count: label.tagged })}
              >
                {t('labels.short', { value: label.tagged })}
              </span>
            </div>
          );
        })}
      </div>
    </>
  );

  function spoken(label: Label): string {
    const desk = desks[label.id];
    return [
      t('labels.taggedCount', { count: label.tagged }),
      label.suggested > 0 && t('labels.suggestedCount', { count: label.suggested }),
      label.automatic && t('labels.automatic'),
      label.sensitive && t('labels.sensitive'),
      desk !== undefined && isDirty(desk) && t('labels.unsaved'),
    ]
      .filter(Boolean)
      .map((part) => `, ${part}`)
      .join('');
  }
}
