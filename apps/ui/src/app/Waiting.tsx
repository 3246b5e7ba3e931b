// Screens before there is an engine to talk to: starting, not answering, and a session that has run out.
import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconLink, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../connection/faults.ts';
import { useFaultText } from '../shared/faults.ts';
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

/** The engine is there, but not the library: opened by another process, full disk, damaged. Tried again by itself. */
export function Refused({ fault }: { fault: Fault }) {
  const { t } = useTranslation();
  const say = useFaultText();
  return (
    <main className={classes.page}>
      <Notice
        urgent
        icon={fault.kind === 'LIBRARY_IN_USE' ? <IconLock size={26} /> : <IconAlertTriangle size={26} />}
        title={t('connection.refusedTitle')}
        action={<Button onClick={() => window.location.reload()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
        <p className={classes.how}>{t('connection.refusedText')}</p>
      </Notice>
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
