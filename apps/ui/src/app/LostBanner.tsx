// Says calmly that the engine is away and that the window comes back by itself.
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Shell.module.css';

export function LostBanner() {
  const { t } = useTranslation();
  return (
    <div className={classes.banner} role="status">
      <Loader size={14} color="gray" />
      {t('connection.lost')}
      <span>{t('connection.lostHint')}</span>
    </div>
  );
}
