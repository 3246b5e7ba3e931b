// A word about what was just done, with the way back or the next step.
import { notifications } from '@mantine/notifications';
import classes from './toast.module.css';

const SHOWN_MS = 8000;

/** @param act what can be done about it: the way back, or the next step */
export function say(message: string, act?: { label: string; run(): void }): void {
  const id = `labels-${Date.now()}`;
  notifications.show({
    id,
    autoClose: SHOWN_MS,
    message: (
      <span className={classes.toast}>
        <span>{message}</span>
        {act !== undefined && (
          <button
            type="button"
            onClick={() => {
              notifications.hide(id);
              act.run();
            }}
          >
            {act.label}
          </button>
        )}
      </span>
    ),
  });
}
