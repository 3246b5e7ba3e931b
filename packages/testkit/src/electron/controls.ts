// What a test may ask of the double itself, where Electron offers nothing: questions that Chromium would put to the
// app's guards, and messages as a page in the hands of somebody else would send them.
import { isSandboxed } from './modules/app.ts';
import { ask, hear } from './modules/ipc-main.ts';
import { answerOf } from './modules/protocol.ts';
import { checked, deviceAllowed, displayShared, mayGoOut, requested } from './modules/session.ts';
import { trays } from './modules/tray.ts';
import { dragsOf, preferencesOf } from './modules/web-contents.ts';

export interface ForgedSender {
  contents: Electron.WebContents;
  url: string;
  /** False for a frame inside the page. */
  isMainFrame: boolean;
  /** Hears what the app answers to that frame. */
  answered(channel: string, ports: number): void;
}

function senderOf({ contents, url, isMainFrame, answered }: ForgedSender): Parameters<typeof hear>[0] {
  const parent = isMainFrame ? null : contents.mainFrame;
  const shown = {
    url,
    parent,
    send: (name: string) => answered(name, 0),
    postMessage: (name: string, _message: unknown, ports: unknown[] = []) => answered(name, ports.length),
  } as unknown as Electron.WebFrameMain;
  return { sender: contents, frame: { id: '', parent: isMainFrame ? null : '', url, preload: null, shown } };
}

export const double = {
  permissionRequested: requested,
  permissionChecked: checked,
  deviceAllowed,
  /** `app.enableSandbox()` was called in time. */
  everyPageSandboxed: isSandboxed,
  preferences: (contents: Electron.WebContents) => preferencesOf.get(contents),
  displayShared,
  trays,
  /** What was handed to the system to be dragged from a page, newest last. */
  drags: (contents: Electron.WebContents) => dragsOf.get(contents) ?? [],
  /** Whether the app's filter lets a request of the window out. */
  mayGoOut: (url: string) =>
    mayGoOut({
      id: 0,
      url,
      method: 'GET',
      resourceType: 'other',
      referrer: '',
      timestamp: 0,
      uploadData: [],
    }),
  /** Asks the app's handler of a scheme, letter by letter. */
  async ask(url: string, initiatorOrigin?: string | null, method = 'GET') {
    const response = await answerOf({
      url,
      method,
      headers: {},
      ...(initiatorOrigin !== undefined && { initiatorOrigin }),
    });
    const body = await response?.text();
    return response && { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
  /** A message of a frame that is not what it should be. */
  forge(forged: ForgedSender, channel: string, ...args: unknown[]): void {
    hear(senderOf(forged), channel, args);
  },
  /** A question of such a frame (`ipcRenderer.invoke`). */
  forgeQuestion: (forged: ForgedSender, channel: string, ...args: unknown[]) =>
    ask(senderOf(forged), channel, args),
};

export type DoubleControls = typeof double;
