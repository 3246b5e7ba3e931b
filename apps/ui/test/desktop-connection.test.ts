import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectToDesktop } from '../src/connection/desktop.ts';
import { isAbort, toFault } from '../src/connection/faults.ts';

/** A shell that answers `connect` with a port; the other ends are kept. */
function shell() {
  const engines: MessagePort[] = [];
  const give = (): void => {
    const { port1, port2 } = new MessageChannel();
    engines.push(port2);
    port2.addEventListener('message', ({ data }) => {
      const { i, p } = JSON.parse(data);
      // Never answered: the engine is busy with it when it dies.
      if (p?.u?.includes('timeline')) return;
      port2.postMessage(JSON.stringify({ i, p: { b: { json: `answer of engine ${engines.length}` } } }));
    });
    port2.start();
    const message = { data: 'semblance:port', source: window, ports: [port1] };
    window.dispatchEvent(Object.assign(new Event('message'), message));
  };
  return {
    engines,
    bridge: { mediaBase: 'media:/', connect: give },
  };
}

beforeEach(() => vi.stubGlobal('window', new EventTarget()));
afterEach(() => vi.unstubAllGlobals());

describe('the connection of the desktop window', () => {
  it('keeps a call that is made while there is no engine, for the next one', async () => {
    const desktop = shell();
    const { client, reconnect } = await connectToDesktop(desktop.bridge);
    expect(await client.library.status()).toBe('answer of engine 1');
    desktop.engines[0]?.close();
    await new Promise((later) => setTimeout(later, 20));
    const asked = client.library.status();
    const early = await Promise.race([asked, new Promise((later) => setTimeout(later, 50, 'nothing yet'))]);
    expect(early).toBe('nothing yet');
    await reconnect();
    expect(await asked).toBe('answer of engine 2');
  });

  it('says of a call under way that the engine is gone, not that somebody took it back', async () => {
    const desktop = shell();
    const { client } = await connectToDesktop(desktop.bridge);
    const taken = new AbortController();
    const page = { offset: 0, limit: 10 };
    const lost = client.library.timeline(page).catch((error: Error) => error);
    const takenBack = client.library.timeline(page, { signal: taken.signal }).catch((error: Error) => error);
    await client.library.status();
    taken.abort();
    expect(isAbort(await takenBack)).toBe(true);
    desktop.engines[0]?.close();
    const error = await lost;
    expect(isAbort(error)).toBe(false);
    expect(toFault(error)).toEqual({ kind: 'ENGINE_LOST', message: null });
  });
});
