// What the query was understood to mean, piece by piece; each piece goes by a click, Backspace or Delete.
import {
  IconAlertTriangle,
  IconBan,
  IconFilter,
  IconQuote,
  IconSearch,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import classes from './Chips.module.css';
import { type Chip, chipsOf } from './chips.ts';
import { useSearch } from './store.ts';
import { withoutPiece } from './text-edit.ts';
import { useMeaning } from './useMeaning.ts';

const ICONS: Record<string, TablerIcon> = {
  text: IconSearch,
  not: IconBan,
  exact: IconQuote,
  filter: IconFilter,
};

export function Chips() {
  const { t } = useTranslation();
  const { parsed, parsedText, text, edit } = useSearch((state) => state);
  const list = useRef<HTMLUListElement>(null);
  const chips = chipsOf(parsed);
  if (chips.length === 0) return null;

  const remove = (chip: Chip) => edit(withoutPiece(text, parsedText, chip));
  const move = (from: Element, by: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    buttons[buttons.indexOf(from as HTMLButtonElement) + by]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, chip: Chip) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) move(event.currentTarget, by);
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      // The chip before it is left to go on with; the first leaves the box.
      move(event.currentTarget, event.currentTarget === list.current?.querySelector('button') ? 1 : -1);
      remove(chip);
    } else return;
    event.preventDefault();
  };

  return (
    <ul ref={list} className={classes.chips} aria-label={t('search.chips.label')}>
      {chips.map((chip) => (
        <li key={`${chip.start}-${chip.end}-${chip.type}`}>
          <ChipButton
            chip={chip}
            onRemove={() => remove(chip)}
            onKeyDown={(event) => onKeyDown(event, chip)}
          />
        </li>
      ))}
    </ul>
  );
}

interface ChipButtonProps {
  chip: Chip;
  onRemove(): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

function ChipButton({ chip, onRemove, onKeyDown }: ChipButtonProps) {
  const { t } = useTranslation();
  const kind = chip.type === 'problem' ? 'problem' : chip.kind;
  const Icon = ICONS[kind] ?? IconAlertTriangle;
  const { words, spoken } = useWords(chip);
  return (
    <button
      type="button"
      className={classes.chip}
      data-kind={kind}
      data-testid="query-chip"
      aria-label={t('search.chips.remove', { piece: spoken })}
      title={spoken}
      onClick={onRemove}
      onKeyDown={onKeyDown}
    >
      <Icon size={14} aria-hidden />
      <span className={classes.words}>{words}</span>
      <IconX size={13} className={classes.cross} aria-hidden />
    </button>
  );
}

/** What a chip shows, and what it is in a sentence. */
function useWords(chip: Chip) {
  const { t, i18n } = useTranslation();
  const meaningOf = useMeaning();
  if (chip.type === 'problem') {
    const why = t(`search.problem.${chip.code}`);
    return {
      words: (
        <>
          <u>{chip.text}</u> {why}
        </>
      ),
      spoken: `${chip.text}: ${why}`,
    };
  }
  switch (chip.kind) {
    case 'text': {
      const weight = chip.weight === 1 ? '' : ` ×${number(i18n.language, chip.weight, 2)}`;
      return { words: `${chip.text}${weight}`, spoken: `${chip.text}${weight}` };
    }
    case 'not': {
      const words = t('search.chips.not', { text: chip.text });
      return { words, spoken: words };
    }
    case 'exact': {
      const quoted = `“${chip.text}”`;
      return {
        words: chip.negated ? t('search.chips.not', { text: quoted }) : quoted,
        spoken: t(chip.negated ? 'search.chips.notExact' : 'search.chips.exact', { text: chip.text }),
      };
    }
    case 'filter': {
      const name = t(`search.filter.${chip.name}`);
      const meaning = meaningOf(chip.name, chip.meaning);
      const named = chip.negated ? t('search.chips.not', { text: name }) : name;
      return {
        words: (
          <>
            <small>{named}</small> {meaning}
          </>
        ),
        spoken: `${named}: ${meaning}`,
      };
    }
  }
}
