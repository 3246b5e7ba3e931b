// What commands print: human lines by default, one JSON object on stdout with --json, progress on stderr.
import { SemblanceError } from '@semblance/contract';

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Wrong use of a command that only the command itself can see. */
export class UsageError extends Error {}

/** The user ended the command before it was done. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted; what is done is kept, and the same command goes on.');
  }
}

/** The command did what it does, and the answer, which has been printed, is bad news. */
export class Failed extends Error {}

export interface Output {
  readonly json: boolean;
  /** The command's answer: printed as JSON, or by `human`. */
  answer(value: unknown, human: () => string): void;
  /** For people only: never on stdout in JSON mode. */
  say(line: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    answer: (value, human) =>
      void process.stdout.write(`${json ? JSON.stringify(value) : printable(human())}\n`),
    say: (line) => void process.stderr.write(`${printable(line)}\n`),
  };
}

/** Names of files and words in them come from strangers: a terminal takes some characters for orders. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** Prints an error in the command's form and says which exit code it means. */
export function reportError(error: unknown, json: boolean): number {
  if (error instanceof Failed) return EXIT.failed;
  const usage = error instanceof UsageError;
  const kind = kindOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (json) process.stdout.write(`${JSON.stringify({ error: { kind, message } })}\n`);
  process.stderr.write(`semblance: ${printable(message)}\n`);
  if (kind === 'INTERNAL' && process.env.SEMBLANCE_DEBUG && error instanceof Error)
    console.error(error.stack);
  const wrongUse = usage || kind === 'EMPTY_QUERY' || kind === 'QUERY_TOO_LONG';
  return wrongUse ? EXIT.usage : EXIT.failed;
}

function kindOf(error: unknown): string {
  if (error instanceof SemblanceError) return error.kind;
  if (error instanceof UsageError) return 'USAGE';
  return error instanceof Interrupted ? 'INTERRUPTED' : 'INTERNAL';
}

/** A reader that went away ends the command quietly; a disk that is full is said. Without this, Node prints a stack. */
export function surviveClosedOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.stderr.write(`semblance: cannot write the answer (${error.code}).\n`);
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
  });
  process.stderr.on('error', () => undefined);
}

/** 1234567 -> "1.2 MB". Decimal units, as file managers show. */
export function humanBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
