// Packs, proposals, files, sidecars and the trained network: one pane, one section each.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../../shared/faults.ts';
import { isLanguage } from '../../../shared/i18n.ts';
import { Adapter } from './Adapter.tsx';
import { Files } from './Files.tsx';
import { Packs } from './Packs.tsx';
import { Proposals } from './Proposals.tsx';
import { Sidecars } from './Sidecars.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function ToolsPane() {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const load = useTools((state) => state.load);
  const fault = useTools((state) => state.fault);
  const language = isLanguage(i18n.language) ? i18n.language : 'en';
  useEffect(() => void load(language), [load, language]);
  return (
    <div className={classes.pane} data-testid="label-tools">
      <header className={classes.header}>
        <h2>{t('labelTools.title')}</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key */}
      <section className={classes.body} tabIndex={0} aria-label={t('labelTools.title')}>
        {fault !== null && (
          <p role="alert" className={classes.fault}>
            {say(fault)}
          </p>
        )}
        <Packs language={language} />
        <Proposals language={language} />
        <Adapter />
        <Sidecars />
        <Files />
      </section>
    </div>
  );
}
