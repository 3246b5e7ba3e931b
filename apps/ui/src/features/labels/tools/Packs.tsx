// Ready-made labels: a pack at a time, or one by one.
import { Button, VisuallyHidden } from '@mantine/core';
import type { LabelPack, PackLanguage } from '@semblance/contract';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../../../shared/undo.tsx';
import { Section } from './Section.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function Packs({ language }: { language: PackLanguage }) {
  const { t } = useTranslation();
  const packs = useTools((state) => state.packs);
  return (
    <Section title={t('labelTools.packs')} text={t('labelTools.packsText')}>
      {packs === null ? (
        <output className={classes.quiet}>{t('labels.loading')}</output>
      ) : (
        packs.map((pack) => <Pack key={pack.id} pack={pack} language={language} />)
      )}
    </Section>
  );
}

function Pack({ pack, language }: { pack: LabelPack; language: PackLanguage }) {
  const { t } = useTranslation();
  const add = useTools((state) => state.addPack);
  const done = useUndo();
  const left = pack.labels.filter((label) => !label.added).length;
  const take = async (names?: string[]) => {
    const added = await add(pack.id, language, names);
    if (added !== null)
      done({ actId: added.actId, photos: 0 }, t('labelTools.packAdded', { count: added.labels.length }));
  };
  return (
    <article className={classes.pack}>
      <header>
        <div>
          <h4>{pack.title}</h4>
          <p>{pack.description}</p>
        </div>
        <Button size="compact-sm" variant="default" disabled={left === 0} onClick={() => void take()}>
          {left === 0 ? t('labelTools.allAdded') : t('labelTools.addAll', { count: left })}
          <VisuallyHidden>: {pack.title}</VisuallyHidden>
        </Button>
      </header>
      <ul className={classes.chips}>
        {pack.labels.map((label) => (
          <li key={label.name}>
            <button
              type="button"
              disabled={label.added}
              title={label.descriptions.join(', ')}
              onClick={() => void take([label.name])}
            >
              {label.added ? <IconCheck size={14} aria-hidden /> : <IconPlus size={14} aria-hidden />}
              {label.name}
              {label.added && <span className={classes.hidden}>, {t('labelTools.isAdded')}</span>}
            </button>
          </li>
        ))}
      </ul>
    </article>
  );
}
