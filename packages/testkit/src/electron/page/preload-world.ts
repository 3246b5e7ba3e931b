// Electron as a sandboxed preload sees it: contextBridge and ipcRenderer, in the isolated world of a frame. Runs
// inside pages.
import type { BridgeEnd } from './bridge.ts';
import type { Codec } from './codec.ts';

export interface PreloadFacts {
  /** Name of the function that reaches main, and (with a suffix) of the one that main calls. */
  binding: string;
  /** Says through a port that it is closed. */
  secret: string;
  /** `nodeIntegrationInSubFrames`: whether frames inside the page get a preload. */
  inSubFrames: boolean;
  contextIsolation: boolean;
  platform: string;
}

type Listener = (event: { ports: readonly MessagePort[] }, ...args: unknown[]) => void;
type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void;

export function runPreload(
  codec: Codec,
  bridge: BridgeEnd | null,
  watch: (port: MessagePort) => void,
  facts: PreloadFacts,
  preload: Preload,
): void {
  if (!facts.inSubFrames && window.top !== window) return;
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const files: File[] = [];
  Object.assign(world, { [`${facts.binding}:files`]: files });
  const reachMain = world[facts.binding];
  const post = (message: object): void => reachMain?.(JSON.stringify(codec.pack(message)));
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ports = new Map<number, MessagePort>();
  let lastAsk = 0;
  const unmodelled = (name: string): Error => new Error(`electron: ${name} is not modelled by the double.`);
  const strict = (name: string, members: object): object =>
    new Proxy(members, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key);
        throw unmodelled(`${name}.${key}`);
      },
    });

  function takeIn(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => {
      const message = data === facts.secret ? { wire: 'over', id } : { wire: 'data', id, data };
      post({ kind: 'port', message });
    };
    watch(port2);
    return port2;
  }

  function hear(channel: string, args: unknown[], given: readonly MessagePort[]): void {
    for (const entry of [...(listeners.get(channel) ?? [])]) {
      if (entry.once) remove(channel, entry.listener);
      entry.listener({ ports: given }, ...args);
    }
  }

  function remove(channel: string, listener: Listener): void {
    const left = listeners.get(channel)?.filter((entry) => entry.listener !== listener) ?? [];
    listeners.set(channel, left);
  }

  world[`${facts.binding}:main`] = (text) => {
    // biome-ignore lint/suspicious/noExplicitAny: the message is main's, and its kind says what it has
    const message = codec.unpack(JSON.parse(text)) as any;
    if (message.kind === 'message') hear(message.channel, message.args, message.ports.map(takeIn));
    else if (message.kind === 'answer') {
      const waits = asked.get(message.id);
      asked.delete(message.id);
      if (message.ok) waits?.resolve(message.value);
      else waits?.reject(new Error(message.value));
    } else if (message.message.wire === 'data')
      ports.get(message.message.id)?.postMessage(message.message.data);
    else ports.get(message.message.id)?.postMessage(facts.secret);
  };

  const add = (once: boolean) => (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const ipcRenderer: object = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args }),
    invoke(channel: string, ...args: unknown[]) {
      lastAsk += 1;
      const id = lastAsk;
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel, args });
      });
    },
    on: add(false),
    once: add(true),
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => listeners.delete(channel),
  });
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      if (bridge === null)
        throw new Error('contextBridge API can only be used when contextIsolation is enabled');
      bridge.expose(key, api);
    },
  });

  const webUtils = strict('webUtils', {
    getPathForFile(file: unknown) {
      if (!(file instanceof File)) throw new TypeError('Failed to execute getPathForFile: not a File.');
      // Only the double's main can ask Chromium: the path takes the place of this on the way there.
      return `${facts.binding}:file:${files.push(file) - 1}`;
    },
  });

  const electron = strict('electron (in a preload)', { contextBridge, ipcRenderer, webUtils });
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = {
    type: 'renderer',
    platform: facts.platform,
    sandboxed: true,
    contextIsolated: bridge !== null,
  };
  try {
    preload(require, { exports: {} }, {}, process);
  } catch (error) {
    post({ kind: 'preload-error', message: String(error) });
    throw error;
  }
}
