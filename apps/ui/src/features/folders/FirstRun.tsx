// The first screen of a new library: what this is, what it will not do, and the one step to begin.
import { Anchor, Button, Checkbox } from '@mantine/core';
import { IconFolderPlus, IconLock, IconMessage2, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { useFaultText } from '../../shared/faults.ts';
import classes from './FirstRun.module.css';
import { useFolders } from './store.ts';

export function FirstRun() {
  const { t } = useTranslation();
  const say = useFaultText();
  const { info } = useEngine();
  const fault = useFolders((state) => state.fault);
  return (
    <div className={classes.screen}>
      <div className={classes.column}>
        <h1>{t('firstRun.title')}</h1>
        <p className={classes.lead}>{t('firstRun.text')}</p>
        {info.can.chooseFolder ? <ChooseFolder /> : <OfferedFolders />}
        {info.can.addSamples && <TrySamples />}
        {fault !== null && (
          <p className={classes.fault} role="alert">
            {say(fault)}
          </p>
        )}
        <ul className={classes.promises}>
          <Promised
            icon={<IconLock size={20} />}
            title={t('firstRun.privacyTitle')}
            text={t('firstRun.privacy')}
          />
          <Promised
            icon={<IconShieldCheck size={20} />}
            title={t('firstRun.originalsTitle')}
            text={t('firstRun.originals')}
          />
          <Promised
            icon={<IconMessage2 size={20} />}
            title={t('firstRun.describeTitle')}
            text={t('firstRun.describe')}
          />
        </ul>
      </div>
    </div>
  );
}

function ChooseFolder() {
  const { t } = useTranslation();
  const { adding, choose } = useFolders((state) => state);
  return (
    <Button size="md" leftSection={<IconFolderPlus size={18} />} loading={adding} onClick={choose}>
      {adding ? t('firstRun.choosing') : t('firstRun.choose')}
    </Button>
  );
}

function OfferedFolders() {
  const { t } = useTranslation();
  const { offered, adding, addOffered } = useFolders((state) => state);
  const [left, setLeft] = useState<readonly number[]>([]);
  const open = offered.filter((offer) => !offer.added);
  if (open.length === 0) {
    return (
      <div className={classes.box}>
        <h2>{t('firstRun.noneOfferedTitle')}</h2>
        <p>{t('firstRun.noneOffered')}</p>
        <code>semblance serve --roots ~/Pictures</code>
      </div>
    );
  }
  const chosen = open.filter((offer) => !left.includes(offer.offerId)).map((offer) => offer.offerId);
  const toggle = (id: number, on: boolean) =>
    setLeft(on ? left.filter((other) => other !== id) : [...left, id]);
  return (
    <div className={classes.box}>
      <h2>{t('firstRun.offeredTitle')}</h2>
      {open.map((offer) => (
        <Checkbox
          key={offer.offerId}
          className={classes.offer}
          label={offer.path}
          checked={!left.includes(offer.offerId)}
          onChange={(event) => toggle(offer.offerId, event.currentTarget.checked)}
        />
      ))}
      <Button
        size="md"
        leftSection={<IconFolderPlus size={18} />}
        loading={adding}
        disabled={chosen.length === 0}
        onClick={() => addOffered(chosen)}
      >
        {t('firstRun.add', { count: Math.max(1, chosen.length) })}
      </Button>
    </div>
  );
}

function TrySamples() {
  const { t } = useTranslation();
  const { adding, addSamples } = useFolders((state) => state);
  return (
    <p className={classes.samples}>
      {t('firstRun.noPhotosHere')}{' '}
      <Anchor component="button" type="button" fz="inherit" disabled={adding} onClick={addSamples}>
        {t('firstRun.samples')}
      </Anchor>
    </p>
  );
}

function Promised({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <li>
      <span aria-hidden>{icon}</span>
      <h2>{title}</h2>
      <p>{text}</p>
    </li>
  );
}
