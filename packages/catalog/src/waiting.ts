// The queue: which files to look at next, which are being looked at, and which killed their process.
import type { FailureReason } from '@semblance/contract';
import { absolute } from './paths.ts';
import type { Sql } from './sql.ts';
import type { Catalog, WaitingFile } from './types.ts';

type WaitingPart = Pick<
  Catalog,
  | 'nextPending'
  | 'maybeMoved'
  | 'missingEmbeddings'
  | 'markInFlight'
  | 'clearInFlight'
  | 'inFlightLeftovers'
  | 'countAttempt'
  | 'failFile'
  | 'postpone'
  | 'nextCopied'
  | 'retryFailed'
>;

interface FileRow {
  id: number;
  root_id: number;
  root_path: string;
  rel_path: string;
  photo_id: string | null;
  size: number;
  mtime_ms: number;
  attempts: number;
  waiting_since: number | null;
}

const COLUMNS =
  'f.id, f.root_id, r.path AS root_path, f.rel_path, f.photo_id, f.size, f.mtime_ms, f.attempts, f.waiting_since';

/** Exported for the test that looks at its query plan. CROSS JOIN keeps SQLite at the index that is in the wanted order. */
export const NEXT_PENDING = `
SELECT ${COLUMNS} FROM files f CROSS JOIN roots r ON r.id = f.root_id
WHERE f.status = 'pending' AND f.presence = 'present' AND r.state = 'online'
  AND f.id NOT IN (SELECT value FROM json_each(?)) AND f.not_before <= ?
ORDER BY f.mtime_ms DESC, f.id LIMIT ?`;

const PENDING_OF = `
SELECT ${COLUMNS} FROM json_each(?) wanted CROSS JOIN files f ON f.photo_id = wanted.value CROSS JOIN roots r ON r.id = f.root_id
WHERE f.status = 'pending' AND f.presence = 'present' AND r.state = 'online'
  AND f.id NOT IN (SELECT value FROM json_each(?)) AND f.not_before <= ?
LIMIT ?`;

const MAYBE_MOVED = `
SELECT DISTINCT ${COLUMNS} FROM files changed CROSS JOIN photos p ON p.id = changed.photo_id
CROSS JOIN files f ON f.size = p.bytes AND f.id <> changed.id CROSS JOIN roots r ON r.id = f.root_id
WHERE changed.status = 'pending' AND changed.presence = 'present'
  AND f.status = 'pending' AND f.presence = 'present' AND r.state = 'online'`;

const MISSING_OF = `CROSS JOIN files f ON f.id = (
    SELECT f2.id FROM files f2 JOIN roots r2 ON r2.id = f2.root_id
    WHERE f2.photo_id = p.id AND f2.presence = 'present' AND f2.status = 'ready' AND r2.state = 'online' LIMIT 1)
  CROSS JOIN roots r ON r.id = f.root_id
WHERE p.present_files > 0 AND p.id NOT IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.model_key = ? AND e.photo_id = p.id)
ORDER BY p.taken_at DESC, p.id LIMIT ?`;

/** Exported for the test that looks at its query plan. */
export const MISSING_EMBEDDINGS = `SELECT ${COLUMNS} FROM photos p ${MISSING_OF}`;

const MISSING_AMONG = `SELECT ${COLUMNS} FROM json_each(?) among CROSS JOIN photos p ON p.id = among.value ${MISSING_OF}`;

export function waitingPart(sql: Sql): WaitingPart {
  const fail = (fileId: number, reason: FailureReason, message: string) =>
    sql.transaction(() => {
      sql.run(
        `UPDATE files SET status = 'failed', failure_reason = ?, failure_message = ?, not_before = 0,
           waiting_since = NULL WHERE id = ?`,
        reason,
        message,
        fileId,
      );
      sql.run('DELETE FROM in_flight WHERE file_id = ?', fileId);
    });

  return {
    nextPending: ({ limit, exclude = [], first = [] }) => {
      const on = JSON.stringify(exclude);
      const now = Date.now();
      const early =
        first.length === 0 ? [] : sql.all<FileRow>(PENDING_OF, JSON.stringify(first), on, now, limit);
      const ids = early.map((row) => row.id);
      const rest = ids.length === 0 ? on : JSON.stringify([...exclude, ...ids]);
      return [...early, ...sql.all<FileRow>(NEXT_PENDING, rest, now, limit - early.length)].map(waiting);
    },
    maybeMoved: () => sql.all<FileRow>(MAYBE_MOVED).map(waiting),
    missingEmbeddings: (modelKey, limit, exclude = [], among) => {
      const not = JSON.stringify(exclude);
      const rows =
        among === undefined
          ? sql.all<FileRow>(MISSING_EMBEDDINGS, not, modelKey, limit)
          : sql.all<FileRow>(MISSING_AMONG, JSON.stringify(among), not, modelKey, limit);
      return rows.map(waiting);
    },
    markInFlight: (fileIds) =>
      sql.transaction(() => {
        for (const id of fileIds) {
          sql.run(
            `INSERT OR REPLACE INTO in_flight (file_id, started_at) SELECT id, ? FROM files WHERE id = ?`,
            Date.now(),
            id,
          );
        }
      }),
    clearInFlight: (fileIds) =>
      sql.transaction(() => {
        for (const id of fileIds) sql.run('DELETE FROM in_flight WHERE file_id = ?', id);
      }),
    inFlightLeftovers: () =>
      sql.transaction(() => {
        sql.run('UPDATE files SET attempts = attempts + 1 WHERE id IN (SELECT file_id FROM in_flight)');
        const rows = sql.all<FileRow>(
          `SELECT ${COLUMNS} FROM in_flight i JOIN files f ON f.id = i.file_id JOIN roots r ON r.id = f.root_id
           WHERE f.status = 'pending' AND f.presence = 'present' AND r.state = 'online' ORDER BY i.started_at, f.id`,
        );
        sql.run('DELETE FROM in_flight');
        return rows.map(waiting);
      }),
    countAttempt: (fileId) =>
      sql.transaction(() => {
        sql.run('DELETE FROM in_flight WHERE file_id = ?', fileId);
        return (
          sql.get<{ attempts: number }>(
            'UPDATE files SET attempts = attempts + 1 WHERE id = ? RETURNING attempts',
            fileId,
          )?.attempts ?? 0
        );
      }),
    failFile: fail,
    postpone: (fileId, now, notBefore) =>
      sql.transaction(() => {
        sql.run(
          `UPDATE files SET size = ?, mtime_ms = ?, changed_ms = ?, not_before = ?,
             waiting_since = coalesce(waiting_since, ?) WHERE id = ?`,
          ...[now.size, Math.trunc(now.mtimeMs), now.changedMs, notBefore, Date.now(), fileId],
        );
        sql.run('DELETE FROM in_flight WHERE file_id = ?', fileId);
      }),
    nextCopied: () =>
      sql.get<{ at: number | null }>(
        `SELECT min(f.not_before) AS at FROM files f JOIN roots r ON r.id = f.root_id
         WHERE f.not_before > 0 AND f.status = 'pending' AND f.presence = 'present' AND r.state = 'online'`,
      )?.at ?? null,
    retryFailed: (reasons = null, fileIds = null) =>
      sql.run(
        `UPDATE files SET status = 'pending', failure_reason = NULL, failure_message = NULL, attempts = 0
         WHERE status = 'failed' AND presence = 'present'
           AND (?1 IS NULL OR failure_reason IN (SELECT value FROM json_each(?1)))
           AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))`,
        reasons === null ? null : JSON.stringify(reasons),
        fileIds === null ? null : JSON.stringify(fileIds),
      ).changes,
  };
}

function waiting(row: FileRow): WaitingFile {
  return {
    fileId: row.id,
    rootId: row.root_id,
    path: absolute(row.root_path, row.rel_path),
    photoId: row.photo_id,
    bytes: row.size,
    modifiedAt: row.mtime_ms,
    attempts: row.attempts,
    waitingSince: row.waiting_since,
  };
}
