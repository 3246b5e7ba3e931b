// The Chrome DevTools Protocol over a pair of pipes: JSON messages, each ended by a NUL.
import type { Readable, Writable } from 'node:stream';

export type Facts = Record<string, unknown>;

export interface Cdp {
  /** @param session of a target; the browser itself without one */
  send<T = Facts>(method: string, params?: Facts, session?: string): Promise<T>;
  /** @returns what stops listening */
  listen(session: string | undefined, listener: (method: string, params: Facts) => void): () => void;
}

interface Waiting {
  method: string;
  resolve(result: never): void;
  reject(error: Error): void;
}

export function createCdp(input: Writable, output: Readable): Cdp {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<{ session: string | undefined; hear(method: string, params: Facts): void }>();
  let lastId = 0;
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;

  function receive(text: string): void {
    const message = JSON.parse(text);
    const waits = waiting.get(message.id);
    if (waits !== undefined) {
      waiting.delete(message.id);
      if (message.error === undefined) waits.resolve(message.result as never);
      else
        waits.reject(new Error(`CDP: ${waits.method}: ${message.error.message} ${message.error.data ?? ''}`));
      return;
    }
    for (const { session, hear } of listeners)
      if (session === message.sessionId) hear(message.method, message.params ?? {});
  }

  output.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const text = rest.subarray(0, end).toString('utf8');
      rest = rest.subarray(end + 1);
      receive(text);
    }
  });
  const over = (): void => {
    ended = true;
    for (const waits of waiting.values()) waits.reject(new Error('Chromium has ended.'));
    waiting.clear();
  };
  output.on('close', over);
  input.on('error', over);

  return {
    send(method, params = {}, session) {
      if (ended) return Promise.reject(new Error('Chromium has ended.'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { method, resolve, reject });
        input.write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
      });
    },
    listen(session, hear) {
      const entry = { session, hear };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
