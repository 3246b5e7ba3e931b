// The same choice where the work is seen.
import { Menu } from '@mantine/core';
import { type PaceState, paceChoice } from '@semblance/contract';
import { IconCheck, IconGauge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Pace.module.css';
import strip from './ProgressStrip.module.css';
import { useProgress } from './store.ts';

export function PaceMenu({ pace: { choice, acting, because } }: { pace: PaceState }) {
  const { t } = useTranslation();
  const setPace = useProgress((state) => state.setPace);
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button
          type="button"
          className={strip.pause}
          aria-label={`${t('pace.title')}: ${t(`pace.${acting}`)}`}
          title={because === 'chosen' ? t(`pace.means.${acting}`) : t(`pace.because.${because}`)}
        >
          <IconGauge size={16} aria-hidden />
          {t(`pace.${acting}`)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {paceChoice.options.map((value) => (
          <Menu.Item
            key={value}
            aria-current={value === choice}
            leftSection={<IconCheck size={14} aria-hidden className={value === choice ? '' : classes.off} />}
            onClick={() => setPace(value)}
          >
            {t(`pace.${value}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
