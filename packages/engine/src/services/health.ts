// Whether what the library remembers is sound: the daily copy of its catalog, and vectors as they were written.
import { type Backup, backUp, type Catalog, listBackups } from '@semblance/catalog';
import { type ErrorKind, SemblanceError } from '@semblance/contract';
import { hashVector, type VectorTable } from '@semblance/vectors';
import type { ActiveModel } from '../model/active-model.ts';

export interface HealthService {
  /** The newest copy of the catalog, and why today's could not be made. */
  backup(): { takenAt: number | null; problem: ErrorKind | null };
  /**
   * Makes a copy, unless there is nothing yet or the newest is young enough: less than a day at the beginning of a
   * session, less than an hour at its end, when what was just said is in it.
   */
  backUp(when: 'begin' | 'end'): Promise<void>;
  /**
   * Photos whose stored vector is not the one that was computed, or one of whose crops cannot be what was: reads all
   * vectors of the model in use.
   */
  damagedVectors(): Promise<{ stored: number; damaged: string[] }>;
  /** Forgets these vectors: the next look at the library computes them again. */
  dropVectors(photoIds: readonly string[]): Promise<void>;
}

export interface HealthDeps {
  catalog: Catalog;
  directory: string;
  /** The one in use. */
  model: () => Pick<ActiveModel, 'vectors' | 'space'>;
}

/** Lengths of vectors in float32 differ from 1 by far less. */
const LENGTH_TOLERANCE = 0.001;
const HOUR = 3_600_000;
/** A little less than a day, so that it does not move through the day. */
const YOUNGEST = { begin: 20 * HOUR, end: HOUR };

export function createHealth({ catalog, directory, model }: HealthDeps): HealthService {
  let problem: ErrorKind | null = null;
  return {
    backup: () => ({ takenAt: newest(directory)?.takenAt ?? null, problem }),
    backUp: async (when) => {
      if (catalog.counts(null).photos === 0) return;
      try {
        await backUp(directory, YOUNGEST[when]);
        problem = null;
      } catch (error) {
        // The library goes on without: what is wrong is said where one looks after it.
        problem = error instanceof SemblanceError ? error.kind : 'LIBRARY_NOT_WRITABLE';
      }
    },
    async damagedVectors() {
      const { vectors, space } = model();
      const marked = catalog.vectorHashes(space);
      const stale = await findStale(vectors, marked);
      return { stored: vectors.ids().size, damaged: [...new Set([...stale, ...(await findBent(vectors))])] };
    },
    async dropVectors(photoIds) {
      const { vectors, space } = model();
      catalog.dropEmbeddings({ photoIds: [...photoIds], modelKey: space });
      await vectors.remove([...photoIds]);
    },
  };
}

/** Photos whose vector is another one than the catalog has on record. */
export async function findStale(
  vectors: VectorTable,
  marked: ReadonlyMap<string, string>,
): Promise<string[]> {
  const stale: string[] = [];
  for await (const rows of vectors.scan()) {
    for (const { photoId, vector } of rows) {
      const hash = marked.get(photoId);
      if (hash !== undefined && hash !== hashVector(vector)) stale.push(photoId);
    }
  }
  return stale;
}

/** Photos with a crop that is not of length 1 any more. Crops have no hash on record; what an encoder makes has that. */
async function findBent(vectors: VectorTable): Promise<string[]> {
  const bent: string[] = [];
  for await (const rows of vectors.scanCrops()) {
    for (const { photoId, vector } of rows) {
      const length = Math.hypot(...vector);
      if (!(Math.abs(length - 1) < LENGTH_TOLERANCE)) bent.push(photoId);
    }
  }
  return bent;
}

function newest(directory: string): Backup | null {
  try {
    return listBackups(directory)[0] ?? null;
  } catch {
    return null;
  }
}
