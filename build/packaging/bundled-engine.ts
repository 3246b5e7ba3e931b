// Runs the bundled engine of the desktop app in this process, under plain Node: this takes the place of Electron's main,
// as far as an engine can tell.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@semblance/contract';
import type { FromEngine, OpenOptions, ToEngine } from '../../apps/desktop/src/shared/messages.ts';

export interface BundledEngine {
  /** A client as the window has it: over a MessagePort. */
  connect(): Promise<ContractRouterClient<Contract>>;
  post(message: ToEngine): void;
  /** The next message of a kind. @throws what the engine says when something fails first */
  next<T extends FromEngine['type']>(type: T): Promise<Extract<FromEngine, { type: T }>>;
  /** Ends this process when the engine has closed everything. */
  end(): void;
}

/** @param program absolute path of the bundle; resolves when the library is open */
export async function startBundledEngine(program: string, options: OpenOptions): Promise<BundledEngine> {
  const parentPort = new EventEmitter();
  const heard = new EventEmitter();
  Object.assign(process, {
    parentPort: Object.assign(parentPort, {
      postMessage: (message: FromEngine) => void heard.emit(message.type, message),
    }),
  });
  const send = (data: ToEngine, ports: unknown[] = []): void =>
    void parentPort.emit('message', { data, ports });
  const next: BundledEngine['next'] = (type) =>
    new Promise((resolve, reject) => {
      heard.once(type, resolve);
      heard.once('failed', ({ message }) => reject(new Error(message)));
      heard.once('problem', ({ message }) => reject(new Error(message)));
    });

  await import(pathToFileURL(program).href);
  const ready = next('ready');
  send({ type: 'open', options });
  await ready;
  const { port1, port2 } = new MessageChannel();
  return {
    // Loaded now: whoever times the engine does not want to time this.
    async connect() {
      const { createORPCClient } = await import('@orpc/client');
      const { RPCLink } = await import('@orpc/client/message-port');
      send({ type: 'connect' }, [port1]);
      port2.start();
      return createORPCClient<ContractRouterClient<Contract>>(new RPCLink({ port: port2 }));
    },
    post: send,
    next,
    end() {
      port2.close();
      send({ type: 'drain' });
    },
  };
}
