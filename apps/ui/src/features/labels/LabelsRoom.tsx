// The labels' room: all labels on the left; on the right the one under the hand, the review, or the runs.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconTags } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import type { RoomProps } from '../../shared/room.ts';
import classes from './LabelsRoom.module.css';
import { useLabels } from './list-store.ts';
import { ReviewQueue } from './ReviewQueue.tsx';
import { RunDialog } from './RunDialog.tsx';
import { RunHistory } from './RunHistory.tsx';
import { useRuns } from './runs-store.ts';
import { Sidebar } from './Sidebar.tsx';
import { Studio } from './Studio.tsx';
import { useStudio } from './studio-store.ts';
import { ToolsPane } from './tools/ToolsPane.tsx';

export default function LabelsRoom({ onOpen }: RoomProps) {
  const load = useLabels((state) => state.load);
  const loadRuns = useRuns((state) => state.load);
  const again = useStudio((state) => state.again);
  useEffect(() => {
    void load();
    void loadRuns();
    // Back in the room: what the studio shows may be older than the library.
    again();
  }, [load, loadRuns, again]);
  return (
    <div className={classes.room} data-testid="labels-room">
      <Sidebar />
      <div className={classes.pane}>
        <Pane onOpen={onOpen} />
      </div>
      <RunDialog />
    </div>
  );
}

function Pane({ onOpen }: RoomProps): ReactNode {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, pane, labels, fault, load } = useLabels((state) => state);
  const key = useStudio((state) => state.key);
  const openNew = useStudio((state) => state.openNew);

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('labels.errorTitle')}
        action={<Button onClick={() => void load()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (pane === 'queue') return <ReviewQueue />;
  if (pane === 'runs') return <RunHistory />;
  if (pane === 'packs') return <ToolsPane />;
  if (key !== null) return <Studio key={key} onOpen={onOpen} />;
  if (phase === 'loading') return <output className={classes.loading}>{t('labels.loading')}</output>;
  return (
    <Notice
      icon={<IconTags size={26} />}
      title={labels.length === 0 ? t('labels.noneTitle') : t('labels.chooseTitle')}
      action={<Button onClick={() => openNew(labels.length)}>{t('labels.new')}</Button>}
    >
      {labels.length === 0 ? t('labels.noneText') : t('labels.chooseText')}
    </Notice>
  );
}
