// What to know before saving: another label has most of these photos, the ranking hangs on the wording, or the
// model was not taught a word.
import type { LabelPreview } from '@semblance/contract';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clean, type Desk } from './desk.ts';
import classes from './Matches.module.css';
import { useStudio } from './studio-store.ts';

const STEADY = 0.6;
const MOST_COLLISIONS = 3;

export function Warnings({ desk, preview }: { desk: Desk; preview: LabelPreview }) {
  const { t } = useTranslation();
  const edit = useStudio((state) => state.edit);
  const { collisions, wording, unknownWords } = preview;
  const suggestion = wording?.suggestion ?? null;
  const items: { key: string; content: ReactNode }[] = collisions.slice(0, MOST_COLLISIONS).map((other) => ({
    key: `collision-${other.id}`,
    content: t('labels.collision', { value: Math.round(other.share * 100), name: other.name }),
  }));
  if (wording !== null && (suggestion !== null || wording.agreement < STEADY)) {
    items.push({
      key: 'wording',
      content:
        suggestion === null ? (
          t('labels.unsteady')
        ) : (
          <>
            <span>{t('labels.steadier', { wording: suggestion })}</span>
            <button type="button" onClick={() => edit({ descriptions: withWording(desk, suggestion) })}>
              {t('labels.useThis')}
            </button>
          </>
        ),
    });
  }
  if (unknownWords.length > 0) {
    const words = unknownWords.map((word) => `“${word}”`).join(', ');
    items.push({
      key: 'unknown',
      content: t('search.note.unknown-words', { count: unknownWords.length, words }),
    });
  }
  if (items.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t('labels.warnings')}>
      {items.map(({ key, content }) => (
        <li key={key}>
          <IconAlertCircle size={16} aria-hidden />
          {content}
        </li>
      ))}
    </ul>
  );
}

/** The suggestion takes the place of the first description; further ones stay. */
function withWording(desk: Desk, suggestion: string): string[] {
  return [suggestion, ...clean(desk.draft).descriptions.slice(1)];
}
