// One thin line that says what the engine is doing, how fast, and how long it will take. Gone when idle.
import type { Progress } from '@semblance/contract';
import { IconAlertTriangle, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { number, roughDuration } from '../../shared/format.ts';
import { PaceMenu } from './PaceMenu.tsx';
import classes from './ProgressStrip.module.css';
import { useProgress } from './store.ts';

export function ProgressStrip() {
  const { t } = useTranslation();
  const { progress, switching, togglePause, openFailures } = useProgress((state) => state);
  if (progress === null || (progress.state === 'idle' && progress.copying === 0)) return null;
  if (progress.state === 'idle') {
    return (
      <section className={classes.strip} data-testid="progress-strip" data-state="idle">
        <span role="status">{t('progress.copying', { count: progress.copying })}</span>
      </section>
    );
  }
  const { state, stage, found, done, failed, unsearchable } = progress;
  // While photos are made searchable, those are what there is to finish.
  const encoding = stage === 'search' && state !== 'scanning' && unsearchable > 0;
  const finished = encoding ? Math.max(0, done - unsearchable) : Math.min(done + failed, found);
  const known = state !== 'scanning' && found > 0;
  const paused = state === 'paused';
  const stopped = state === 'stopped';
  return (
    <section
      className={classes.strip}
      data-testid="progress-strip"
      data-state={state}
      aria-label={t('progress.label')}
    >
      {stopped && <IconAlertTriangle className={classes.warning} size={16} aria-hidden />}
      <strong role={stopped ? 'alert' : 'status'}>
        {t(encoding && state === 'indexing' ? 'progress.encoding' : `progress.${state}`)}
      </strong>
      <Facts progress={progress} />
      {failed > 0 && (
        <button type="button" className={classes.failed} onClick={openFailures}>
          {t('progress.failed', { count: failed })}
        </button>
      )}
      <span className={classes.space} />
      {!stopped && <PaceMenu pace={progress.pace} />}
      {!stopped && (
        <button type="button" className={classes.pause} disabled={switching} onClick={togglePause}>
          {paused ? (
            <IconPlayerPlayFilled size={14} aria-hidden />
          ) : (
            <IconPlayerPauseFilled size={14} aria-hidden />
          )}
          {paused ? t('progress.resume') : t('progress.pause')}
        </button>
      )}
      <span
        className={classes.bar}
        role="progressbar"
        aria-label={t('progress.label')}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(known ? { 'aria-valuenow': Math.round((finished / found) * 100) } : {})}
      >
        <span
          data-unknown={(state === 'scanning' && !known) || undefined}
          style={known ? { transform: `scaleX(${finished / found})` } : undefined}
        />
      </span>
    </section>
  );
}

function Facts({ progress }: { progress: Progress }) {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const { state, stage, found, done, failed, unsearchable, copying, photosPerSecond, secondsLeft, fault } =
    progress;
  if (state === 'stopped') {
    return <span className={classes.facts}>{say({ kind: fault ?? 'unknown', message: null })}</span>;
  }
  const facts: string[] = [];
  if (state === 'scanning') facts.push(t('progress.found', { count: found }));
  else if (stage === 'search' && unsearchable > 0) {
    facts.push(t('progress.unsearchable', { count: unsearchable }));
  } else facts.push(t('progress.done', { done: Math.min(done + failed, found), found }));
  if (state === 'indexing' && photosPerSecond > 0) {
    facts.push(
      t('progress.rate', { value: number(i18n.language, photosPerSecond, photosPerSecond < 10 ? 1 : 0) }),
    );
  }
  if (state === 'indexing' && secondsLeft !== null) {
    const { unit, count } = roughDuration(secondsLeft);
    facts.push(t(`progress.left.${unit}`, { count }));
  }
  if (copying > 0) facts.push(t('progress.copying', { count: copying }));
  return <span className={classes.facts}>{facts.join(' · ')}</span>;
}
