// utilityProcess: a child process of plain Node with `process.parentPort`, and MessageChannelMain.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { eventsOf, part, partClass } from '../model.ts';
import { createChannel, createWires, type WireMessage } from '../ports.ts';
import { needsReady } from '../state.ts';

/** Sets up `process.parentPort` in the child. */
const CHILD = join(import.meta.dirname, '..', 'child.ts');

/** What travels between the two processes. */
export type Parcel = { message: unknown; ports: number[] } | { wire: WireMessage };

const EVENTS = eventsOf('UtilityProcess', ['spawn', 'exit', 'message', 'error']);

/** Those that run, by process id. */
const running = new Map<number, string>();

/** What `app.getAppMetrics()` says of them. */
export function utilityMetrics(): Electron.ProcessMetric[] {
  return [...running].map(([pid, name]) => ({
    pid,
    name,
    type: 'Utility',
    creationTime: 0,
    cpu: { percentCPUUsage: 0, idleWakeupsPerSecond: 0 },
    memory: { workingSetSize: 0, peakWorkingSetSize: 0 },
  }));
}

export const utilityProcess = part<typeof Electron.utilityProcess>('utilityProcess', {
  fork(program, args = [], options = {}) {
    needsReady('utilityProcess.fork');
    const child = fork(program, args, {
      execPath: process.execPath,
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', CHILD, ...(options.execArgv ?? [])],
      env: { ...(options.env ?? process.env) } as NodeJS.ProcessEnv,
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    });
    const post = (parcel: Parcel): void => {
      if (child.connected) child.send(parcel);
    };
    const wires = createWires(1, (wire) => post({ wire }));
    let pid: number | undefined;
    const shown = part<Electron.UtilityProcess>(
      'UtilityProcess',
      {
        get pid() {
          return pid;
        },
        stdout: null,
        stderr: null,
        kill: () => child.kill('SIGTERM'),
        postMessage: (message: unknown, ports: Electron.MessagePortMain[] = []) =>
          post({ message, ports: ports.map((port) => wires.handOn(port)) }),
      },
      EVENTS,
    );
    child.on('spawn', () => {
      pid = child.pid;
      if (pid !== undefined) running.set(pid, options.serviceName ?? 'Node Utility Process');
      shown.emit('spawn');
    });
    child.on('message', (parcel: Parcel) => {
      if ('wire' in parcel) wires.receive(parcel.wire);
      else shown.emit('message', parcel.message);
    });
    child.on('exit', (code, signal) => {
      if (pid !== undefined) running.delete(pid);
      pid = undefined;
      wires.cut();
      // Electron gives a number whatever ended the process.
      shown.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 15));
    });
    child.on('error', (error) => console.error('double: the utility process could not be started:', error));
    return shown;
  },
});

export const MessageChannelMain = partClass<typeof Electron.MessageChannelMain>('MessageChannelMain', () =>
  createChannel(),
);
