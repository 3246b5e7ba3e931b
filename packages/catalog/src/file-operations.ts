// The journal of moves to the trash and back, and what a move means for the files on record.

import type {
  FileFacts,
  FileOperation,
  FileOperationsReader,
  FileOperationsWriter,
  ShotFacts,
} from './file-operations-types.ts';
import { forgetMissing } from './missing.ts';
import { absolute, relativeTo } from './paths.ts';
import { type TileRow, tile } from './photo-rows.ts';
import { TILE } from './photos.ts';
import type { Sql } from './sql.ts';

interface FactsRow {
  id: number;
  root_id: number;
  root_path: string;
  root_state: 'online' | 'offline';
  rel_path: string;
  size: number;
  mtime_ms: number;
  inode: string | null;
  presence: 'present' | 'missing';
  status: 'pending' | 'ready' | 'failed';
  photo_id: string | null;
  content_hash: string | null;
}

const FACTS = `
SELECT f.id, f.root_id, r.path AS root_path, r.state AS root_state, f.rel_path, f.size, f.mtime_ms, f.inode, f.presence,
  f.status, f.photo_id, p.content_hash
FROM json_each(?) wanted JOIN files f ON f.id = wanted.value JOIN roots r ON r.id = f.root_id
LEFT JOIN photos p ON p.id = f.photo_id`;

interface OperationRow {
  id: number;
  act_id: number;
  unit: number;
  at: number;
  file_id: number | null;
  photo_id: string | null;
  keeper_id: string | null;
  path: string;
  bytes: number;
  modified_at: number;
  inode: string | null;
  content_hash: string | null;
  receipt: string;
  state: FileOperation['state'];
  message: string | null;
  inherited: string | null;
}

/** An act none of whose files is in the trash any more has nothing left to undo. */
const CLOSE_ACT = `
UPDATE acts SET undone_at = ?1 WHERE id = (SELECT act_id FROM file_operations WHERE id = ?2) AND undone_at IS NULL
AND NOT EXISTS (
  SELECT 1 FROM file_operations o WHERE o.act_id = acts.id AND o.state IN ('planned', 'done', 'undoing'))`;

/** `back`: its photo lies at that very place again. Paths are compared with "/" on every system. */
const THROWN_AWAY = `
SELECT o.*, (SELECT count(*) FROM file_operations s
    WHERE s.act_id = o.act_id AND s.unit = o.unit AND s.state = 'done') AS unit_files,
  (SELECT sum(s.bytes) FROM file_operations s
    WHERE s.act_id = o.act_id AND s.unit = o.unit AND s.state = 'done') AS unit_bytes
FROM file_operations o WHERE o.state = 'done' AND o.dismissed = 0
  AND NOT EXISTS (SELECT 1 FROM file_operations s WHERE s.act_id = o.act_id AND s.unit = o.unit AND s.state = 'done'
    AND o.file_id IS NULL AND (s.file_id IS NOT NULL OR s.id < o.id))
  AND NOT EXISTS (SELECT 1 FROM files f JOIN roots r ON r.id = f.root_id
    WHERE f.photo_id = o.photo_id AND f.presence = 'present'
      AND replace(rtrim(r.path, '/\\') || '/' || f.rel_path, '\\', '/') = replace(o.path, '\\', '/'))`;

interface ShotRow {
  latitude: number | null;
  longitude: number | null;
  taken_at: number;
  date_source: ShotFacts['dateSource'];
}

export function fileOperationsPart(sql: Sql): FileOperationsReader & FileOperationsWriter {
  return { ...readingPart(sql), ...journalPart(sql), ...movingPart(sql) };
}

function readingPart(sql: Sql): FileOperationsReader {
  return {
    fileFacts: (ids) =>
      new Map(sql.all<FactsRow>(FACTS, JSON.stringify(ids)).map((row) => [row.id, fileFacts(row)])),
    filesOf: (photoIds) =>
      sql
        .all<{ id: number }>(
          `SELECT f.id FROM json_each(?) wanted CROSS JOIN files f ON f.photo_id = wanted.value
           WHERE f.presence = 'present' ORDER BY wanted.key, f.id`,
          JSON.stringify(photoIds),
        )
        .map((row) => row.id),
    fileOperations: (actId) =>
      sql
        .all<OperationRow>('SELECT * FROM file_operations WHERE act_id = ? ORDER BY id', actId)
        .map(operation),
    unfinishedActs: () =>
      sql
        .all<{ act_id: number }>(
          `SELECT DISTINCT act_id FROM file_operations WHERE state IN ('planned', 'undoing') ORDER BY act_id`,
        )
        .map((row) => row.act_id),
    thrownAway: ({ offset, limit }) => {
      const sum = sql.get<{ total: number; bytes: number }>(
        `SELECT count(*) AS total, coalesce(sum(unit_bytes), 0) AS bytes FROM (${THROWN_AWAY})`,
      ) ?? { total: 0, bytes: 0 };
      const rows = sql.all<OperationRow & { unit_files: number; unit_bytes: number }>(
        `${THROWN_AWAY} ORDER BY o.id DESC LIMIT ? OFFSET ?`,
        limit,
        offset,
      );
      return {
        ...sum,
        files: rows.map((row) => ({
          ...operation(row),
          unitFiles: row.unit_files,
          unitBytes: row.unit_bytes,
        })),
      };
    },
    tileOfBytes: (photoId, contentHash) => {
      const row = sql.get<TileRow>(
        `SELECT ${TILE} FROM photos p WHERE p.id = ? AND p.content_hash = ?`,
        photoId,
        contentHash,
      );
      return row === undefined ? null : tile(row);
    },
    fileOperationsById: (ids) =>
      sql
        .all<OperationRow>(
          'SELECT o.* FROM json_each(?) wanted JOIN file_operations o ON o.id = wanted.value ORDER BY o.id',
          JSON.stringify(ids),
        )
        .map(operation),
    shot: (id) => {
      const row = sql.get<ShotRow>(
        'SELECT latitude, longitude, taken_at, date_source FROM photos WHERE id = ?',
        id,
      );
      if (row === undefined) return null;
      const { latitude, longitude, taken_at: takenAt, date_source: dateSource } = row;
      const place = latitude === null || longitude === null ? null : { latitude, longitude };
      return { place, takenAt, dateSource };
    },
  };
}

function journalPart(
  sql: Sql,
): Pick<FileOperationsWriter, 'planFileOperations' | 'changeFileOperation' | 'dismissThrownAway'> {
  return {
    planFileOperations: (plans) =>
      sql.transaction(() => {
        const at = Date.now();
        return plans.map(
          (plan) =>
            sql.run(
              `INSERT INTO file_operations (act_id, unit, at, file_id, photo_id, keeper_id, path, bytes, modified_at,
                 inode, content_hash, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
              plan.actId,
              plan.unit,
              at,
              plan.fileId,
              plan.photoId,
              plan.keeperId,
              plan.path,
              plan.bytes,
              plan.modifiedAt,
              plan.inode,
              plan.contentHash,
              JSON.stringify(plan.receipt),
            ).lastId,
        );
      }),
    changeFileOperation: (id, { state, message, receipt, inherited }) =>
      sql.transaction(() => {
        sql.run(
          `UPDATE file_operations SET state = coalesce(?2, state), message = CASE WHEN ?3 THEN ?4 ELSE message END,
           receipt = coalesce(?5, receipt), inherited = CASE WHEN ?6 THEN ?7 ELSE inherited END WHERE id = ?1`,
          id,
          state ?? null,
          message !== undefined,
          message ?? null,
          receipt === undefined ? null : JSON.stringify(receipt),
          inherited !== undefined,
          inherited === undefined || inherited === null ? null : JSON.stringify(inherited),
        );
        if (state === 'undone' || state === 'failed') sql.run(CLOSE_ACT, Date.now(), id);
      }),
    dismissThrownAway: (ids) =>
      void sql.run(
        `UPDATE file_operations SET dismissed = 1 WHERE id IN (
           SELECT s.id FROM json_each(?) wanted JOIN file_operations o ON o.id = wanted.value
           JOIN file_operations s ON s.act_id = o.act_id AND s.unit = o.unit)`,
        JSON.stringify(ids),
      ),
  };
}

function movingPart(sql: Sql): Pick<FileOperationsWriter, 'fileGone' | 'fileBack' | 'setShot'> {
  return {
    fileGone: (fileId) => void sql.run('DELETE FROM files WHERE id = ?', fileId),
    fileBack: ({ fileId, path, bytes, modifiedAt, inode, contentHash }) =>
      sql.transaction(() => {
        const place = placeOf(sql, path);
        if (place === null) return;
        const photoId =
          sql.get<{ id: string }>('SELECT id FROM photos WHERE content_hash = ?', contentHash)?.id ?? null;
        const id = rowFor(sql, fileId, place);
        sql.run(
          `UPDATE files SET root_id = ?, rel_path = ?, size = ?, mtime_ms = ?, inode = ?, presence = 'present',
             status = ?, photo_id = ?, failure_reason = NULL, failure_message = NULL, attempts = 0 WHERE id = ?`,
          place.rootId,
          place.relPath,
          bytes,
          Math.trunc(modifiedAt),
          inode,
          // Its photo may have been edited meanwhile and be another one now: then these bytes are looked at again.
          photoId === null ? 'pending' : 'ready',
          photoId,
          id,
        );
        if (photoId !== null) forgetMissing(sql, photoId);
      }),
    setShot: (id, { place, takenAt, dateSource }) => {
      sql.run(
        `UPDATE photos SET latitude = CASE WHEN ?2 THEN ?3 ELSE latitude END,
           longitude = CASE WHEN ?2 THEN ?4 ELSE longitude END, taken_at = coalesce(?5, taken_at),
           date_source = coalesce(?6, date_source) WHERE id = ?1`,
        id,
        place !== undefined,
        place?.latitude ?? null,
        place?.longitude ?? null,
        takenAt === undefined ? null : Math.trunc(takenAt),
        dateSource ?? null,
      );
    },
  };
}

interface FilePlace {
  rootId: number;
  relPath: string;
}

function placeOf(sql: Sql, path: string): FilePlace | null {
  for (const root of sql.all<{ id: number; path: string }>('SELECT id, path FROM roots')) {
    const relPath = relativeTo(root.path, path);
    if (relPath !== null && relPath !== '') return { rootId: root.id, relPath };
  }
  return null;
}

/** The row of a file that is back: the one at its place, else its old one where that is unused, else a new one. */
function rowFor(sql: Sql, fileId: number | null, { rootId, relPath }: FilePlace): number {
  const there = sql.get<{ id: number }>(
    'SELECT id FROM files WHERE root_id = ? AND rel_path = ?',
    rootId,
    relPath,
  );
  if (there !== undefined) return there.id;
  const old = sql.get<{ presence: string }>('SELECT presence FROM files WHERE id = ?', fileId);
  if (old?.presence === 'missing' && fileId !== null) return fileId;
  return sql.run(
    'INSERT INTO files (id, root_id, rel_path, size, mtime_ms) VALUES (?, ?, ?, 0, 0)',
    old === undefined ? fileId : null,
    rootId,
    relPath,
  ).lastId;
}

function fileFacts(row: FactsRow): FileFacts {
  return {
    fileId: row.id,
    folderId: row.root_id,
    folderPath: row.root_path,
    online: row.root_state === 'online',
    path: absolute(row.root_path, row.rel_path),
    relPath: row.rel_path,
    bytes: row.size,
    modifiedAt: row.mtime_ms,
    inode: row.inode,
    present: row.presence === 'present',
    ready: row.status === 'ready',
    photoId: row.photo_id,
    contentHash: row.content_hash,
  };
}

function operation(row: OperationRow): FileOperation {
  return {
    id: row.id,
    actId: row.act_id,
    unit: row.unit,
    at: row.at,
    fileId: row.file_id,
    photoId: row.photo_id,
    keeperId: row.keeper_id,
    path: row.path,
    bytes: row.bytes,
    modifiedAt: row.modified_at,
    inode: row.inode,
    contentHash: row.content_hash,
    receipt: JSON.parse(row.receipt),
    state: row.state,
    message: row.message,
    inherited: row.inherited === null ? null : JSON.parse(row.inherited),
  };
}
