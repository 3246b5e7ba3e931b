// A folder of photos that somebody works in: files come, change, move and go, and each one's bytes are remembered.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from './rounds.ts';

export interface Disk {
  /** Adds so many photos. */
  add(count: number): void;
  /** One everyday change. */
  change(): void;
  /** SHA-256 of every file as it was left, by path below the folder. */
  files: ReadonlyMap<string, string>;
  /** Sentences about files that are no longer as they were left, or that nobody put there. */
  touched(): string[];
}

/** @param make the bytes of the nth photo, no two alike */
export function createDisk(folder: string, random: Random, make: (n: number) => Uint8Array): Disk {
  const files = new Map<string, string>();
  let made = 0;
  mkdirSync(folder, { recursive: true });

  const pick = () => [...files.keys()][Math.floor(random(0, files.size))] ?? '';
  const put = (path: string): void => {
    const bytes = make(made++);
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    // As careful programs save: never a half-written photo under its own name.
    writeFileSync(join(folder, '.saving'), bytes);
    renameSync(join(folder, '.saving'), target);
    files.set(path, sha256(bytes));
  };
  const newName = () => `${'abc'[Math.floor(random(0, 3))]}/${made}.jpg`;

  return {
    files,
    add(count) {
      for (let i = 0; i < count; i++) put(newName());
    },
    change() {
      const what = random();
      const path = pick();
      if (what < 0.45 || files.size < 20) put(newName());
      else if (what < 0.75) put(path);
      else if (what < 0.9) {
        const to = `moved/${made++}.jpg`;
        mkdirSync(join(folder, 'moved'), { recursive: true });
        renameSync(join(folder, path), join(folder, to));
        files.set(to, files.get(path) ?? '');
        files.delete(path);
      } else {
        rmSync(join(folder, path));
        files.delete(path);
      }
    },
    touched() {
      const found = new Map<string, string>();
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        found.set(path.slice(folder.length + 1), sha256(readFileSync(path)));
      }
      const wrong = [...files].filter(([path, hash]) => found.get(path) !== hash);
      const strange = [...found.keys()].filter((path) => !files.has(path));
      return [
        ...wrong.map(([path]) => `${path} is not as it was left`),
        ...strange.map((path) => `${path} appeared`),
      ];
    },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
