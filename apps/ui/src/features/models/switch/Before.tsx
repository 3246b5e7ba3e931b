// The model before: back is one click, as long as its vectors are kept.
import { Button } from '@mantine/core';
import type { ModelSwitchStatus } from '@semblance/contract';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ModelSwitch.module.css';
import panel from './Panel.module.css';
import { useModelSwitch } from './store.ts';

interface BeforeProps {
  previous: NonNullable<ModelSwitchStatus['previous']>;
  name: string;
  current: string;
}

export function Before({ previous: { waiting, labels }, name, current }: BeforeProps) {
  const { t } = useTranslation();
  const { back, forgetPrevious, busy } = useModelSwitch((state) => state);
  return (
    <div className={panel.card}>
      <h3 className={panel.title}>{t('modelSwitch.switched', { model: current })}</h3>
      {waiting > 0 && (
        <p className={panel.text} role="status">
          {t('modelSwitch.mixed', { count: waiting, model: name })}
        </p>
      )}
      <p className={panel.text}>{t(`modelSwitch.labels.${labels}`)}</p>
      <div className={classes.buttons}>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconArrowBackUp size={17} aria-hidden />}
          onClick={() => void back()}
        >
          {t('modelSwitch.back', { model: name })}
        </Button>
        {waiting === 0 && (
          <Button variant="subtle" disabled={busy} onClick={() => void forgetPrevious()}>
            {t('modelSwitch.forget', { model: name })}
          </Button>
        )}
      </div>
      {waiting === 0 && <p className={panel.note}>{t('modelSwitch.forgetText')}</p>}
    </div>
  );
}
