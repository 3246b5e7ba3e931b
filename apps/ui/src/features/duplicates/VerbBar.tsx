// The verbs of the review, each with its key, and the line that says what just happened.
import { Button, Kbd } from '@mantine/core';
import type { DuplicateGroup } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { fileName } from '../../shared/format.ts';
import type { ReviewAction } from './keys.ts';
import { isBrowseOnly, trashedPhotos } from './marks.ts';
import classes from './Review.module.css';
import type { Said } from './review-slice.ts';
import { useDuplicates } from './store.ts';

interface VerbBarProps {
  group: DuplicateGroup | undefined;
  onAction(action: ReviewAction): void;
}

export function VerbBar({ group, onAction }: VerbBarProps) {
  const { t } = useTranslation();
  const words = useSaid();
  const said = useDuplicates((state) => state.said);
  const canUndo = useDuplicates((state) => state.steps.length > 0);
  const decided = useDuplicates((state) => state.filter.decided);
  const browse = group !== undefined && isBrowseOnly(group);
  const burst = group?.kind === 'burst' && trashedPhotos(group).length === 0;
  const urgent = said?.what === 'refused' || said?.what === 'failed';
  return (
    <footer className={classes.verbs}>
      <p
        className={classes.said}
        role={urgent ? 'alert' : 'status'}
        data-urgent={urgent || undefined}
        data-testid="said"
      >
        {said !== null && <span key={said.turn}>{words(said)}</span>}
      </p>
      <Verb name="undo" cap="U" disabled={!canUndo} onClick={() => onAction({ do: 'undo' })} />
      {decided ? (
        <Verb name="reset" cap="R" onClick={() => onAction({ do: 'reset' })} />
      ) : (
        <>
          <Verb
            name="notDuplicates"
            cap="N"
            onClick={() => onAction({ do: 'decide', decision: 'not-duplicates' })}
          />
          <Verb name="stack" cap="S" onClick={() => onAction({ do: 'decide', decision: 'stack' })} />
          <Verb name="keepAll" cap="A" onClick={() => onAction({ do: 'decide', decision: 'keep-all' })} />
          {burst && <Verb name="best" cap="B" onClick={() => onAction({ do: 'best' })} />}
        </>
      )}
      <Button
        size="sm"
        variant={decided ? 'default' : 'filled'}
        rightSection={
          <Kbd className={classes.cap} aria-hidden>
            {t('duplicates.spaceKey')}
          </Kbd>
        }
        aria-keyshortcuts="Space"
        onClick={() => onAction({ do: decided ? 'next' : 'accept' })}
      >
        {t(decided || browse || group?.chosen ? 'duplicates.verb.next' : 'duplicates.verb.accept')}
      </Button>
    </footer>
  );
}

function Verb(props: { name: string; cap: string; disabled?: boolean; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <Button
      size="sm"
      variant="default"
      disabled={props.disabled ?? false}
      rightSection={
        <Kbd className={classes.cap} aria-hidden>
          {props.cap}
        </Kbd>
      }
      aria-keyshortcuts={props.cap}
      onClick={props.onClick}
    >
      {t(`duplicates.verb.${props.name}`)}
    </Button>
  );
}

function useSaid(): (said: Said) => string {
  const { t } = useTranslation();
  const say = useFaultText();
  return (said) => {
    switch (said.what) {
      case 'kept':
      case 'trashed':
        return t(`duplicates.said.${said.what}`, { name: fileName(said.photo.path) });
      case 'refused':
        return t(`duplicates.said.refused.${said.why}`);
      case 'decided':
        return t(`duplicates.said.decided.${said.decision}`);
      case 'failed':
        return t('duplicates.said.failed', { why: say(said.fault) });
      default:
        return t(`duplicates.said.${said.what}`);
    }
  };
}
