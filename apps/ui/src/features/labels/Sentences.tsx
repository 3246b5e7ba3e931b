// A short list of sentences, each in its own field that grows with it. Enter begins the next one.
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './StudioForm.module.css';

const MOST = 20;

interface SentencesProps {
  legend: string;
  hint: string;
  lines: readonly string[];
  placeholder: string;
  add: string;
  remove: string;
  /** Fields that are there even when empty. */
  least: number;
  onChange(lines: string[]): void;
}

export function Sentences(props: SentencesProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const shown = props.lines.length < props.least ? [...props.lines, ''] : props.lines;

  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll('textarea')[index]?.focus());
  const insert = (after: number) => {
    if (shown.length >= MOST) return;
    props.onChange(shown.toSpliced(after, 0, ''));
    focus(after);
  };
  const remove = (index: number) => {
    props.onChange(shown.toSpliced(index, 1));
    focus(Math.max(0, index - 1));
  };

  return (
    <fieldset className={classes.set}>
      <legend>{props.legend}</legend>
      <p className={classes.hint}>{props.hint}</p>
      <ul ref={list} className={classes.lines}>
        {shown.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fields may hold the same words
          <li key={i}>
            <textarea
              rows={1}
              value={line}
              maxLength={500}
              placeholder={i === 0 ? props.placeholder : undefined}
              aria-label={t('labels.line', { legend: props.legend, number: i + 1 })}
              spellCheck={false}
              onChange={(event) =>
                props.onChange(shown.with(i, event.currentTarget.value.replaceAll('\n', ' ')))
              }
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
                  event.preventDefault();
                  if (line.trim() !== '') insert(i + 1);
                } else if (event.key === 'Backspace' && line === '' && shown.length > props.least) {
                  event.preventDefault();
                  remove(i);
                }
              }}
            />
            {(shown.length > props.least || line !== '') && (
              <button
                type="button"
                aria-label={`${props.remove} ${i + 1}`}
                title={props.remove}
                onClick={() => remove(i)}
              >
                <IconX size={14} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.length < MOST && (
        <button type="button" className={classes.add} onClick={() => insert(shown.length)}>
          <IconPlus size={14} aria-hidden />
          {props.add}
        </button>
      )}
    </fieldset>
  );
}
