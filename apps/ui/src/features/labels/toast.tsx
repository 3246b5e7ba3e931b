// A word about what was just done, with the way back.
import { notifications } from '@mantine/notifications';
import classes from './toast.module.css';

const SHOWN_MS = 8000;

/** @param undo left out where there is nothing to take back */
export function say(message: string, undo?: { label: string; run(): void }): void {
  const id = `labels-${Date.now()}`;
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    message: (
      <span className={classes.toast}>
        <span>{message}</span>
        {undo !== undefined && (
          <button
            type="button"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.label}
          </button>
        )}
      </span>
    ),
  });
}
