// Above the results: the question as it was understood, how much was compared, and what there is to know.
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Chips } from './Chips.tsx';
import { chipsOf } from './chips.ts';
import { Notes, type NoteWays } from './Notes.tsx';
import { Options } from './Options.tsx';
import { type PictureChipProps, PictureThumb } from './PictureChip.tsx';
import classes from './SearchView.module.css';
import { Steadier } from './Steadier.tsx';
import { useSearch } from './store.ts';

interface SearchSummaryProps extends NoteWays {
  tileOf: PictureChipProps['tileOf'];
  onSave(text: string): void;
}

export function SearchSummary({ tileOf, onSave, onFolders, onModels }: SearchSummaryProps) {
  const { phase, results, clear, picture, parsed } = useSearch((state) => state);
  const { t } = useTranslation();
  const { title, covered } = useTitle();
  const chipped = chipsOf(parsed).length > 0;
  const facts = (
    <>
      <p aria-live="polite">{phase === 'done' && results.length > 0 && <Count />}</p>
      <Options onSave={onSave} />
    </>
  );
  return (
    <div className={classes.summary}>
      <div className={classes.line}>
        <button
          type="button"
          className={classes.back}
          aria-label={t('search.back')}
          title={t('search.back')}
          onClick={clear}
        >
          <IconArrowLeft size={18} aria-hidden />
        </button>
        {picture !== null && (
          <span className={classes.like}>
            <PictureThumb picture={picture} tileOf={tileOf} />
          </span>
        )}
        <h2 data-covered={covered || undefined}>{title}</h2>
        <Chips />
        {!chipped && facts}
      </div>
      {chipped && <div className={classes.line}>{facts}</div>}
      <Notes onFolders={onFolders} onModels={onModels} />
      <Steadier />
    </div>
  );
}

/** What is shown; covered where the chips say it better. */
function useTitle(): { title: string; covered: boolean } {
  const { t } = useTranslation();
  const { text, picture, parsed, surprised } = useSearch((state) => state);
  const query = text.trim();
  if (surprised) return { title: t('search.surprise.title'), covered: false };
  const chips = chipsOf(parsed).length > 0;
  if (picture === null) return { title: t('search.results', { query }), covered: chips && query !== '' };
  const count = picture.kind === 'photos' ? picture.ids.length : 1;
  const like = t(`search.resultsLike.${picture.kind}`, { count });
  return {
    title: query === '' || chips ? like : t('search.resultsBoth', { like, query }),
    covered: false,
  };
}

/** How many fit, among how many. Without a line drawn by the engine, only how many are shown. */
function Count() {
  const { t } = useTranslation();
  const { results, best, expectedUnrelated, searched, milliseconds, surprised } = useSearch((state) => state);
  if (surprised) return t('search.surprise.note');
  const took = t('search.milliseconds', { value: Math.round(milliseconds) });
  if (best === null) return `${t('search.summary', { shown: results.length, count: searched })} · ${took}`;
  if (best === 0) return `${t('search.compared', { count: searched })} · ${took}`;
  const unrelated = expectedUnrelated === null ? 0 : Math.round(expectedUnrelated * best);
  return (
    <>
      <strong title={unrelated > 0 ? t('search.unrelated', { count: unrelated }) : undefined}>
        {t('search.good', { count: best })}
      </strong>{' '}
      {t('search.among', { count: searched })} · {took}
    </>
  );
}
