// Whether Semblance has an icon in the system's tray and goes on there when its window is closed. For the desktop app.
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './SettingsDrawer.module.css';
import { useSettings } from './store.ts';

export function TrayField() {
  const { t } = useTranslation();
  const tray = useSettings((state) => state.tray);
  const change = useSettings((state) => state.change);
  return (
    <Switch
      className={classes.field}
      checked={tray}
      onChange={(event) => change({ tray: event.currentTarget.checked })}
      label={t('settings.tray')}
      description={t('settings.trayMeans')}
    />
  );
}
