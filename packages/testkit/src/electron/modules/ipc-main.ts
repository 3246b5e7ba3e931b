// ipcMain: what pages send and ask. The sender of a message is the frame whose preload really sent it.

import { EventEmitter } from 'node:events';
import type { Frame } from '../frames.ts';
import { notModelled, preventable } from '../model.ts';

type Handler = Parameters<Electron.IpcMain['handle']>[1];

interface Sender {
  sender: Electron.WebContents;
  frame: Frame;
}

const handlers = new Map<string, Handler>();
const channels = new EventEmitter();

/** Any channel may be listened to, so this is an emitter with more. */
export const ipcMain: Electron.IpcMain = Object.assign(channels as Electron.IpcMain, {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  handleOnce(channel, handler) {
    ipcMain.handle(channel, (event, ...args) => {
      handlers.delete(channel);
      return handler(event, ...args);
    });
  },
  removeHandler(channel) {
    handlers.delete(channel);
  },
} satisfies Partial<Electron.IpcMain>);

/** A page called `ipcRenderer.send`. */
export function hear(from: Sender, channel: string, args: unknown[]): void {
  channels.emit(channel, eventOf(from), ...args);
}

/** A page called `ipcRenderer.invoke`. */
export async function ask(
  from: Sender,
  channel: string,
  args: unknown[],
): Promise<{ ok: true; value: unknown } | { ok: false; value: string }> {
  const handler = handlers.get(channel);
  const failed = (reason: unknown) =>
    ({ ok: false, value: `Error invoking remote method '${channel}': ${reason}` }) as const;
  if (handler === undefined) return failed(`Error: No handler registered for '${channel}'`);
  try {
    return {
      ok: true,
      value: await handler(eventOf(from) as unknown as Electron.IpcMainInvokeEvent, ...args),
    };
  } catch (error) {
    return failed(error);
  }
}

function eventOf({ sender, frame }: Sender): Partial<Electron.IpcMainEvent> {
  return preventable({
    type: 'frame' as const,
    sender,
    senderFrame: frame.shown,
    processId: 1,
    frameId: frame.parent === null ? 1 : 2,
    ports: [],
    reply: (channel: string, ...args: unknown[]) => frame.shown.send(channel, ...args),
    get returnValue(): never {
      throw notModelled('a synchronous answer (sendSync)');
    },
  });
}
