// Rows under the photos of a group: what is known of each, and which values stand out from the others.
import type { DuplicateGroup, PhotoFactsRow } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { dateAndTime, fileName, megapixels, number } from '../../shared/format.ts';
import { useDuplicates } from './store.ts';
import { useBytes, useDimensions, useMoment } from './words.ts';

export interface FactRow {
  name: string;
  label: string;
  values: (string | null)[];
  differs: boolean;
  /** Values that are not the one most photos have. */
  odd: boolean[];
}

/** Marks what differs. Where no value is the usual one, all stand out. */
export function factRow(name: string, label: string, values: (string | null)[]): FactRow {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const usual = [...counts].filter(([, count]) => count === most);
  const differs = counts.size > 1;
  const only = usual.length === 1 ? usual[0]?.[0] : undefined;
  return { name, label, values, differs, odd: values.map((value) => differs && value !== only) };
}

/** Names of the engine's facts in its order, those of all photos together. */
export function factNames(rows: readonly PhotoFactsRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row.facts)))];
}

/** What the tile itself knows; the engine's facts of the same name are not repeated. */
const OWN = new Set(['dimensions', 'size', 'bytes', 'width', 'height', 'format', 'path', 'name', 'folder']);

const QUIET = new Set(['favourite', 'located', 'albums', 'labels', 'rating']);

export function useFactRows(group: DuplicateGroup): FactRow[] {
  const { t, i18n } = useTranslation();
  const bytes = useBytes();
  const size = useDimensions();
  const facts = useDuplicates((state) => state.facts) ?? [];
  const moment = useMoment();
  const { photos } = group;
  /** The engine gives raw values; those with a meaning of their own are worded. */
  const worded = (name: string, value: string | null): string | null => {
    if (value === null || value === '') return null;
    if (value === 'true' || value === 'false')
      return t(value === 'true' ? 'duplicates.yes' : 'duplicates.no');
    // Most makers repeat their name in the model.
    if (name === 'camera') return value.replace(/^(\S+) (?=\1\b)/i, '');
    const amount = Number(value);
    if (!Number.isFinite(amount)) return value;
    if (name === 'takenAt') return dateAndTime(i18n.language, amount);
    if (name === 'modifiedAt') return moment(amount);
    if (name === 'detail') return t('duplicates.percent', { value: number(i18n.language, amount * 100) });
    return number(i18n.language, amount, amount < 10 ? 2 : 0);
  };
  /** That none of them is a favourite or in an album is no news. */
  const saysNothing = (name: string, value: string) =>
    value === '' || (QUIET.has(name) && (value === t('duplicates.no') || value === '0'));
  const row = (name: string, values: (string | null)[]) =>
    factRow(name, i18n.exists(`duplicates.fact.${name}`) ? t(`duplicates.fact.${name}`) : name, values);
  /** Names of copies differ almost always: only one that stands out from equal ones is worth a mark. */
  const named = (name: string, values: (string | null)[]): FactRow => {
    const made = row(name, values);
    return made.odd.every((odd) => odd) ? { ...made, odd: values.map(() => false) } : made;
  };
  const own = [
    row(
      'dimensions',
      photos.map((photo) => {
        const millions = megapixels(i18n.language, photo.width, photo.height);
        return millions === null ? size(photo) : `${size(photo)} (${millions})`;
      }),
    ),
    row(
      'bytes',
      photos.map((photo) => bytes(photo.bytes)),
    ),
    row(
      'format',
      photos.map((photo) => photo.format.toUpperCase()),
    ),
    named(
      'name',
      photos.map((photo) => fileName(photo.path)),
    ),
    row(
      'folder',
      photos.map((photo) => folderOf(photo.path)),
    ),
  ];
  const further = factNames(facts)
    .filter((name) => !OWN.has(name))
    .map((name) =>
      row(
        name,
        photos.map((photo) =>
          worded(name, facts.find((one) => one.fileId === photo.fileId)?.facts[name] ?? null),
        ),
      ),
    )
    .filter(({ name, values }) => values.some((value) => value !== null && !saysNothing(name, value)));
  return [...own, ...further];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1));
}
