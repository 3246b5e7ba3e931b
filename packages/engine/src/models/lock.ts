// One process per model that is being fetched. As with libraries, the system holds the lock and drops it with the process.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SemblanceError } from '@semblance/contract';

/** Keeps connections alive: one that is garbage collected would let go of its lock. */
const held = new Set<DatabaseSync>();

/**
 * @param file an empty SQLite file, made when missing; it stays, because a lock on a file that is gone is none
 * @returns lets go; safe to call twice
 * @throws SemblanceError DOWNLOAD_BUSY
 */
export function lockModel(file: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (!(error instanceof Error && /locked|busy/iu.test(error.message))) throw error;
    throw new SemblanceError(
      'DOWNLOAD_BUSY',
      'Another Semblance process is fetching this model. Wait until it is done, or stop it there.',
      { cause: error },
    );
  }
  const mine = database;
  held.add(mine);
  return () => {
    if (held.delete(mine)) mine.close();
  };
}
