// A filter's meaning in the reader's language.
import type { FilterName } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { shortDate } from '../../shared/format.ts';
import { meaningOf } from './chips.ts';

/** Values that are words of the query language rather than of the library. */
const WORDED: readonly FilterName[] = ['is', 'has', 'orientation'];

export function useMeaning(): (name: FilterName, meaning: string) => string {
  const { t, i18n } = useTranslation();
  const day = (moment: number) => shortDate(i18n.language, moment);
  return (name, raw) => {
    const meaning = meaningOf(name, raw);
    switch (meaning.kind) {
      case 'dates': {
        const { from, until } = meaning;
        if (from === null) return t('search.meaning.until', { day: day(until ?? 0) });
        if (until === null) return t('search.meaning.from', { day: day(from) });
        return from === until ? day(from) : `${day(from)} – ${day(until)}`;
      }
      case 'near':
        return t('search.meaning.near', { km: meaning.km, place: meaning.place });
      case 'stars':
        return meaning.least === meaning.most
          ? '★'.repeat(meaning.least)
          : t('search.meaning.stars', { least: meaning.least, most: meaning.most });
      case 'plain':
        if (name === 'rating') return t('search.meaning.unrated');
        return WORDED.includes(name) ? t(`search.meaning.${name}.${meaning.text}`) : meaning.text;
    }
  };
}
