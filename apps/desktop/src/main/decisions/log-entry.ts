// What is written to the log, so that it can be handed on: facts are numbers and short names of our own; whatever may
// name a file, a folder or a person goes into `names`, and is left out of diagnostics unless asked for.

export type Fact = number | boolean | string | null;

export interface LogEntry {
  from: 'app' | 'window' | 'engine' | 'compute';
  /** What happened, in words of our own: `engine-exited`. */
  what: string;
  facts?: Readonly<Record<string, Fact>>;
  /** An error's message, a line that a process wrote: may say anything. */
  names?: string;
}

/** A path, a sentence or a name has characters beyond these, or is longer. */
const PLAIN = /^[\w.+-]{0,40}$/;
const LONGEST_NAMES = 2000;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/;

/** One line of JSON, without its end. */
export function logLine({ from, what, facts, names }: LogEntry, at: Date): string {
  return JSON.stringify({
    at: at.toISOString(),
    from,
    what,
    ...(facts && { facts: plainFacts(facts) }),
    ...(names !== undefined && { names: names.slice(0, LONGEST_NAMES) }),
  });
}

/** Only what is surely no name: anything else becomes "…". */
export function plainFacts(facts: Readonly<Record<string, unknown>>): Record<string, Fact> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): Fact {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' && PLAIN.test(value) ? value : '…';
}

/** @returns the line as it may be handed on, or null for one that says nothing then (or was damaged) */
export function shareableLine(line: string, withNames: boolean): string | null {
  try {
    const { at, from, what, facts, names } = JSON.parse(line) as Record<string, unknown>;
    if (typeof at !== 'string' || !TIME.test(at)) return null;
    const entry = {
      at,
      from: plain(from),
      what: plain(what),
      ...(typeof facts === 'object' && facts !== null && { facts: plainFacts({ ...facts }) }),
    };
    return JSON.stringify(withNames && typeof names === 'string' ? { ...entry, names } : entry);
  } catch {
    return null;
  }
}
