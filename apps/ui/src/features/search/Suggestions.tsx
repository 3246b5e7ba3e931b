// The list below the search box: recent and saved searches, and what the last piece could become.
import type { Suggestion } from '@semblance/contract';
import {
  IconAperture,
  IconCalendar,
  IconCamera,
  IconFilter,
  IconFolder,
  IconHistory,
  IconListSearch,
  IconMapPin,
  IconStack2,
  IconTag,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import classes from './Suggestions.module.css';

const ICONS: Record<Suggestion['kind'], TablerIcon> = {
  recent: IconHistory,
  saved: IconListSearch,
  label: IconTag,
  album: IconStack2,
  place: IconMapPin,
  camera: IconCamera,
  lens: IconAperture,
  folder: IconFolder,
  date: IconCalendar,
  filter: IconFilter,
};

interface SuggestionsProps {
  id: string;
  suggestions: readonly Suggestion[];
  /** Index of the one that Enter takes; -1 for none. */
  active: number;
  onTake(suggestion: Suggestion): void;
  onForget(text: string): void;
}

export const optionId = (list: string, index: number) => `${list}-${index}`;

export function Suggestions({ id, suggestions, active, onTake, onForget }: SuggestionsProps) {
  const { t, i18n } = useTranslation();
  return (
    <div id={id} role="listbox" aria-label={t('search.suggest.label')} className={classes.list}>
      {suggestions.map((suggestion, index) => {
        const { kind, insert, title, photos } = suggestion;
        const Icon = ICONS[kind];
        const isRecent = kind === 'recent';
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, where the focus stays
          <div
            key={`${kind}-${insert}`}
            id={optionId(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            aria-describedby={isRecent ? `${id}-forget` : undefined}
            className={classes.option}
            // The box keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              const isCross = (event.target as Element).closest('[data-forget]') !== null;
              if (isCross) onForget(insert);
              else onTake(suggestion);
            }}
          >
            <Icon size={16} aria-hidden />
            <span className={classes.title}>{title}</span>
            <span className={classes.kind}>{t(`search.suggest.kinds.${kind}`)}</span>
            {photos !== null && <span className={classes.count}>{number(i18n.language, photos)}</span>}
            {isRecent && (
              <span data-forget className={classes.forget} title={t('search.suggest.forget')} aria-hidden>
                <IconX size={14} />
              </span>
            )}
          </div>
        );
      })}
      <span id={`${id}-forget`} hidden>
        {t('search.suggest.forgetKey')}
      </span>
    </div>
  );
}
