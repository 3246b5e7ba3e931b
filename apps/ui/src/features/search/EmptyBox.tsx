// Below an empty search box: what one could ask, and photos by chance.
import { IconDice5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './SearchBox.module.css';
import { useSearch } from './store.ts';

const EXAMPLES = ['a', 'b', 'c', 'd', 'e'] as const;

interface EmptyBoxProps {
  /** Suggestions stand above it. */
  below: boolean;
  onAsked(): void;
}

export function EmptyBox({ below, onAsked }: EmptyBoxProps) {
  const { t } = useTranslation();
  const search = useSearch((state) => state.search);
  const surprise = useSearch((state) => state.surprise);
  return (
    <div className={classes.examples} data-below={below || undefined}>
      <span>{t('search.try')}</span>
      {EXAMPLES.map((name) => (
        <button
          key={name}
          type="button"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            search(t(`search.examples.${name}`));
            onAsked();
          }}
        >
          {t(`search.examples.${name}`)}
        </button>
      ))}
      <button
        type="button"
        className={classes.surprise}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          surprise();
          onAsked();
        }}
      >
        <IconDice5 size={16} aria-hidden />
        {t('search.surprise.do')}
      </button>
    </div>
  );
}
