// app.requestSingleInstanceLock: a file names the process that holds the lock; a second instance leaves a note in a
// folder that the first one watches. Synchronous, as Electron's is.
import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface InstanceLock {
  request(userData: string, data: unknown): boolean;
  isHeld(): boolean;
  release(): void;
}

export function createInstanceLock(
  heard: (argv: string[], directory: string, data: unknown) => void,
): InstanceLock {
  let held: { file: string; watcher: FSWatcher } | null = null;

  function readNotes(folder: string): void {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const file = join(folder, name);
      const { argv, directory, data } = JSON.parse(readFileSync(file, 'utf8'));
      rmSync(file, { force: true });
      heard(argv, directory, data);
    }
  }

  return {
    request(userData, data) {
      if (held !== null) return true;
      const file = join(userData, 'double-lock');
      const notes = join(userData, 'double-notes');
      mkdirSync(notes, { recursive: true });
      if (isAlive(holderOf(file))) {
        const note = join(notes, `${process.pid}.json`);
        writeFileSync(`${note}.part`, JSON.stringify({ argv: process.argv, directory: process.cwd(), data }));
        renameSync(`${note}.part`, note);
        return false;
      }
      writeFileSync(file, String(process.pid));
      held = { file, watcher: watch(notes, () => readNotes(notes)) };
      held.watcher.unref();
      return true;
    },
    isHeld: () => held !== null,
    release() {
      held?.watcher.close();
      if (held !== null) rmSync(held.file, { force: true });
      held = null;
    },
  };
}

function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
