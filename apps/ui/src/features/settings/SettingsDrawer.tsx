// Appearance, language, photo size, and the keys worth knowing.
import { Drawer, Kbd, SegmentedControl, Slider } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../shared/i18n.ts';
import classes from './SettingsDrawer.module.css';
import { ROW_HEIGHTS, type Theme, useSettings } from './store.ts';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const KEYS = [
  ['search', ['Ctrl/⌘ K', '/']],
  ['move', ['←', '↑', '→', '↓']],
  ['open', ['Enter']],
  ['like', ['M']],
  ['info', ['I']],
  ['escape', ['Esc']],
] as const;

export function SettingsDrawer(props: { opened: boolean; version: string; onClose(): void }) {
  const { t } = useTranslation();
  const { theme, language, rowHeight, change } = useSettings((state) => state);
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={380}
      title={t('settings.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Field label={t('settings.theme')}>
        {(label) => (
          <SegmentedControl
            fullWidth
            aria-labelledby={label}
            value={theme}
            onChange={(value) => change({ theme: value })}
            data={THEMES.map((value) => ({ value, label: t(`settings.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('settings.language')}>
        {(label) => (
          <SegmentedControl
            fullWidth
            aria-labelledby={label}
            value={language}
            onChange={(value) => change({ language: value })}
            data={LANGUAGES.map((value) => ({ value, label: t(`app.language.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('settings.rowHeight')}>
        {() => (
          <>
            <Slider
              {...ROW_HEIGHTS}
              label={null}
              value={rowHeight}
              onChange={(value) => change({ rowHeight: value })}
              thumbLabel={t('settings.rowHeight')}
            />
            <div className={classes.ends}>
              <span>{t('settings.smaller')}</span>
              <span>{t('settings.larger')}</span>
            </div>
          </>
        )}
      </Field>
      <h3 className={classes.label}>{t('settings.shortcuts')}</h3>
      <dl className={classes.keys}>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(`settings.keys.${name}`)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.version}>{t('settings.version', { version: props.version })}</p>
    </Drawer>
  );
}

function Field({ label, children }: { label: string; children(labelId: string): ReactNode }) {
  const id = useId();
  return (
    <div className={classes.field}>
      <h3 id={id} className={classes.label}>
        {label}
      </h3>
      {children(id)}
    </div>
  );
}
