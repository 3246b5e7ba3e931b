// The group in front: its photos side by side under one zoom, or two of them laid over each other.

import { ActionIcon, Loader } from '@mantine/core';
import type { DuplicateGroup } from '@semblance/contract';
import {
  IconChevronLeft,
  IconChevronRight,
  IconLayersDifference,
  IconMaximize,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import { CompareTable } from './CompareTable.tsx';
import { DifferenceView } from './DifferenceView.tsx';
import type { ReviewAction } from './keys.ts';
import { trashedPhotos } from './marks.ts';
import classes from './Stage.module.css';
import { useDuplicates } from './store.ts';
import { useBytes } from './words.ts';
import type { ZoomView } from './zoom.ts';

export interface StageProps {
  group: DuplicateGroup | undefined;
  view: ZoomView;
  comparing: boolean;
  /** Place of the photo in hand, from 0: what Enter opens. */
  active: number;
  onView(view: ZoomView): void;
  onActive(index: number): void;
  onOpen(index: number): void;
  onAction(action: ReviewAction): void;
  onComparing(on: boolean): void;
}

export function Stage(props: StageProps) {
  const { group, view, comparing, onAction } = props;
  const { t, i18n } = useTranslation();
  const bytes = useBytes();
  const current = useDuplicates((state) => state.current);
  const total = useDuplicates((state) => state.list.total) ?? 0;
  if (group === undefined) {
    return (
      <div className={classes.waiting} role="status" aria-label={t('duplicates.loading')}>
        <Loader size={22} color="gray" />
      </div>
    );
  }
  const trashed = trashedPhotos(group).length > 0;
  const outcome =
    group.decision !== null
      ? t(`duplicates.decision.${group.decision}`)
      : trashed
        ? t('duplicates.frees', { size: bytes(group.freed) })
        : t('duplicates.nothingFreed');
  return (
    <div className={classes.stage} data-testid="stage" data-group={group.id}>
      <header className={classes.head}>
        <div className={classes.title}>
          <h2>{t(`duplicates.kind.${group.kind}.one`)}</h2>
          <span>
            {t('duplicates.position', {
              index: number(i18n.language, current + 1),
              total: number(i18n.language, total),
            })}
            {' · '}
            {outcome}
          </span>
        </div>
        <div className={classes.tools}>
          <Tool label={t('duplicates.zoomOut')} onClick={() => onAction({ do: 'zoom', to: 'out' })}>
            <IconZoomOut size={18} aria-hidden />
          </Tool>
          <button
            type="button"
            className={classes.percent}
            title={t('duplicates.zoomFit')}
            aria-description={t('duplicates.zoomFit')}
            onClick={() => onAction({ do: 'zoom', to: 'fit' })}
          >
            {new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(view.scale)}
          </button>
          <Tool label={t('duplicates.zoomIn')} onClick={() => onAction({ do: 'zoom', to: 'in' })}>
            <IconZoomIn size={18} aria-hidden />
          </Tool>
          <Tool
            label={t('duplicates.differenceKey')}
            pressed={comparing}
            onClick={() => onAction({ do: 'difference' })}
          >
            <IconLayersDifference size={18} aria-hidden />
          </Tool>
          <Tool label={t('duplicates.openLarge')} onClick={() => onAction({ do: 'open' })}>
            <IconMaximize size={18} aria-hidden />
          </Tool>
          <span className={classes.rule} />
          <Tool label={t('duplicates.previous')} onClick={() => onAction({ do: 'previous' })}>
            <IconChevronLeft size={18} aria-hidden />
          </Tool>
          <Tool label={t('duplicates.next')} onClick={() => onAction({ do: 'next' })}>
            <IconChevronRight size={18} aria-hidden />
          </Tool>
        </div>
      </header>
      {comparing ? (
        <DifferenceView key={group.id} group={group} view={view} onView={props.onView} />
      ) : (
        <CompareTable key={group.id} {...props} group={group} />
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  pressed?: boolean;
  onClick(): void;
  children: ReactNode;
}

function Tool({ label, pressed, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      variant={pressed ? 'light' : 'subtle'}
      color={pressed ? 'amber' : 'gray'}
      c={pressed ? 'var(--sem-accent)' : 'var(--sem-muted)'}
      size={32}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
