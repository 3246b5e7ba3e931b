// Models that can be had: what each is good at and what it costs, in plain words, with figures that somebody published.
import { Button, VisuallyHidden } from '@mantine/core';
import type { CatalogModel } from '@semblance/contract';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languageName } from '../../shared/format.ts';
import classes from './Models.module.css';
import { Section } from './Section.tsx';
import { useModels } from './store.ts';
import { useBytes, useLanguages, usePercent, useSaid } from './words.ts';

export function Catalogue() {
  const { t } = useTranslation();
  const { catalog, hub } = useModels((state) => state);
  if (catalog.length === 0) return null;
  const host = hub === null ? '' : new URL(hub.url).host;
  return (
    <Section title={t('models.catalogue')} text={t('models.catalogueText', { host })}>
      <ul className={classes.list}>
        {catalog.map((model) => (
          <Entry key={model.id} model={model} />
        ))}
      </ul>
      <p className={classes.note}>{t('models.recallNote')}</p>
    </Section>
  );
}

function Entry({ model }: { model: CatalogModel }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { id, name, goodFor, caution } = model;
  const here = useModels((state) => state.installed.some((one) => one.id === id));
  const coming = useModels((state) => state.downloads.some((one) => one.id === id));
  const look = useModels((state) => state.look);
  return (
    <li className={classes.row} data-entry={id}>
      <div className={classes.rowHead}>
        <div className={classes.words}>
          <strong>{name}</strong>
          <p>{said(goodFor)}</p>
          {caution !== null && <p className={classes.caution}>{said(caution)}</p>}
        </div>
        <div className={classes.verbs}>
          {here ? (
            <span className={classes.here}>
              <IconCheck size={16} aria-hidden />
              {t('models.here')}
            </span>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              disabled={coming}
              leftSection={<IconDownload size={15} aria-hidden />}
              onClick={() => void look({ id })}
            >
              {t('models.download')}
              <VisuallyHidden>: {name}</VisuallyHidden>
            </Button>
          )}
        </div>
      </div>
      <Facts model={model} />
      <Unchecked model={model} />
    </li>
  );
}

function Facts({ model }: { model: CatalogModel }) {
  const { t, i18n } = useTranslation();
  const size = useBytes();
  const percent = usePercent();
  const languages = useLanguages();
  const { bytes, license, commercialUse, recall } = model;
  return (
    <dl className={classes.figures}>
      <div>
        <dt>{t('models.languages')}</dt>
        <dd>{languages(model.languages)}</dd>
      </div>
      <div>
        <dt>{t('models.size')}</dt>
        <dd>{bytes === null ? t('models.sizeLater') : t('models.about', { size: size(bytes) })}</dd>
      </div>
      <div>
        <dt>{t('models.licence')}</dt>
        <dd>
          {license ?? t('models.licenceUnknown')}
          {commercialUse === false && <small>{t('models.notCommercial')}</small>}
        </dd>
      </div>
      {recall.map((one) => (
        <div key={one.language}>
          <dt>{t('models.recallIn', { language: languageName(i18n.language, one.language) })}</dt>
          <dd>
            {percent(one.percent)}
            <span className={classes.meter} aria-hidden>
              <span style={{ width: `${one.percent}%` }} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What the list says on trust. The size is told by the hub in any case. */
function Unchecked({ model: { checked, recall } }: { model: CatalogModel }) {
  const { t, i18n } = useTranslation();
  const what = [
    ...(checked.repository ? [] : [t('models.unchecked.repository')]),
    ...(checked.license ? [] : [t('models.unchecked.license')]),
    ...(checked.recall || recall.length === 0 ? [] : [t('models.unchecked.recall')]),
  ];
  if (what.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(what);
  return <p className={classes.note}>{t('models.unchecked.text', { what: list })}</p>;
}
