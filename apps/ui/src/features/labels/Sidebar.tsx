// Left side of the room: the ways through it, and the tree of labels.
import { ActionIcon, Button } from '@mantine/core';
import { IconChecklist, IconHistory, IconPlayerPlay, IconPlus, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelTree } from './LabelTree.tsx';
import { type Pane, useLabels } from './list-store.ts';
import { useRuns } from './runs-store.ts';
import classes from './Sidebar.module.css';
import { useStudio } from './studio-store.ts';

export function Sidebar() {
  const { t } = useTranslation();
  const { labels, phase, show } = useLabels((state) => state);
  const openNew = useStudio((state) => state.openNew);
  const openRun = useRuns((state) => state.openDialog);
  const running = useRuns((state) => state.runs.some((run) => run.state === 'running'));
  const waiting = labels.reduce((sum, label) => sum + label.suggested, 0);
  const isBare = phase === 'ready' && labels.length === 0;
  return (
    <aside className={classes.sidebar} aria-label={t('labels.title')}>
      <div className={classes.head}>
        <h2>{t('labels.title')}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('labels.new')}
          title={t('labels.new')}
          onClick={() => {
            openNew(labels.length);
            show('studio');
          }}
        >
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
      </div>
      <nav className={classes.ways} aria-label={t('labels.ways')}>
        <Way pane="queue" icon={<IconChecklist size={18} aria-hidden />} label={t('labels.review')}>
          {waiting > 0 && (
            <span className={classes.badge} title={t('labels.waiting', { count: waiting })}>
              {t('labels.number', { value: waiting })}
            </span>
          )}
        </Way>
        <Way pane="runs" icon={<IconHistory size={18} aria-hidden />} label={t('labels.runs')}>
          {running && <span className={classes.pulse} title={t('labels.running')} />}
        </Way>
        <Way pane="packs" icon={<IconSparkles size={18} aria-hidden />} label={t('labelTools.title')} />
      </nav>
      <div className={classes.tree}>
        <LabelTree />
      </div>
      {!isBare && (
        <div className={classes.foot}>
          <Button
            fullWidth
            variant="default"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            disabled={labels.length === 0}
            onClick={() => openRun()}
          >
            {t('labels.runLabels')}
          </Button>
        </div>
      )}
    </aside>
  );
}

function Way({
  pane,
  icon,
  label,
  children,
}: {
  pane: Pane;
  icon: ReactNode;
  label: string;
  children?: ReactNode;
}) {
  const isOpen = useLabels((state) => state.pane === pane);
  const show = useLabels((state) => state.show);
  return (
    <button
      type="button"
      className={classes.way}
      aria-current={isOpen ? 'page' : undefined}
      onClick={() => show(pane)}
    >
      {icon}
      <span>{label}</span>
      {children}
    </button>
  );
}
