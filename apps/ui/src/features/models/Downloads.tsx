// What is on its way: how far, how fast, how long; paused, gone on with, or given up.
import { Button, Progress, VisuallyHidden } from '@mantine/core';
import type { ModelDownload } from '@semblance/contract';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEngineWords, useFaultText } from '../../shared/faults.ts';
import classes from './Models.module.css';
import { Section } from './Section.tsx';
import { useModels } from './store.ts';
import { useBytes, usePace } from './words.ts';

export function Downloads() {
  const { t } = useTranslation();
  const downloads = useModels((state) => state.downloads);
  if (downloads.length === 0) return null;
  return (
    <Section title={t('models.downloads')}>
      <ul className={classes.list}>
        {downloads.map((download) => (
          <Row key={download.id} download={download} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ download }: { download: ModelDownload }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const words = useEngineWords();
  const { pause, resume, cancel } = useModels((state) => state);
  const { id, name, state, done, bytes, problem } = download;
  const stopped = state === 'paused' || state === 'failed';
  const percent = bytes === null || bytes === 0 ? 0 : Math.floor((100 * done) / bytes);
  return (
    <li className={classes.row} data-download={id} data-state={state}>
      <div className={classes.rowHead}>
        <div className={classes.words}>
          <strong>{name}</strong>
          <span role="status">{t(`models.state.${state}`)}</span>
        </div>
        <div className={classes.verbs}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={
              stopped ? (
                <IconPlayerPlayFilled size={14} aria-hidden />
              ) : (
                <IconPlayerPauseFilled size={14} aria-hidden />
              )
            }
            onClick={() => void (stopped ? resume(id) : pause(id))}
          >
            {stopped ? t(state === 'failed' ? 'app.retry' : 'models.resume') : t('models.pause')}
            <VisuallyHidden>: {name}</VisuallyHidden>
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--sem-text)"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => void cancel(id)}
          >
            {t('models.cancel')}
            <VisuallyHidden>: {name}</VisuallyHidden>
          </Button>
        </div>
      </div>
      <Progress
        size={4}
        value={bytes === null || state === 'checking' ? 100 : percent}
        animated={bytes === null || state === 'checking'}
        {...(stopped && { color: 'gray' })}
        aria-label={t('models.progressOf', { name })}
      />
      <Facts download={download} />
      {problem !== null && (
        <p className={classes.problem}>
          {problem.kind === 'DISK_FULL' ? t('models.diskFull') : say(problem)}{' '}
          {problem.kind === 'MODEL_UNSUITABLE' && words(problem.message)}
        </p>
      )}
    </li>
  );
}

function Facts({ download }: { download: ModelDownload }) {
  const { t } = useTranslation();
  const size = useBytes();
  const pace = usePace();
  const { done, bytes, bytesPerSecond, secondsLeft } = download;
  if (bytes === null) return null;
  const facts = [t('models.of', { done: size(done), all: size(bytes) }), pace(bytesPerSecond, secondsLeft)];
  return <p className={classes.facts}>{facts.filter((fact) => fact !== '').join(' · ')}</p>;
}
