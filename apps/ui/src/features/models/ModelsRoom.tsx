// The models' room: those that are here, what is on its way, what can be had, and every request that was made for it.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import { Catalogue } from './Catalogue.tsx';
import { Downloads } from './Downloads.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { Installed } from './Installed.tsx';
import classes from './Models.module.css';
import { NetworkRecord } from './NetworkRecord.tsx';
import { OfferDialog } from './OfferDialog.tsx';
import { useModels } from './store.ts';
import { CompareModels } from './switch/CompareModels.tsx';
import { ModelSwitch } from './switch/ModelSwitch.tsx';
import { createModelSwitchStore, modelSwitch } from './switch/store.ts';

export default function ModelsRoom() {
  const { client } = useEngine();
  const load = useModels((state) => state.load);
  const [store] = useState(() => createModelSwitchStore(client, () => void load()));
  return (
    <modelSwitch.Context.Provider value={store}>
      <Room />
    </modelSwitch.Context.Provider>
  );
}

function Room() {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, fault, installed, load, follow } = useModels((state) => state);
  const title = useRef<HTMLHeadingElement>(null);
  const ready = phase === 'ready';
  useEffect(() => {
    const left = new AbortController();
    void load();
    void follow(left.signal);
    return () => left.abort();
  }, [load, follow]);
  useEffect(() => {
    if (ready) title.current?.focus({ preventScroll: true });
  }, [ready]);

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('models.loadFailed')}
        action={<Button onClick={() => void load()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (!ready) return <output className={classes.quiet}>{t('models.loading')}</output>;
  return (
    <div className={classes.scroller} data-testid="models-room">
      <div className={classes.page}>
        <header className={classes.head}>
          <h1 ref={title} tabIndex={-1}>
            {t('models.title')}
          </h1>
          <p>{t('models.intro')}</p>
        </header>
        {fault !== null && (
          <p className={classes.fault} role="alert">
            <IconAlertTriangle size={18} aria-hidden />
            {say(fault)}
          </p>
        )}
        <ModelSwitch models={installed} />
        <Downloads />
        <Installed />
        <CompareModels models={installed} />
        <Catalogue />
        <Elsewhere />
        <NetworkRecord />
        <OfferDialog />
      </div>
    </div>
  );
}
