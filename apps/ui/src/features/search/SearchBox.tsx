// The one search box: answers while you type, offers what the query could become, takes pictures beside the words,
// and gives way to the photos.
import { CloseButton, Kbd } from '@mantine/core';
import { IconPhotoSearch, IconSearch, IconX } from '@tabler/icons-react';
import { type ChangeEvent, type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyBox } from './EmptyBox.tsx';
import { type PictureChipProps, PictureThumb } from './PictureChip.tsx';
import classes from './SearchBox.module.css';
import { optionId, Suggestions } from './Suggestions.tsx';
import { useSearch } from './store.ts';
import { completed, isUnfinished } from './text-edit.ts';
import { useSuggestions } from './useSuggestions.ts';

interface SearchBoxProps {
  input: RefObject<HTMLInputElement | null>;
  tileOf: PictureChipProps['tileOf'];
  /** Leave the box for the photos: Arrow down past the suggestions, or Escape on an empty box. */
  onLeave(): void;
  /** A picture was chosen to search by. */
  onFile(file: File): void;
}

export function SearchBox({ input, tileOf, onLeave, onFile }: SearchBoxProps) {
  const { t } = useTranslation();
  const { text, picture, phase, setText, edit, setPicture, clear } = useSearch((state) => state);
  const [focused, setFocused] = useState(false);
  /** The list was closed by Escape or Enter; typing opens it again. */
  const [closed, setClosed] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useId();
  const { suggestions, forget } = useSuggestions(text, focused && !closed);
  const isOpen = focused && !closed && suggestions.length > 0;
  const shown = isOpen ? active : -1;
  const filled = text !== '' || picture !== null;

  const take = (index: number) => {
    const suggestion = suggestions[index];
    if (suggestion === undefined) return false;
    const next = completed(text, suggestion);
    setActive(-1);
    if (isUnfinished(suggestion.insert)) setText(next);
    else edit(next, true);
    input.current?.focus();
    return true;
  };
  const submit = () => {
    setClosed(true);
    if (filled) edit(text, true);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = boxKey(event, {
      isOpen,
      filled,
      shown,
      count: suggestions.length,
      completes: suggestions[0]?.kind !== 'recent' && /\S:\S*$/u.test(text),
    });
    switch (act?.kind) {
      case undefined:
        return;
      case 'close':
        setClosed(true);
        break;
      case 'clear':
        clear();
        // Whoever clears the box by key wants to see the photos, not what else could be asked.
        setClosed(true);
        break;
      case 'leave':
        setClosed(true);
        onLeave();
        break;
      case 'open':
        setClosed(false);
        break;
      case 'submit':
        submit();
        break;
      case 'activate':
        setActive(act.index);
        break;
      case 'take':
        take(act.index);
        break;
      case 'forget': {
        const recent = suggestions[shown];
        if (recent?.kind !== 'recent') return;
        forget(recent.insert);
        break;
      }
      case 'drop-picture':
        if (picture === null) return;
        setPicture(null);
    }
    event.preventDefault();
  };

  return (
    <search
      className={classes.box}
      onFocus={() => setFocused(true)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setFocused(false);
        setClosed(false);
        setActive(-1);
      }}
    >
      <div className={classes.field} data-picture={picture !== null || undefined}>
        {picture === null ? (
          <span className={classes.icon} data-busy={phase === 'searching' || undefined} aria-hidden>
            <IconSearch size={18} />
          </span>
        ) : (
          <button
            type="button"
            className={classes.picture}
            aria-label={t('search.picture.remove')}
            title={t('search.picture.remove')}
            onClick={() => {
              setPicture(null);
              input.current?.focus();
            }}
          >
            <PictureThumb picture={picture} tileOf={tileOf} />
            <IconX size={12} className={classes.cross} aria-hidden />
          </button>
        )}
        <input
          ref={input}
          className={classes.input}
          type="search"
          value={text}
          aria-label={t('search.label')}
          aria-autocomplete="list"
          aria-controls={isOpen ? list : undefined}
          aria-activedescendant={shown >= 0 ? optionId(list, shown) : undefined}
          placeholder={picture === null ? t('search.placeholder') : t('search.placeholderPicture')}
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          onChange={(event) => {
            setClosed(false);
            setActive(-1);
            setText(event.currentTarget.value);
          }}
          onPaste={(event) => {
            const file = [...event.clipboardData.files].find((one) => one.type.startsWith('image/'));
            if (file === undefined) return;
            event.preventDefault();
            onFile(file);
          }}
          onClick={() => setClosed(false)}
          onKeyDown={onKeyDown}
        />
        {filled ? (
          <CloseButton
            aria-label={t('search.clear')}
            onClick={() => {
              clear();
              input.current?.focus();
            }}
          />
        ) : (
          <>
            {!focused && <Kbd className={classes.key}>{isMac() ? '⌘ K' : 'Ctrl K'}</Kbd>}
            <FileButton onFile={onFile} />
          </>
        )}
      </div>
      {focused && !closed && (isOpen || !filled) && (
        <div className={classes.drop}>
          {isOpen && (
            <Suggestions
              id={list}
              suggestions={suggestions}
              active={shown}
              onTake={(one) => take(suggestions.indexOf(one))}
              onForget={forget}
            />
          )}
          {!filled && (
            <EmptyBox
              below={isOpen}
              onAsked={() => {
                setClosed(true);
                input.current?.focus();
              }}
            />
          )}
        </div>
      )}
      <span className={classes.status} role="status">
        {isOpen && t('search.suggest.count', { count: suggestions.length })}
      </span>
    </search>
  );
}

/** A picture file to search by, for those who do not drag. */
function FileButton({ onFile }: { onFile(file: File): void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (file !== undefined) onFile(file);
  };
  return (
    <>
      <button
        type="button"
        className={classes.file}
        aria-label={t('search.picture.choose')}
        title={t('search.picture.choose')}
        onClick={() => input.current?.click()}
      >
        <IconPhotoSearch size={18} aria-hidden />
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        tabIndex={-1}
        data-testid="search-file"
        onChange={onChange}
      />
    </>
  );
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}

interface BoxFacts {
  isOpen: boolean;
  filled: boolean;
  /** The active suggestion; -1 for none. */
  shown: number;
  count: number;
  /** Whether Tab may take the first suggestion: a filter is being typed. */
  completes: boolean;
}

type BoxAct =
  | { kind: 'close' | 'open' | 'clear' | 'leave' | 'submit' | 'forget' | 'drop-picture' }
  | { kind: 'activate' | 'take'; index: number };

/** What a key in the box means; null for the box's own business. */
export function boxKey(
  event: Pick<KeyboardEvent<HTMLInputElement>, 'key' | 'shiftKey' | 'currentTarget'>,
  { isOpen, filled, shown, count, completes }: BoxFacts,
): BoxAct | null {
  switch (event.key) {
    case 'Escape':
      if (isOpen && filled) return { kind: 'close' };
      return { kind: filled ? 'clear' : 'leave' };
    case 'Enter':
      return shown >= 0 ? { kind: 'take', index: shown } : { kind: 'submit' };
    case 'ArrowDown':
      if (isOpen && shown < count - 1) return { kind: 'activate', index: shown + 1 };
      if (filled) return { kind: 'leave' };
      return isOpen ? null : { kind: 'open' };
    case 'ArrowUp':
      return isOpen && shown >= 0 ? { kind: 'activate', index: shown - 1 } : null;
    case 'Tab':
      if (event.shiftKey || !isOpen) return null;
      if (shown >= 0) return { kind: 'take', index: shown };
      return completes ? { kind: 'take', index: 0 } : null;
    case 'Delete':
      return event.shiftKey && shown >= 0 ? { kind: 'forget' } : null;
    case 'Backspace': {
      const { selectionStart, selectionEnd } = event.currentTarget;
      return selectionStart === 0 && selectionEnd === 0 ? { kind: 'drop-picture' } : null;
    }
    default:
      return null;
  }
}
