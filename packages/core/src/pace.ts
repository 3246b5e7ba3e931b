// How hard indexing may work: what the person chose, or what battery, idleness and a machine about to sleep suggest.
import type { Pace, PaceChoice, PaceReason } from '@semblance/contract';

/** What the host knows of the machine. Null: it cannot tell. */
export interface PowerConditions {
  battery: boolean | null;
  /** Nobody has touched keyboard or mouse for a while. */
  idle: boolean | null;
  /** The machine goes to sleep: nothing may be under way, whatever was chosen. */
  suspended: boolean;
}

export const UNKNOWN_CONDITIONS: PowerConditions = { battery: null, idle: null, suspended: false };

export interface PaceDecision {
  acting: Pace | 'stopped';
  because: PaceReason;
}

/**
 * Sleep stops everything. Else a choice is kept, and `automatic` is gentle on battery or while somebody uses the
 * machine, full while nobody does, and balanced where the host cannot tell.
 */
export function decidePace(choice: PaceChoice, { battery, idle, suspended }: PowerConditions): PaceDecision {
  if (suspended) return { acting: 'stopped', because: 'suspended' };
  if (choice !== 'automatic') return { acting: choice, because: 'chosen' };
  if (battery === true) return { acting: 'gentle', because: 'battery' };
  if (idle === null) return { acting: 'balanced', because: 'unknown' };
  return idle ? { acting: 'full', because: 'idle' } : { acting: 'gentle', because: 'active' };
}

/** What a pace means for the work. */
export interface Effort {
  /** Files given to the compute process at a time. */
  width: number;
  /** Files per batch: a pause, another pace or a look at the screen takes effect between batches. */
  batch: number;
  /** Time at rest after a batch, as a share of the time that the batch took. */
  rest: number;
  /** The longest rest, ms. */
  longestRestMs: number;
  /** Whether the compute process asks for less than the usual background share of the processor. */
  lowest: boolean;
}

/** At full pace four encoder batches, so that neither decoding nor encoding ever waits for the other. */
const FULL_WIDTH = 16;

/** @param cores processors of this machine, at least 1 */
export function effortOf(pace: Pace, cores: number): Effort {
  switch (pace) {
    case 'gentle':
      return { width: 1, batch: 8, rest: 1, longestRestMs: 5000, lowest: true };
    case 'balanced':
      return {
        width: Math.max(2, Math.ceil(cores / 2)),
        batch: 64,
        rest: 0,
        longestRestMs: 0,
        lowest: false,
      };
    case 'full':
      return { width: FULL_WIDTH, batch: 64, rest: 0, longestRestMs: 0, lowest: false };
  }
}

/** How long to rest after a batch that took so long: ms. */
export function restAfter({ rest, longestRestMs }: Effort, busyMs: number): number {
  return Math.min(longestRestMs, Math.max(0, busyMs * rest));
}
