// The only bridge between the page and the app: asks for a connection to the engine and hands its port to the page.
import { contextBridge, ipcRenderer } from 'electron';

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
  });
}
