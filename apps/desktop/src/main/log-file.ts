// The app's log: a file of lines that never grows beyond a few megabytes. Nothing here may stop the app.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LogEntry, logLine } from './decisions/log-entry.ts';

export interface Log {
  /** Absolute. */
  readonly directory: string;
  write(entry: LogEntry): void;
  /** Lines, oldest first; at most those of the file in use and the one before it. */
  lines(): string[];
}

export interface LogOptions {
  /** A file is put aside before it grows beyond this. */
  maxBytes?: number;
  /** Files put aside that are kept. */
  keep?: number;
}

/** @param directory absolute; made when missing */
export function openLog(directory: string, { maxBytes = 1_000_000, keep = 3 }: LogOptions = {}): Log {
  const path = (index: number): string =>
    join(directory, index === 0 ? 'semblance.log' : `semblance.${index}.log`);

  function makeRoom(bytes: number): void {
    mkdirSync(directory, { recursive: true });
    if (!existsSync(path(0)) || statSync(path(0)).size + bytes <= maxBytes) return;
    // The oldest is replaced by the one after it.
    for (let index = keep; index > 0; index--)
      if (existsSync(path(index - 1))) renameSync(path(index - 1), path(index));
  }

  return {
    directory,
    write(entry) {
      const line = `${logLine(entry, new Date())}\n`;
      try {
        makeRoom(Buffer.byteLength(line));
        appendFileSync(path(0), line, { mode: 0o600 });
      } catch {
        // A full or read-only disk: the app says so where it matters.
      }
    },
    lines() {
      const read = (index: number): string[] => {
        try {
          return readFileSync(path(index), 'utf8').split('\n').slice(0, -1);
        } catch {
          return [];
        }
      };
      return [...read(1), ...read(0)];
    },
  };
}
