// What the app says when something stops it: short, calm, and with what to do next.
import type { ErrorKind } from '@semblance/contract';

export interface Sentence {
  message: string;
  detail: string;
}

const NOTHING_LOST = 'Your photos and everything you told Semblance about them are safe.';

/** @param kind why the library could not be opened; `said` the engine's own sentence */
export function openFailure(kind: ErrorKind | null, said: string): Sentence {
  switch (kind) {
    case 'LIBRARY_IN_USE':
      return {
        message: 'This library is open in another program.',
        detail: `${said} Close it there (another Semblance window, or "semblance serve" in a terminal) and try again.`,
      };
    case 'LIBRARY_NOT_WRITABLE':
      return {
        message: 'The library folder cannot be written to.',
        detail: `${said} Check that the disk is connected and not full, and that you may change the folder.`,
      };
    case 'LIBRARY_TOO_NEW':
      return {
        message: 'This library was made by a newer Semblance.',
        detail: `${said} Install the newer version to open it. Nothing was changed.`,
      };
    case 'LIBRARY_CORRUPT':
      return {
        message: 'The library could not be read.',
        detail: `${said} Your photos are not touched. Nothing was deleted: keep the library folder, it may be repaired.`,
      };
    case 'MODEL_MISSING':
    case 'MODEL_DAMAGED':
      return {
        message: 'The model that understands pictures could not be loaded.',
        detail: `${said} Installing Semblance again restores it. ${NOTHING_LOST}`,
      };
    case 'COMPUTE_UNAVAILABLE':
      return { message: 'Pictures cannot be read on this computer.', detail: `${said} ${NOTHING_LOST}` };
    case 'DISK_FULL':
      return { message: 'The disk is full.', detail: `Free some space and try again. ${NOTHING_LOST}` };
    default:
      return { message: 'The library could not be opened.', detail: `${said} ${NOTHING_LOST}` };
  }
}

export const ENGINE_KEEPS_STOPPING: Sentence = {
  message: 'Semblance had to stop working on your library.',
  detail: `It was restarted several times and stopped again. ${NOTHING_LOST}`,
};

export const WINDOW_KEEPS_STOPPING: Sentence = {
  message: 'The window stopped several times.',
  detail: `Opening it again usually helps. ${NOTHING_LOST}`,
};
