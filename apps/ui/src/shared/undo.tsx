// Everything a person does answers with an act; this says what was done and offers to take it back: a button in the
// message, and Ctrl/Cmd-Z for the last one, as long as the window lives.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ActId, ActResult } from '@semblance/contract';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { useFaultText } from './faults.ts';
import { isTyping } from './typing.ts';
import classes from './undo.module.css';

type Report = (result: ActResult, message: string) => void;

const UndoContext = createContext<Report | null>(null);
const SHOWN_MS = 8000;

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
  const done = useRef<ActId[]>([]);

  const takeBack = useCallback(
    (act: ActId) => {
      done.current = done.current.filter((other) => other !== act);
      notifications.hide(`act-${act}`);
      undo(act).then(
        () => {
          notifications.show({ message: t('undo.done') });
          onUndone?.();
        },
        (error) => notifications.show({ message: say(toFault(error)) }),
      );
    },
    [undo, onUndone, say, t],
  );

  const report = useCallback<Report>(
    ({ actId }, message) => {
      if (actId === null) {
        notifications.show({ message });
        return;
      }
      done.current.push(actId);
      notifications.show({
        id: `act-${actId}`,
        autoClose: SHOWN_MS,
        message: (
          <span className={classes.message}>
            {message}
            <Button size="compact-sm" variant="subtle" onClick={() => takeBack(actId)}>
              {t('undo.button')}
            </Button>
          </span>
        ),
      });
    },
    [takeBack, t],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const last = done.current.at(-1);
      if (!isUndo || last === undefined || isTyping(event.target)) return;
      event.preventDefault();
      takeBack(last);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [takeBack]);

  return <UndoContext.Provider value={report}>{children}</UndoContext.Provider>;
}

/** Tells the person what an act has done, with a way back; a result without an act is only told. */
export function useUndo(): Report {
  const report = useContext(UndoContext);
  if (report === null) throw new Error('No undo above this component.');
  return report;
}
