// One instance, one window, and an end that waits for the work in hand.
import { app } from 'electron';
import { receivePaths } from './arrivals.ts';
import { foldersOf, parseCommandLine, type Wishes } from './decisions/command-line.ts';
import type { Engine } from './engine.ts';
import { focusWindow } from './window.ts';

export function readCommandLine(): Wishes {
  // In development the first argument is the app's own folder.
  return parseCommandLine(process.argv.slice(process.defaultApp ? 2 : 1), process.cwd());
}

/** @returns false when another instance runs; it gets our folders and comes to the front */
export function isOnlyInstance(wishes: Wishes): boolean {
  return app.requestSingleInstanceLock({ folders: wishes.folders });
}

export function listenToOtherInstances(engine: Engine): void {
  app.on('second-instance', (_event, _argv, _directory, additionalData) => {
    focusWindow();
    receivePaths(engine, foldersOf(additionalData));
  });
  // macOS: a folder dropped on the icon, or something opened with the app.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    focusWindow();
    receivePaths(engine, [path]);
  });
}

/** @param goesOn without a window: there is another way to get one */
export function quitWithLastWindow(goesOn: () => boolean): void {
  app.on('window-all-closed', () => {
    if (!goesOn()) app.quit();
  });
  // macOS: the icon in the Dock was clicked, and there may be no window.
  app.on('activate', () => focusWindow());
}

/** Windows are closed by then, so nobody looks at a frozen one while the batch in hand is finished. */
export function drainBeforeQuitting(engine: Engine): void {
  let drained = false;
  app.on('will-quit', (event) => {
    if (drained) return;
    event.preventDefault();
    void engine.drain().then(() => {
      drained = true;
      app.quit();
    });
  });
}
