// What the page may say to main, beside asking for its connection: how it looks, what was dropped on it, what is opened or
// carried elsewhere. From our own page's main frame only, and read as if it came from a stranger.
import { app, type IpcMainEvent, ipcMain, shell } from 'electron';
import { receiveDrop } from './arrivals.ts';
import { photoIdsOf, textsOf } from './decisions/arrivals.ts';
import { looksOf } from './decisions/looks.ts';
import { mayOpenElsewhere } from './decisions/open-elsewhere.ts';
import { isTrustedSender } from './decisions/trusted-sender.ts';
import { mainWindow, tell } from './dialogs.ts';
import type { Engine } from './engine.ts';
import { changeLooks, words } from './looks.ts';

/** @param onLanguage the language is another one now */
export function listenToPage(engine: Engine, onLanguage: () => void): void {
  listen('semblance:looks', (sent) => {
    const looks = looksOf(sent);
    if (looks !== null && changeLooks(looks)) onLanguage();
  });
  listen('semblance:dropped', (sent) => void receiveDrop(engine, textsOf(sent)));
  listen('semblance:open', (sent) => void openElsewhere(engine, photoIdsOf([sent])));
  listen('semblance:carry', (sent, event) => void carry(engine, photoIdsOf(sent), event));
}

function listen(channel: string, act: (sent: unknown, event: IpcMainEvent) => void): void {
  ipcMain.on(channel, (event, sent: unknown) => {
    if (isTrustedSender(event, mainWindow()?.webContents.id ?? null)) act(sent, event);
  });
}

/** With the program that the system has for such pictures. */
async function openElsewhere(engine: Engine, photoIds: string[]): Promise<void> {
  const [path] = await engine.filesOf(photoIds);
  const failure = path !== undefined && mayOpenElsewhere(path) ? await shell.openPath(path) : 'not tried';
  if (failure !== '') await tell(words().openFailed);
}

/** Hands the files of photos to whatever program they are let go over. The page knows their ids only. */
async function carry(engine: Engine, photoIds: string[], { sender }: IpcMainEvent): Promise<void> {
  const files = await engine.filesOf(photoIds);
  const [file] = files;
  if (file === undefined || sender.isDestroyed()) return;
  sender.startDrag({ file, files, icon: await app.getFileIcon(file) });
}
