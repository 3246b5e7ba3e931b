// How a compute process talks to its parent: Node's IPC channel, or Electron's parentPort. Both clone structures.

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone: there is nobody left to work for. */
  onClose(listener: () => void): void;
}

/** @throws Error when started by hand, without a parent. */
export function parentChannel(): Channel {
  const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (port !== undefined) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // Electron ends utility processes together with the app.
      onClose: () => undefined,
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('This program is started by the engine, not by hand.');
  return {
    post: (message) => send(message),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
