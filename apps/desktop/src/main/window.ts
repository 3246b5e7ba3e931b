// The app's one window. Its page has no Node, no access to this process, and no way to go anywhere else.
import { app, BrowserWindow, nativeTheme } from 'electron';
import { START_PAGE } from './decisions/origin.ts';
import type { Places } from './decisions/places.ts';
import { createRestartBudget, WINDOW_RELOADS } from './decisions/restart-budget.ts';
import { WINDOW_KEEPS_STOPPING } from './decisions/sentences.ts';
import { askToTryAgain, mainWindow } from './dialogs.ts';

export function openWindow(places: Places): void {
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
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1c1a18' : '#faf8f5',
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
  reloadAfterCrash(window);
  void window.loadURL(START_PAGE);
}

export function focusWindow(): void {
  const window = mainWindow();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function reloadAfterCrash(window: BrowserWindow): void {
  const mayReload = createRestartBudget(WINDOW_RELOADS);
  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const again = mayReload(Date.now()) || (await askToTryAgain(WINDOW_KEEPS_STOPPING));
    if (again && !window.isDestroyed()) window.webContents.reload();
    else if (!again) app.quit();
  });
}
