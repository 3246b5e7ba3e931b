// What this computer makes of a model: precision, threads and speed as they were measured here, and the way to measure again.
import type { TrialResult } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useEngineWords } from '../../shared/faults.ts';
import { number } from '../../shared/format.ts';
import classes from './Models.module.css';
import { useModels } from './store.ts';
import { useBytes } from './words.ts';

export function Trial({ id }: { id: string }) {
  const { t } = useTranslation();
  const words = useEngineWords();
  const trial = useModels((state) => state.trials.find((one) => one.id === id));
  if (trial === undefined) return null;
  const { state, result, problem } = trial;
  const working = state === 'waiting' || state === 'running';
  return (
    <p className={classes.facts} role="status" data-trial={state}>
      {working && t(`models.trial.${state}`)}
      {state === 'failed' && (
        <span className={classes.problem}>
          {t('models.trial.failed')} {words(problem)}
        </span>
      )}
      {state === 'done' && result !== null && <Result result={result} />}
    </p>
  );
}

function Result({ result }: { result: TrialResult }) {
  const { t, i18n } = useTranslation();
  const size = useBytes();
  const { precision, provider, threads, imagesPerSecond, textMilliseconds } = result;
  const { textMemoryBytes, memoryBytes } = result;
  const short = (value: number) => number(i18n.language, value, value < 10 ? 1 : 0);
  const facts = [
    t(`models.trial.precision.${precision}`),
    provider === 'cpu' ? t('models.trial.threads', { count: threads }) : t(`models.trial.on.${provider}`),
    t('models.trial.speed', { value: short(imagesPerSecond) }),
    t('models.trial.text', { value: short(textMilliseconds) }),
    ...(memoryBytes > 0
      ? [t('models.trial.memory', { text: size(textMemoryBytes), both: size(memoryBytes) })]
      : []),
  ];
  return <>{t('models.trial.here', { facts: facts.join(', ') })}</>;
}
