// Giving labels to photos: type to find one, Enter gives or takes it, and a name that does not exist can be made.
// Plain props, so that a selection bar and an open photo can both use it.
import type { LabelColor, LabelId } from '@semblance/contract';
import { IconCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot } from './Dot.tsx';
import classes from './LabelPicker.module.css';
import { pickerRows } from './picker-rows.ts';

interface LabelPickerProps {
  labels: readonly { id: LabelId; name: string; color: LabelColor }[];
  /** Whether all of the photos have a label, or some; none when it is not listed. */
  assigned: ReadonlyMap<LabelId, 'all' | 'some'>;
  onToggle(id: LabelId, on: boolean): void;
  /** A label of that name is made and given. */
  onCreate(name: string): void;
  onClose(): void;
}

export function LabelPicker({ labels, assigned, onToggle, onCreate, onClose }: LabelPickerProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const rows = pickerRows(labels, text, i18n.language);
  const here = Math.min(at, rows.length - 1);

  const choose = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    if (row.kind === 'create') {
      onCreate(row.name);
      setText('');
    } else onToggle(row.label.id, assigned.get(row.label.id) !== 'all');
    setAt(row.kind === 'create' ? 0 : index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const keys: Record<string, () => void> = {
      ArrowDown: () => setAt((here + 1) % Math.max(1, rows.length)),
      ArrowUp: () => setAt((here - 1 + rows.length) % Math.max(1, rows.length)),
      Enter: () => choose(here),
      Escape: onClose,
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div className={classes.picker}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it opens on request, to be typed into
        autoFocus
        // In a dialog, whose focus trap would take the focus to its first button.
        data-autofocus
        className={classes.input}
        role="combobox"
        value={text}
        aria-label={t('labels.pick')}
        placeholder={t('labels.pick')}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={rows.length > 0 ? `${id}-${here}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={classes.list}
        id={`${id}-list`}
        role="listbox"
        aria-multiselectable
        aria-label={t('labels.title')}
      >
        {rows.map((row, i) => {
          const state = row.kind === 'label' ? assigned.get(row.label.id) : undefined;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the field, which has the keys
            <div
              key={row.kind === 'label' ? row.label.id : 'create'}
              id={`${id}-${i}`}
              className={classes.row}
              role="option"
              tabIndex={-1}
              aria-selected={state === 'all'}
              data-here={i === here || undefined}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => i !== here && setAt(i)}
              onClick={() => choose(i)}
            >
              {row.kind === 'create' ? (
                <>
                  <IconPlus size={16} aria-hidden />
                  <span className={classes.name}>{t('labels.createNamed', { name: row.name })}</span>
                </>
              ) : (
                <>
                  <Dot color={row.label.color} />
                  <span className={classes.name}>{row.label.name}</span>
                  {state === 'all' && <IconCheck size={16} aria-hidden />}
                  {state === 'some' && <IconMinus size={16} aria-label={t('labels.onSome')} />}
                </>
              )}
            </div>
          );
        })}
        {rows.length === 0 && <p className={classes.none}>{t('labels.noneTitle')}</p>}
      </div>
    </div>
  );
}
