// Appearance, language, photo size; below them what there is to know about the library, the model and privacy.
import { Button, Drawer, Kbd, SegmentedControl, Slider } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../shared/i18n.ts';
import { About } from './About.tsx';
import classes from './SettingsDrawer.module.css';
import { ROW_HEIGHTS, type Theme, useSettings } from './store.ts';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

interface SettingsDrawerProps {
  opened: boolean;
  /** Another dialog lies over this one and takes Escape. */
  covered: boolean;
  version: string;
  /** Settings of other features. */
  children?: ReactNode;
  onShortcuts(): void;
  onClose(): void;
}

export function SettingsDrawer(props: SettingsDrawerProps) {
  const { t } = useTranslation();
  const { theme, language, rowHeight, change } = useSettings((state) => state);
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      closeOnEscape={!props.covered}
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
      {props.children}
      <Button
        className={classes.shortcuts}
        fullWidth
        variant="default"
        leftSection={<IconKeyboard size={18} aria-hidden />}
        rightSection={<Kbd>?</Kbd>}
        onClick={props.onShortcuts}
      >
        {t('shortcuts.title')}
      </Button>
      <About version={props.version} />
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
