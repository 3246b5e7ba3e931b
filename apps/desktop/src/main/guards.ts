// Puts the security decisions in force for every page and every session, also ones that nobody meant to open.
import { app, ipcMain, type Session, session, shell, type WebContents } from 'electron';
import { externalUrl, mayNavigate, mayRequest } from './decisions/navigation.ts';
import { mayUse } from './decisions/permissions.ts';
import { isTrustedSender } from './decisions/trusted-sender.ts';
import { mainWindow } from './dialogs.ts';
import type { Engine } from './engine.ts';

export function guardEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents));
}

function guardPage(contents: WebContents): void {
  contents.on('will-navigate', (details) => {
    if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!mayNavigate(details.url, details.isMainFrame)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalUrl(url);
    if (external !== null) void shell.openExternal(external);
    return { action: 'deny' };
  });
}

export function guardSession(): void {
  guardOneSession(session.defaultSession);
  app.on('session-created', guardOneSession);
}

function guardOneSession(guarded: Session): void {
  guarded.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayUse(permission, details.requestingUrl ?? '')),
  );
  guarded.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  guarded.setDevicePermissionHandler(() => false);
  guarded.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  // The app makes no network call; the spelling dictionary would be one.
  guarded.setSpellCheckerEnabled(false);
  guarded.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url, app.isPackaged) }),
  );
}

/** A window's only message: it asks for a connection and gets one end of a port; the engine gets the other. */
export function brokerConnections(engine: Engine): void {
  ipcMain.on('semblance:connect', (event) => {
    if (!isTrustedSender(event, mainWindow()?.webContents.id ?? null)) return;
    event.senderFrame?.postMessage('semblance:port', null, [engine.connect()]);
  });
}
