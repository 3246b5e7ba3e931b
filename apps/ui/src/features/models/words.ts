// Facts of models in the reader's language.
import type { CatalogModel } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { fileSize, languageName, roughDuration } from '../../shared/format.ts';

/** What the catalogue says, in the window's language. */
export function useSaid(): (words: CatalogModel['goodFor']) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language.startsWith('tr') ? words.tr : words.en);
}

/** More languages than this are counted instead of named. */
const NAMED = 3;

export function useLanguages(): (codes: readonly string[]) => string {
  const { t, i18n } = useTranslation();
  return (codes) => {
    const many = codes.includes('mul');
    const own = codes.filter((code) => code !== 'mul');
    // The reader's own language is what they look for.
    const mine = i18n.language.slice(0, 2);
    const sorted = [...own].sort((a, b) => Number(b === mine) - Number(a === mine));
    const named = sorted.slice(0, NAMED).map((code) => languageName(i18n.language, code));
    if (many || own.length > NAMED) named.push(t('models.manyMore'));
    return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(named);
  };
}

export function useBytes(): (bytes: number) => string {
  const { i18n } = useTranslation();
  return (bytes) => fileSize(i18n.language, bytes);
}

export function usePercent(): (percent: number) => string {
  const { i18n } = useTranslation();
  return (percent) =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(
      percent / 100,
    );
}

/** `11 MB/s · about 1 minute left` */
export function usePace(): (bytesPerSecond: number, secondsLeft: number | null) => string {
  const { t, i18n } = useTranslation();
  return (bytesPerSecond, secondsLeft) => {
    const facts: string[] = [];
    if (bytesPerSecond > 0) {
      facts.push(t('models.perSecond', { size: fileSize(i18n.language, bytesPerSecond) }));
    }
    if (secondsLeft !== null) {
      const { unit, count } = roughDuration(secondsLeft);
      facts.push(t(`progress.left.${unit}`, { count }));
    }
    return facts.join(' · ');
  };
}
