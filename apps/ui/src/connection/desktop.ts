// The desktop host: the preload hands over one MessagePort per connection; oRPC speaks over it.
import { type ClientLink, createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Client, Connection } from './connection.ts';
import { isAbort } from './faults.ts';

/** What the preload exposes as `window.semblance`. */
export interface DesktopBridge {
  readonly mediaBase: string;
  /** Asks for a port; it arrives as `window.postMessage('semblance:port', '*', [port])`. */
  connect(): void;
}

const PORT_MESSAGE = 'semblance:port';
const PORT_TIMEOUT_MS = 15_000;

type Link = ClientLink<Record<never, never>>;

export async function connectToDesktop(bridge: DesktopBridge): Promise<Connection> {
  /** A call between two ports waits for the next one: on a port that is closed nobody would ever answer it. */
  let link: Promise<Link>;
  let next: (link: Link) => void = () => undefined;

  async function connect(): Promise<void> {
    const arrived = nextPort();
    bridge.connect();
    const port = await arrived;
    const made = tellingLoss(new RPCLink({ port }));
    const waiting = next;
    link = Promise.resolve(made);
    const current = link;
    port.addEventListener('close', () => {
      if (link === current) link = untilNext();
    });
    port.start();
    waiting(made);
  }

  const untilNext = (): Promise<Link> =>
    new Promise((resolve) => {
      next = resolve;
    });

  link = untilNext();
  await connect();
  return {
    client: createORPCClient<Client>(new DynamicLink(() => link)),
    mediaBase: bridge.mediaBase,
    host: 'desktop',
    reconnect: connect,
  };
}

/**
 * A port that closes ends its calls as if whoever made them had taken them back, and then nobody would ask again. What was not
 * taken back is told as what it is: the engine is gone.
 */
function tellingLoss(link: Link): Link {
  return {
    async call(path, input, options) {
      try {
        return await link.call(path, input, options);
      } catch (error) {
        if (!isAbort(error) || options.signal?.aborted === true) throw error;
        throw new Error('The engine is gone.', { cause: error });
      }
    },
  };
}

function nextPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
    };
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      stop();
      resolve(port);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error('The engine did not answer.'));
    }, PORT_TIMEOUT_MS);
    window.addEventListener('message', onMessage);
  });
}
