// Shows the engine's work on the taskbar or in the Dock, and says when a long one is done.
import { Notification } from 'electron';
import type { Work } from '../shared/messages.ts';
import { barOf, createReadyNotice } from './decisions/work.ts';
import { mainWindow } from './dialogs.ts';
import { words } from './looks.ts';

/** @param onClick the person wants to see the photos */
export function createWorkDisplay(onClick: () => void): (work: Work) => void {
  const noticeOf = createReadyNotice();
  let shown: Notification | null = null;

  return (work) => {
    const window = mainWindow();
    const { value, mode } = barOf(work);
    window?.setProgressBar(value, { mode });
    const count = noticeOf(work, Date.now(), window?.isFocused() ?? false);
    if (count === null || !Notification.isSupported()) return;
    const { title, body } = words().ready;
    shown?.close();
    // Kept in a variable: a notification that nobody holds may be collected before it is clicked.
    shown = new Notification({ title, body: body(count), silent: true });
    shown.on('click', onClick);
    shown.show();
  };
}
