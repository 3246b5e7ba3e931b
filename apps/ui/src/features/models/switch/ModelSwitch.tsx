// Where a change of the model stands, and every step of it: prepare, look ahead, switch, go back.
import type { ModelInfo } from '@semblance/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineWords, useFaultText } from '../../../shared/faults.ts';
import { Before } from './Before.tsx';
import classes from './ModelSwitch.module.css';
import panel from './Panel.module.css';
import { Prepared } from './Prepared.tsx';
import { useModelSwitch } from './store.ts';

export interface ModelSwitchProps {
  /** The models at hand, for their names. */
  models: readonly Pick<ModelInfo, 'id' | 'name'>[];
}

/** Nothing while no model is being changed and none was. */
export function ModelSwitch({ models }: ModelSwitchProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const words = useEngineWords();
  const { status, fault, follow } = useModelSwitch((state) => state);
  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal);
    return () => leaving.abort();
  }, [follow]);
  const nameOf = (id: string): string => models.find((model) => model.id === id)?.name ?? id;
  if (status === null) {
    return fault === null ? null : (
      <p className={panel.warning} role="alert">
        {say(fault)}
      </p>
    );
  }
  const { next, previous, problem } = status;
  if (next === null && previous === null && problem === null && fault === null) return null;
  return (
    <section className={classes.panel} aria-label={t('modelSwitch.title')} data-testid="model-switch">
      {problem !== null && (
        <p className={panel.warning} role="alert">
          {t('modelSwitch.fellBack', { model: nameOf(status.current) })} {words(problem)}
        </p>
      )}
      {fault !== null && (
        <p className={panel.warning} role="alert">
          {say(fault)}
        </p>
      )}
      {next !== null && <Prepared next={next} name={nameOf(next.id)} current={nameOf(status.current)} />}
      {previous !== null && (
        <Before previous={previous} name={nameOf(previous.id)} current={nameOf(status.current)} />
      )}
    </section>
  );
}
