// Keeps the in-memory copy of a table: read when first searched, changed with every write, given up when too large.
import { totalmem } from 'node:os';
import type { Table } from '@lancedb/lancedb';
import { createResident, type Resident, residentBytes } from './resident.ts';
import { eachRow, type VectorRow } from './rows.ts';

/** A million photos of a 512-dimensional model, and an eighth of the machine. Above it searches go to LanceDB's index. */
export const RESIDENT_BYTES = Math.min(2 ** 30, totalmem() / 8);
/** Share of rows of photos that are gone, before everything is read anew. */
const MOST_GONE = 0.2;
/** A table that is too large for a copy is copied for whoever must see all of it, and let go of when nobody has for a while. */
const IDLE_MS = 5 * 60_000;

export interface Residency {
  /** The copy, read now if need be; null when the table is too large for one. */
  get(): Promise<Resident | null>;
  /** The copy, however large the table is: for a while. */
  whole(): Promise<Resident>;
  /** True when the table is small enough. */
  fits(): boolean;
  /** To be called after a write, with what is now on disk. */
  changed(put: readonly VectorRow[], removed: readonly string[]): void;
  /** Forgets everything, after a write that failed half-way. The next search reads the table again. */
  reset(): void;
  bytes(): number;
}

export interface ResidencyDeps {
  dimensions: number;
  maxBytes: number;
  count: () => number;
  /** Runs a reading of the table, again when a compaction came between. */
  read: <T>(work: (table: Table) => Promise<T>) => Promise<T>;
  /** For tests: milliseconds. */
  idleMs?: number | undefined;
}

interface Held {
  resident: Promise<Resident>;
  /** Set when it is complete. */
  ready: Resident | null;
  /** Writes while it is being read. Applied after it, in order: each says how a photo is now, so twice does no harm. */
  later: ((to: Resident) => void)[];
}

export function createResidency(deps: ResidencyDeps): Residency {
  const { dimensions, maxBytes, count, read, idleMs = IDLE_MS } = deps;
  let held: Held | null = null;
  let idle: NodeJS.Timeout | undefined;
  const maxRows = Math.floor(maxBytes / residentBytes(1, dimensions));
  const fits = () => count() <= maxRows;

  function start(): Held {
    const started: Held = { resident: load(), ready: null, later: [] };
    started.resident = started.resident.then((resident) => {
      for (const apply of started.later.splice(0)) apply(resident);
      started.ready = resident;
      return resident;
    });
    started.resident.catch(() => {
      if (held === started) held = null;
    });
    return started;
  }

  const load = () =>
    read(async (table) => {
      const resident = createResident(dimensions, Math.max(maxRows, count()));
      resident.reserve(count());
      // One query reads one version; batch by batch, so that the process answers in between.
      for await (const batch of table.query().select(['photoId', 'vector'])) {
        for (const row of eachRow(batch, dimensions)) resident.put(row);
      }
      return resident;
    });

  return {
    async get() {
      if (!fits()) {
        // Where somebody else has asked for it, searches use it too.
        return held?.ready ?? null;
      }
      held ??= start();
      return held.resident;
    },
    async whole() {
      clearTimeout(idle);
      held ??= start();
      idle = setTimeout(() => {
        if (!fits()) held = null;
      }, idleMs).unref();
      return held.resident;
    },
    fits,
    changed(put, removed) {
      if (held === null) return;
      const wasSmall = count() - put.length <= maxRows;
      if (!fits() && wasSmall) {
        held = null;
        return;
      }
      const apply = (to: Resident) => {
        for (const row of put) to.put(row);
        for (const id of removed) to.remove(id);
      };
      if (held.ready === null) held.later.push(apply);
      else apply(held.ready);
      if (held.ready !== null && held.ready.gone() > MOST_GONE * held.ready.count()) held = null;
    },
    reset() {
      held = null;
    },
    bytes: () => held?.ready?.bytes() ?? 0,
  };
}
