// What a utility process starts with: `process.parentPort`, and an end together with main.

import { part } from './model.ts';
import type { Parcel } from './modules/utility-process.ts';
import { createWires } from './ports.ts';

const send = process.send?.bind(process);
if (send === undefined) throw new Error('A utility process is started by utilityProcess.fork.');
const wires = createWires(2, (wire) => send({ wire } satisfies Parcel));
const waiting: { data: unknown; ports: Electron.MessagePortMain[] }[] = [];

const parentPort = part<Electron.ParentPort>(
  'parentPort',
  {
    postMessage: (message: unknown) => void send({ message, ports: [] } satisfies Parcel),
  },
  ['message'],
);

/** Messages are kept until somebody listens. */
function deliver(): void {
  if (parentPort.listenerCount('message') === 0) return;
  for (const event of waiting.splice(0)) parentPort.emit('message', event);
}

process.on('message', (parcel: Parcel) => {
  if ('wire' in parcel) return wires.receive(parcel.wire);
  // At once: what is sent through a port may come before anybody listens for the port.
  waiting.push({ data: parcel.message, ports: parcel.ports.map((id) => wires.takeIn(id)) });
  deliver();
});
parentPort.on('newListener' as 'message', () => setImmediate(deliver));
process.on('disconnect', () => process.exit(0));
Object.assign(process, { parentPort, type: 'utility' });
Object.defineProperty(process.versions, 'electron', { value: 'double' });
