// The app's one window. Its page has no Node, no access to this process, and no way to go anywhere else.
import { app, BrowserWindow, nativeTheme } from 'electron';
import { paperColor } from './decisions/looks.ts';
import { START_PAGE } from './decisions/origin.ts';
import type { Places } from './decisions/places.ts';
import { createRestartBudget, WINDOW_RELOADS } from './decisions/restart-budget.ts';
import { askToTryAgain, mainWindow } from './dialogs.ts';
import type { Log } from './log-file.ts';
import { words } from './looks.ts';

let open: (() => void) | null = null;

/** How a window is opened, from now on. */
export function setUpWindow(places: Places, log: Log): void {
  open = () => openWindow(places, log);
}

function openWindow(places: Places, log: Log): void {
  const window = new BrowserWindow({
    // Electron remembers place, size and display mode under this name.
    name: 'main',
    windowStatePersistence: true,
    width: 1280,
    height: 860,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Semblance',
    backgroundColor: paperColor(nativeTheme.shouldUseDarkColors),
    webPreferences: {
      preload: places.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window, log);
  window.loadURL(START_PAGE).catch(({ message }: Error) => {
    // One that is closed while it loads is no news.
    if (!window.isDestroyed()) log.write({ from: 'window', what: 'not-loaded', names: message });
  });
}

/** Opens it where there is none: before the first one, or while the app is in the tray only. */
export function focusWindow(): void {
  const window = mainWindow();
  if (window === null) open?.();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  const mayReload = createRestartBudget(WINDOW_RELOADS);
  window.webContents.on('render-process-gone', async (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.write({ from: 'window', what: 'gone', facts: { reason, exitCode } });
    const again = mayReload(Date.now()) || (await askToTryAgain(words().failures.windowStops));
    if (again && !window.isDestroyed()) window.webContents.reload();
    else if (!again) app.quit();
  });
}
