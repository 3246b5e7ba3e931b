// The only bridge between the page and the app: a connection to the engine, the menu's wishes, and what only a native
// program can do with a drag. Paths of dropped files pass from here to main; the page never sees one.
import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** The page's main frame only; a frame inside it gets no bridge at all. */
if (window.top === window) {
  ipcRenderer.on('semblance:port', (event) => {
    const [port] = event.ports;
    // A MessagePort cannot cross the context bridge; a message of the page to itself can carry it.
    if (port !== undefined) window.postMessage('semblance:port', window.location.origin, [port]);
  });

  contextBridge.exposeInMainWorld('semblance', {
    mediaBase: 'media:/',
    connect: () => ipcRenderer.send('semblance:connect'),
    onCommand(listener: (command: string) => void) {
      ipcRenderer.removeAllListeners('semblance:command');
      ipcRenderer.on('semblance:command', (_event, command: string) => listener(command));
    },
    tellLooks: (looks: unknown) => ipcRenderer.send('semblance:looks', looks),
    // A File that a script made has no path: '' for those.
    addDropped: (files: File[]) =>
      ipcRenderer.send(
        'semblance:dropped',
        files.map((file) => webUtils.getPathForFile(file)),
      ),
    openElsewhere: (photoId: string) => ipcRenderer.send('semblance:open', photoId),
    carry: (photoIds: string[]) => ipcRenderer.send('semblance:carry', photoIds),
    copyPicture: (photoId: string): Promise<unknown> => ipcRenderer.invoke('semblance:copy', photoId),
    wantedPhoto: (): Promise<unknown> => ipcRenderer.invoke('semblance:wanted'),
  });
}
