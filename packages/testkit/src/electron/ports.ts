// MessageChannelMain and MessagePortMain, and how a port goes on working in another process: its place is taken by a
// wire, and messages pass over whatever joins the two processes, under a number.
import { eventsOf, part } from './model.ts';

const EVENTS = eventsOf('MessagePortMain', ['message', 'close']);

/** One end of a channel, seen from the other end. */
interface End {
  deliver(data: unknown): void;
  over(): void;
}

interface Inner extends End {
  peer: End | null;
  /** Where a port that was handed on goes on; nobody may use it here any more. */
  onward: End | null;
  waiting: unknown[];
}

const inners = new WeakMap<object, Inner>();

function createPort(peer: End | null): Electron.MessagePortMain {
  let started = false;
  const inner: Inner = {
    peer,
    onward: null,
    waiting: [],
    deliver(data) {
      if (inner.onward !== null) inner.onward.deliver(data);
      else if (started) setImmediate(() => port.emit('message', { data, ports: [] }));
      else inner.waiting.push(data);
    },
    over() {
      inner.peer = null;
      if (inner.onward !== null) inner.onward.over();
      else setImmediate(() => port.emit('close'));
    },
  };
  const port = part<Electron.MessagePortMain>(
    'MessagePortMain',
    {
      start() {
        started = true;
        for (const data of inner.waiting.splice(0)) inner.deliver(data);
      },
      postMessage(message: unknown, transfer: Electron.MessagePortMain[] = []) {
        if (transfer.length > 0)
          throw new Error('electron: a port inside a message of a port is not modelled by the double.');
        if (inner.onward !== null) throw new Error('This port was transferred.');
        inner.peer?.deliver(structuredClone(message));
      },
      close() {
        inner.peer?.over();
        inner.over();
      },
    },
    EVENTS,
  );
  inners.set(port, inner);
  return port;
}

export function createChannel(): Electron.MessageChannelMain {
  const port1 = createPort(null);
  const port2 = createPort(null);
  const [one, two] = [innerOf(port1), innerOf(port2)];
  one.peer = two;
  two.peer = one;
  return { port1, port2 };
}

function innerOf(port: Electron.MessagePortMain): Inner {
  const inner = inners.get(port);
  if (inner === undefined) throw new TypeError('Port at index 0 is not a valid port');
  return inner;
}

/** What two processes tell each other about ports. */
export type WireMessage = { wire: 'data'; id: number; data: unknown } | { wire: 'over'; id: number };

/** The wires of one joint between processes. */
export interface Wires {
  /** Takes a port out of this process. @returns its number on the joint */
  handOn(port: Electron.MessagePortMain): number;
  /** Makes the port that a number means. */
  takeIn(id: number): Electron.MessagePortMain;
  receive(message: WireMessage): void;
  /** The other process is gone. */
  cut(): void;
}

/** @param first 1 on one side of the joint and 2 on the other, so that both can number ports */
export function createWires(first: 1 | 2, send: (message: WireMessage) => void): Wires {
  const ends = new Map<number, End>();
  let nextId: number = first;

  function wire(id: number): End {
    return {
      deliver: (data) => send({ wire: 'data', id, data }),
      over() {
        if (ends.delete(id)) send({ wire: 'over', id });
      },
    };
  }

  return {
    handOn(port) {
      const inner = innerOf(port);
      if (inner.onward !== null) throw new Error('This port was transferred already.');
      const id = nextId;
      nextId += 2;
      const taken = wire(id);
      inner.onward = taken;
      if (inner.peer === null) send({ wire: 'over', id });
      else ends.set(id, inner.peer);
      for (const data of inner.waiting.splice(0)) taken.deliver(data);
      return id;
    },
    takeIn(id) {
      const port = createPort(wire(id));
      ends.set(id, innerOf(port));
      return port;
    },
    receive(message) {
      const end = ends.get(message.id);
      if (message.wire === 'data') return end?.deliver(message.data);
      ends.delete(message.id);
      end?.over();
    },
    cut() {
      for (const end of ends.values()) end.over();
      ends.clear();
    },
  };
}
