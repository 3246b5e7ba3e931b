// The labels of a photo as chips: certain ones plain, suggested ones with a yes and a no. Plain props, so that any
// place that shows a photo can show them.
import type { LabelAssignment, LabelId, Verdict } from '@semblance/contract';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot } from './Dot.tsx';
import classes from './LabelChips.module.css';

interface LabelChipsProps {
  labels: readonly LabelAssignment[];
  /** Leads to the label's photos, or its studio. */
  onOpen?(id: LabelId): void;
  /** Yes or no to a suggestion; no to a label that the photo has takes it off. */
  onDecide?(id: LabelId, verdict: Verdict): void;
}

export function LabelChips({ labels, onOpen, onDecide }: LabelChipsProps) {
  const { t } = useTranslation();
  const shown = labels.filter((label) => label.state !== 'refused');
  if (shown.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('labels.title')}>
      {shown.map((label) => {
        const why = t(`labels.state.${label.state}`, { value: Math.round((label.score ?? 0) * 100) });
        const name = (
          <>
            <Dot color={label.color} size={8} />
            <span className={classes.name}>{label.name}</span>
            {label.state === 'suggested' && <span aria-hidden>?</span>}
            <span className={classes.hidden}>, {why}</span>
          </>
        );
        return (
          <li key={label.id} className={classes.chip} data-state={label.state} title={why}>
            {onOpen === undefined ? (
              <span className={classes.body}>{name}</span>
            ) : (
              <button type="button" className={classes.body} onClick={() => onOpen(label.id)}>
                {name}
              </button>
            )}
            {onDecide !== undefined && label.state === 'suggested' && (
              <button
                type="button"
                className={classes.act}
                aria-label={t('labels.chipYes', { name: label.name })}
                title={t('labels.yes')}
                onClick={() => onDecide(label.id, 'yes')}
              >
                <IconCheck size={14} aria-hidden />
              </button>
            )}
            {onDecide !== undefined && (
              <button
                type="button"
                className={classes.act}
                aria-label={t('labels.chipNo', { name: label.name })}
                title={t('labels.takeOff')}
                onClick={() => onDecide(label.id, 'no')}
              >
                <IconX size={14} aria-hidden />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
