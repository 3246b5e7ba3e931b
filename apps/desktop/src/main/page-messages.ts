// What the page may say to main, beside asking for its connection: how it looks, what was dropped on it, what is opened,
// copied or carried elsewhere. From our own page's main frame only, and read as if it came from a stranger.
import { app, ClipboardItem, clipboard, type IpcMainEvent, ipcMain, shell } from 'electron';
import { receiveDrop } from './arrivals.ts';
import { photoIdsOf, textsOf } from './decisions/arrivals.ts';
import { looksOf } from './decisions/looks.ts';
import { mayOpenElsewhere } from './decisions/open-elsewhere.ts';
import { isTrustedSender } from './decisions/trusted-sender.ts';
import { mainWindow, tell } from './dialogs.ts';
import type { Engine } from './engine.ts';
import { changeLooks, words } from './looks.ts';
import type { WantedPhoto } from './wanted-photo.ts';

/** @param onLooks the language or the wish for a tray is another one now */
export function listenToPage(engine: Engine, wanted: WantedPhoto, onLooks: () => void): void {
  listen('semblance:looks', (sent) => {
    const looks = looksOf(sent);
    if (looks !== null && changeLooks(looks)) onLooks();
  });
  listen('semblance:dropped', (sent) => void receiveDrop(engine, textsOf(sent)));
  listen('semblance:open', (sent) => void openElsewhere(engine, photoIdsOf([sent])));
  listen('semblance:carry', (sent, event) => void carry(engine, photoIdsOf(sent), event));
  answer('semblance:copy', (sent) => copyPicture(engine, photoIdsOf([sent])));
  answer('semblance:wanted', () => wanted.take());
}

/** A stranger learns nothing, not even that there is nobody. */
function answer(channel: string, act: (sent: unknown) => unknown): void {
  ipcMain.handle(channel, (event, sent: unknown) =>
    isTrustedSender(event, mainWindow()?.webContents.id ?? null) ? act(sent) : null,
  );
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

/** A PNG made by the engine, from which nothing leads back to the file. @returns whether it is on the clipboard now */
async function copyPicture(engine: Engine, [photoId]: string[]): Promise<boolean> {
  const png = photoId === undefined ? null : await engine.pictureOf(photoId);
  if (png === null) return false;
  const blob = new Blob([new Uint8Array(png)], { type: 'image/png' });
  await clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
  return true;
}

/** Hands the files of photos to whatever program they are let go over. The page knows their ids only. */
async function carry(engine: Engine, photoIds: string[], { sender }: IpcMainEvent): Promise<void> {
  const files = await engine.filesOf(photoIds);
  const [file] = files;
  if (file === undefined || sender.isDestroyed()) return;
  sender.startDrag({ file, files, icon: await app.getFileIcon(file) });
}
