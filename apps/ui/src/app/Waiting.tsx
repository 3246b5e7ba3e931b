// Screens before there is an engine to talk to: starting, not answering, and a session that has run out.
import { Button, Loader } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../shared/Notice.tsx';
import { Mark } from './Mark.tsx';
import classes from './Waiting.module.css';

export function Connecting({ lost }: { lost: boolean }) {
  const { t } = useTranslation();
  return (
    <main className={classes.centre} role="status">
      <Mark size={48} />
      <p>
        <Loader size={14} color="gray" />
        {lost ? t('connection.lost') : t('connection.connecting')}
      </p>
    </main>
  );
}

export function Expired() {
  const { t } = useTranslation();
  return (
    <main className={classes.page}>
      <Notice
        icon={<IconLink size={26} />}
        title={t('connection.expiredTitle')}
        action={<Button onClick={() => window.location.reload()}>{t('connection.expiredRetry')}</Button>}
      >
        {t('connection.expiredText')}
        <p className={classes.how}>
          {t('connection.expiredHow')} <code>{`${window.location.origin}/`}</code>
        </p>
      </Notice>
    </main>
  );
}
