// The context bridge: two ends, one in the page's world and one in the preload's, that share the DOM and no objects.
// Values are copied; functions become proxies; promises settle on both sides. Runs inside pages.
import type { Codec } from './codec.ts';

export interface BridgeEnd {
  /** The other side's proxy for `value` becomes the property `key` of its global object, for good. */
  expose(key: string, value: unknown): void;
}

/**
 * @param secret name of the DOM events between the ends; a page cannot guess it
 * @param side who this end is; the other end is told apart by it
 */
export function createBridgeEnd(codec: Codec, secret: string, side: 'page' | 'preload'): BridgeEnd {
  const other = side === 'page' ? 'preload' : 'page';
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const promises = new Map<string, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let answer: { ok: boolean; value: unknown } | null = null;
  /** Files that the other side handed over: they cross as what a file input of the shared DOM holds. */
  const files: File[] = [];
  let handedOver = 0;
  let lastPromise = 0;

  const tell = (message: object): void => {
    const detail = JSON.stringify(message);
    document.dispatchEvent(new CustomEvent(`${secret}:${other}`, { detail }));
  };

  const handOver = (file: File): number => {
    const input = document.createElement('input');
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.type = 'file';
    input.files = transfer.files;
    document.documentElement.append(input);
    input.dispatchEvent(new Event(`${secret}:${other}:file`, { bubbles: true }));
    input.remove();
    handedOver += 1;
    return handedOver - 1;
  };
  document.addEventListener(`${secret}:${side}:file`, ({ target }) => {
    files.push(...((target as HTMLInputElement).files ?? []));
  });

  const pack = (value: unknown): unknown =>
    codec.pack(value, (item) => {
      if (typeof item === 'function') {
        const fn = item as (...args: unknown[]) => unknown;
        const known = functions.indexOf(fn);
        return { $: 'function', v: known >= 0 ? known : functions.push(fn) - 1 };
      }
      if (item instanceof File) return { $: 'file', v: handOver(item) };
      if (!(item instanceof Promise)) return undefined;
      lastPromise += 1;
      const id = `${side}${lastPromise}`;
      item.then(
        (result) => tell({ kind: 'settle', id, ok: true, value: pack(result) }),
        (error: unknown) => tell({ kind: 'settle', id, ok: false, value: pack(error) }),
      );
      return { $: 'promise', v: id };
    });

  const unpack = (packed: unknown): unknown =>
    codec.unpack(packed, (mark, value) => {
      if (mark === 'promise')
        return new Promise((resolve, reject) => promises.set(String(value), { resolve, reject }));
      if (mark === 'file') return files[Number(value)];
      return (...args: unknown[]) => {
        answer = null;
        tell({ kind: 'call', fn: value, args: args.map(pack) });
        const given = answer as { ok: boolean; value: unknown } | null;
        answer = null;
        if (given === null) throw new Error('The other side of the bridge is gone.');
        if (given.ok) return given.value;
        throw given.value;
      };
    });

  function call(fn: number, args: unknown[]): void {
    let value: unknown;
    let ok = true;
    try {
      value = functions[fn]?.(...args.map(unpack));
    } catch (error) {
      ok = false;
      value = error;
    }
    tell({ kind: 'answer', ok, value: pack(value) });
  }

  document.addEventListener(`${secret}:${side}`, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail);
    if (message.kind === 'call') call(message.fn, message.args);
    else if (message.kind === 'answer') answer = { ok: message.ok, value: unpack(message.value) };
    else if (message.kind === 'settle') {
      const waits = promises.get(message.id);
      promises.delete(message.id);
      if (message.ok) waits?.resolve(unpack(message.value));
      else waits?.reject(unpack(message.value));
    } else if (message.kind === 'expose') {
      const value = unpack(message.value);
      if (typeof value === 'object' && value !== null) Object.freeze(value);
      Object.defineProperty(window, message.key, { value, enumerable: true });
    }
  });

  return { expose: (key, value) => tell({ kind: 'expose', key, value: pack(value) }) };
}
