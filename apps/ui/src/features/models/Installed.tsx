// The models that are here: which one answers, whether each is still whole, and the way to let one go.
import { Badge, Button, VisuallyHidden } from '@mantine/core';
import type { ModelCheck, ModelInfo } from '@semblance/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import classes from './Models.module.css';
import { RemoveModel } from './RemoveModel.tsx';
import { Section } from './Section.tsx';
import { useModels } from './store.ts';
import { useModelSwitch } from './switch/store.ts';
import { Trial } from './Trial.tsx';
import { useBytes, useLanguages } from './words.ts';

export function Installed() {
  const { t } = useTranslation();
  const installed = useModels((state) => state.installed);
  const remove = useModels((state) => state.remove);
  const [leaving, setLeaving] = useState<ModelInfo | null>(null);
  return (
    <Section title={t('models.installed')}>
      <ul className={classes.list}>
        {installed.map((model) => (
          <Row key={model.id} model={model} onRemove={() => setLeaving(model)} />
        ))}
      </ul>
      <RemoveModel
        model={leaving}
        onCancel={() => setLeaving(null)}
        onConfirm={(id) => {
          setLeaving(null);
          void remove(id);
        }}
      />
    </Section>
  );
}

function Row({ model, onRemove }: { model: ModelInfo; onRemove(): void }) {
  const { t, i18n } = useTranslation();
  const size = useBytes();
  const languages = useLanguages();
  const check = useModels((state) => state.checks[model.id]);
  const look = useModels((state) => state.check);
  const test = useModels((state) => state.test);
  const trying = useModels((state) =>
    state.trials.some(({ id, state: now }) => id === model.id && (now === 'waiting' || now === 'running')),
  );
  const { status: change, busy, begin } = useModelSwitch((state) => state);
  const facts = [
    languages(model.languages),
    size(model.bytes),
    t('models.pixels', { value: number(i18n.language, model.imageSize) }),
  ];
  return (
    <li className={classes.row} data-model={model.id}>
      <div className={classes.rowHead}>
        <div className={classes.words}>
          <strong>
            {model.name}
            {model.active && (
              <Badge size="sm" variant="light" tt="none">
                {t('models.active')}
              </Badge>
            )}
            {model.bundled && (
              <Badge size="sm" variant="default" tt="none">
                {t('about.bundled')}
              </Badge>
            )}
          </strong>
          <span>{facts.join(' · ')}</span>
        </div>
        <div className={classes.verbs}>
          {!model.active && change?.next?.id !== model.id && (
            <Button
              size="compact-sm"
              disabled={busy || change?.next != null}
              title={change?.next == null ? undefined : t('errors.MODEL_BUSY')}
              onClick={() => void begin(model.id, false)}
            >
              {t('models.use')}
              <VisuallyHidden>: {model.name}</VisuallyHidden>
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            loading={check === 'checking'}
            onClick={() => void look(model.id)}
          >
            {t('models.check')}
            <VisuallyHidden>: {model.name}</VisuallyHidden>
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={trying}
            title={t('models.trial.measureText')}
            onClick={() => void test(model.id)}
          >
            {t('models.trial.measure')}
            <VisuallyHidden>: {model.name}</VisuallyHidden>
          </Button>
          {!model.bundled && !model.active && (
            <Button size="compact-sm" variant="subtle" color="gray" c="var(--sem-text)" onClick={onRemove}>
              {t('models.remove')}
              <VisuallyHidden>: {model.name}</VisuallyHidden>
            </Button>
          )}
        </div>
      </div>
      <Trial id={model.id} />
      {check !== undefined && check !== 'checking' && <Found check={check} />}
    </li>
  );
}

function Found({ check }: { check: ModelCheck }) {
  const { t } = useTranslation();
  const repair = useModels((state) => state.repair);
  if (check.fine) {
    return (
      <p className={classes.good} role="status">
        {t(check.known ? 'models.fine' : 'models.noted', { count: check.files })}
      </p>
    );
  }
  return (
    <div className={classes.problem} role="alert">
      <p>{t('models.notFine', { count: check.missing.length + check.changed.length })}</p>
      <ul>
        {check.missing.map((path) => (
          <li key={path}>{t('models.missing', { path })}</li>
        ))}
        {check.changed.map((path) => (
          <li key={path}>{t('models.changed', { path })}</li>
        ))}
      </ul>
      {check.repairable && (
        <Button size="compact-sm" onClick={() => void repair(check.id)}>
          {t('models.repair')}
        </Button>
      )}
    </div>
  );
}
