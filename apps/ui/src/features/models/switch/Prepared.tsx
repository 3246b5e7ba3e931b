// The model that is being prepared: how far it is, what it would change, and the switch itself.
import { Button, Checkbox } from '@mantine/core';
import type { ModelSwitchStatus } from '@semblance/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineWords } from '../../../shared/faults.ts';
import { number, roughDuration } from '../../../shared/format.ts';
import { LabelChanges } from './LabelChanges.tsx';
import classes from './ModelSwitch.module.css';
import panel from './Panel.module.css';
import { useModelSwitch } from './store.ts';

type Next = NonNullable<ModelSwitchStatus['next']>;

export function Prepared({ next, name, current }: { next: Next; name: string; current: string }) {
  const { t } = useTranslation();
  const words = useEngineWords();
  const { preview, previewing, busy } = useModelSwitch((state) => state);
  const { pause, resume, cancel, commit, lookAhead } = useModelSwitch((state) => state);
  const [labels, setLabels] = useState(true);
  const ready = next.state === 'ready';
  const working = next.state === 'filling' || next.state === 'waiting';
  // What would change is the question of this moment; before, it is answered when asked.
  useEffect(() => {
    if (ready) void lookAhead();
  }, [ready, lookAhead]);
  const changes = preview?.labels.some(({ gained, lost }) => gained + lost > 0) ?? false;
  return (
    <div className={panel.card}>
      <h3 className={panel.title}>{t('modelSwitch.to', { model: name })}</h3>
      {next.samePictures ? (
        <p className={panel.text}>{t('modelSwitch.samePictures', { model: current })}</p>
      ) : (
        <p className={panel.text}>
          {t(ready ? 'modelSwitch.readyText' : 'modelSwitch.text', { model: current })}
        </p>
      )}
      {!next.samePictures && <Bar next={next} />}
      {next.problem !== null && (
        <p className={panel.warning} role="alert">
          {words(next.problem) ?? t('errors.unknown')}
        </p>
      )}
      {preview !== null && <LabelChanges preview={preview} />}
      {preview !== null && changes && (
        <Checkbox
          checked={labels}
          label={t('modelSwitch.renew')}
          description={t('modelSwitch.renewText')}
          onChange={(event) => setLabels(event.currentTarget.checked)}
        />
      )}
      <div className={classes.buttons}>
        {ready && (
          <Button loading={busy} onClick={() => void commit(labels)}>
            {t('modelSwitch.commit', { model: name })}
          </Button>
        )}
        {working && <Quiet onClick={pause}>{t('progress.pause')}</Quiet>}
        {(next.state === 'paused' || next.state === 'failed') && (
          <Quiet onClick={resume}>{t(next.state === 'failed' ? 'app.retry' : 'progress.resume')}</Quiet>
        )}
        {!ready && next.done > 0 && (
          <>
            <Quiet onClick={lookAhead} loading={previewing}>
              {t('modelSwitch.lookAhead')}
            </Quiet>
            <Quiet onClick={() => commit(labels)}>{t('modelSwitch.early')}</Quiet>
          </>
        )}
        <Quiet onClick={cancel}>{t('modelSwitch.cancel')}</Quiet>
      </div>
      {!ready && next.done > 0 && <p className={panel.note}>{t('modelSwitch.earlyText')}</p>}
    </div>
  );
}

function Quiet(props: { onClick(): Promise<void>; loading?: boolean; children: ReactNode }) {
  const busy = useModelSwitch((state) => state.busy);
  const { loading = false, children, onClick } = props;
  return (
    <Button variant="default" disabled={busy} loading={loading} onClick={() => void onClick()}>
      {children}
    </Button>
  );
}

function Bar({ next }: { next: Next }) {
  const { t, i18n } = useTranslation();
  const { state, done, total, failed, photosPerSecond, secondsLeft } = next;
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const facts = [t(`modelSwitch.state.${state}`)];
  if (total > 0) facts.push(t('progress.done', { done, found: total }));
  if (photosPerSecond > 0) {
    const value = number(i18n.language, photosPerSecond, photosPerSecond < 10 ? 1 : 0);
    facts.push(t('progress.rate', { value }));
  }
  if (secondsLeft !== null) {
    const { unit, count } = roughDuration(secondsLeft);
    facts.push(t(`progress.left.${unit}`, { count }));
  }
  if (failed > 0) facts.push(t('progress.failed', { count: failed }));
  return (
    <>
      <span
        className={classes.bar}
        role="progressbar"
        aria-label={t('modelSwitch.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        data-state={state}
      >
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      <p className={panel.note} role="status">
        {facts.join(' · ')}
      </p>
    </>
  );
}
