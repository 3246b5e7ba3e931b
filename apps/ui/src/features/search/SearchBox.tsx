// The one search box: answers while you type, offers examples while it is empty, and gives way to the photos.
import { CloseButton, Kbd } from '@mantine/core';
import { IconSearch, IconSparkles } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SearchBox.module.css';
import { useSearch } from './store.ts';

const EXAMPLES = ['a', 'b', 'c', 'd', 'e'] as const;

interface SearchBoxProps {
  input: RefObject<HTMLInputElement | null>;
  /** Leave the box for the photos: Arrow down, Enter, or Escape on an empty box. */
  onLeave(): void;
}

export function SearchBox({ input, onLeave }: SearchBoxProps) {
  const { t } = useTranslation();
  const { text, like, phase, setText, search, clear } = useSearch((state) => state);
  const [focused, setFocused] = useState(false);
  const isMac = navigator.userAgent.includes('Mac');

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (text === '' && like === null) onLeave();
      else clear();
    } else if (event.key === 'Enter' && text.trim() !== '') {
      search(text);
    } else if (event.key === 'ArrowDown' && text.trim() !== '') {
      event.preventDefault();
      onLeave();
    }
  };

  const filled = text !== '' || like !== null;
  return (
    <search
      className={classes.box}
      onFocus={() => setFocused(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      }}
    >
      <span className={classes.icon} data-busy={phase === 'searching' || undefined} aria-hidden>
        {like === null ? <IconSearch size={18} /> : <IconSparkles size={18} />}
      </span>
      <input
        ref={input}
        className={classes.input}
        type="search"
        value={text}
        aria-label={t('search.label')}
        placeholder={like === null ? t('search.placeholder') : t('search.placeholderLike')}
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {filled ? (
        <CloseButton className={classes.clear} aria-label={t('search.clear')} onClick={clear} />
      ) : (
        !focused && <Kbd className={classes.key}>{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
      )}
      {focused && !filled && (
        <div className={classes.examples}>
          <span>{t('search.try')}</span>
          {EXAMPLES.map((name) => (
            <button
              key={name}
              type="button"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                search(t(`search.examples.${name}`));
                input.current?.focus();
              }}
            >
              {t(`search.examples.${name}`)}
            </button>
          ))}
        </div>
      )}
    </search>
  );
}
