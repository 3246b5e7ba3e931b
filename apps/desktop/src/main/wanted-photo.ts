// A photo that somebody opened with the app: it waits here until the page asks, which may not even be loaded yet.
import type { Command } from '../shared/commands.ts';
import { mainWindow } from './dialogs.ts';

export interface WantedPhoto {
  show(photoId: string): void;
  /** For the page, once. */
  take(): string | null;
}

export function createWantedPhoto(): WantedPhoto {
  let waiting: string | null = null;
  return {
    show(photoId) {
      waiting = photoId;
      // A page that does not listen yet asks when it does.
      mainWindow()?.webContents.send('semblance:command', 'show-wanted' satisfies Command);
    },
    take() {
      const photoId = waiting;
      waiting = null;
      return photoId;
    },
  };
}
