// Everything a person does answers with an act; this says what was done and offers to take it back: a button in the
// message, and Ctrl/Cmd-Z for the last one, as long as the window lives. What could not be taken back can be tried again.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ActId, ActResult } from '@semblance/contract';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { useFaultText } from './faults.ts';
import { isTyping } from './typing.ts';
import classes from './undo.module.css';
import { createUndoStack } from './undo-stack.ts';

type Report = (result: ActResult, message: string) => void;

const UndoContext = createContext<Report | null>(null);
const SHOWN_MS = 8000;
/** They say nothing of the act itself. */
const NOBODYS_FAULT: ReadonlySet<string> = new Set(['ENGINE_LOST', 'SESSION_EXPIRED']);

interface UndoProviderProps {
  /** `acts.undo` of the engine. */
  undo(act: ActId): Promise<unknown>;
  /** Something was taken back, so what is on screen may be old. */
  onUndone?: () => void;
  children: ReactNode;
}

export function UndoProvider({ undo, onUndone, children }: UndoProviderProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const [acts] = useState(createUndoStack);
  const again = useRef<(act: ActId) => void>(() => undefined);

  const takeBack = useCallback(
    (act: ActId) => {
      acts.take(act);
      notifications.hide(`act-${act}`);
      undo(act).then(
        () => {
          notifications.show({ message: t('undo.done') });
          onUndone?.();
        },
        (error) => {
          const fault = toFault(error);
          // Some of it may be back.
          onUndone?.();
          if (fault.kind === 'NOTHING_TO_UNDO') return notifications.show({ message: say(fault) });
          acts.giveBack(act, NOBODYS_FAULT.has(fault.kind));
          return notifications.show({
            id: `act-${act}`,
            autoClose: SHOWN_MS,
            message: <Offer text={say(fault)} verb={t('app.retry')} onAccept={() => again.current(act)} />,
          });
        },
      );
    },
    [acts, undo, onUndone, say, t],
  );
  again.current = takeBack;

  const report = useCallback<Report>(
    ({ actId }, message) => {
      if (actId === null) {
        notifications.show({ message });
        return;
      }
      acts.push(actId);
      notifications.show({
        id: `act-${actId}`,
        autoClose: SHOWN_MS,
        message: <Offer text={message} verb={t('undo.button')} onAccept={() => takeBack(actId)} />,
      });
    },
    [acts, takeBack, t],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const last = acts.top();
      if (!isUndo || last === undefined || isTyping(event.target)) return;
      event.preventDefault();
      takeBack(last);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [acts, takeBack]);

  return <UndoContext.Provider value={report}>{children}</UndoContext.Provider>;
}

/** Tells the person what an act has done, with a way back; a result without an act is only told. */
export function useUndo(): Report {
  const report = useContext(UndoContext);
  if (report === null) throw new Error('No undo above this component.');
  return report;
}

function Offer({ text, verb, onAccept }: { text: string; verb: string; onAccept(): void }) {
  return (
    <span className={classes.message}>
      {text}
      <Button size="compact-sm" variant="subtle" onClick={onAccept}>
        {verb}
      </Button>
    </span>
  );
}
