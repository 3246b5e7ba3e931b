// The text of "Copy Diagnostics": facts first, then what the app did lately, for a person to read before it is sent.
import { type Fact, plainFacts, shareableLine } from './log-entry.ts';

/** So many lines of the log, the newest. */
const LINES = 200;

export interface Diagnostics {
  /** By part: `app`, `machine`, `library`. */
  facts: Readonly<Record<string, Readonly<Record<string, Fact>>>>;
  /** Of the log, oldest first. */
  log: readonly string[];
  withNames: boolean;
}

export function diagnosticsText({ facts, log, withNames }: Diagnostics): string {
  const parts = Object.entries(facts).flatMap(([part, values]) => [
    `[${part}]`,
    ...Object.entries(plainFacts(values)).map(([key, value]) => `${key}: ${value}`),
    '',
  ]);
  const lines = log.slice(-LINES).flatMap((line) => shareableLine(line, withNames) ?? []);
  return ['Semblance', '', ...parts, '[log]', ...lines, ''].join('\n');
}
