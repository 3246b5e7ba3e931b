// The colour of a label: a dot that opens the others.
import { Popover } from '@mantine/core';
import type { LabelColor } from '@semblance/contract';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot, LABEL_COLORS } from './Dot.tsx';
import classes from './Studio.module.css';

const COLUMNS = 3;

export function ColorButton({ color, onChange }: { color: LabelColor; onChange(color: LabelColor): void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const here = buttons.findIndex((button) => button.matches(':focus'));
    buttons[(here + step + buttons.length) % buttons.length]?.focus();
  };

  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={classes.color}
          aria-label={t('labels.colorIs', { color: t(`labels.colors.${color}`) })}
          title={t('labels.color')}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Dot color={color} size={16} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t('labels.color')} onKeyDown={onKeyDown}>
        <div className={classes.colors}>
          {LABEL_COLORS.map((other) => (
            <button
              key={other}
              type="button"
              className={classes.color}
              aria-pressed={other === color}
              aria-label={t(`labels.colors.${other}`)}
              title={t(`labels.colors.${other}`)}
              data-autofocus={other === color || undefined}
              onClick={() => {
                onChange(other);
                setOpened(false);
              }}
            >
              <Dot color={other} size={18} />
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
