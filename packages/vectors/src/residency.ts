// Keeps the in-memory copy of a table: read when first searched, changed with every write, given up when too large.
import type { Table } from '@lancedb/lancedb';
import { createResident, type Resident, residentBytes } from './resident.ts';
import { eachRow, type VectorRow } from './rows.ts';

/** 300,000 photos of a 512-dimensional model. Above it searches go to LanceDB's index. */
export const RESIDENT_BYTES = 300 * 2 ** 20;

export interface Residency {
  /** The copy, read now if need be; null when the table is too large for one. */
  get(): Promise<Resident | null>;
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
}

interface Held {
  resident: Promise<Resident>;
  /** Set when it is complete. */
  ready: Resident | null;
  /** Writes while it is being read. Applied after it, in order: each says how a photo is now, so twice does no harm. */
  later: ((to: Resident) => void)[];
}

export function createResidency({ dimensions, maxBytes, count, read }: ResidencyDeps): Residency {
  let held: Held | null = null;
  const maxRows = Math.floor(maxBytes / residentBytes(1, dimensions));

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
      const resident = createResident(dimensions, maxRows);
      // One query reads one version; batch by batch, so that the process answers in between.
      for await (const batch of table.query().select(['photoId', 'vector'])) {
        for (const row of eachRow(batch, dimensions)) resident.put(row);
      }
      return resident;
    });

  return {
    async get() {
      if (count() > maxRows) {
        held = null;
        return null;
      }
      held ??= start();
      return held.resident;
    },
    fits: () => count() <= maxRows,
    changed(put, removed) {
      if (held === null) return;
      if (count() > maxRows) {
        held = null;
        return;
      }
      const apply = (to: Resident) => {
        for (const row of put) to.put(row);
        for (const id of removed) to.remove(id);
      };
      if (held.ready === null) held.later.push(apply);
      else apply(held.ready);
    },
    reset() {
      held = null;
    },
    bytes: () => held?.ready?.bytes() ?? 0,
  };
}
