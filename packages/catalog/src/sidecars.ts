// What was written into sidecars, and what is still to be written.
import type { PhotoId } from '@semblance/contract';
import { absolute } from './paths.ts';
import type { Sql } from './sql.ts';

/** In place of a date that any file could have. */
export const CHANGE_EXPECTED = -1;

export interface SidecarFile {
  fileId: number;
  /** Of the picture. */
  path: string;
  /** Label paths written into its sidecar last time. */
  written: string[][];
}

export interface SidecarsReader {
  /** Photos whose labels have changed since their sidecars were written. */
  sidecarDue(limit: number): PhotoId[];
  sidecarsWaiting(): number;
  /** Files of a photo that can be reached now. */
  sidecarFiles(photoId: PhotoId): SidecarFile[];
}

export interface SidecarsWriter {
  markSidecarDue(photoIds: readonly PhotoId[]): void;
  clearSidecarDue(photoId: PhotoId): void;
  setSidecar(fileId: number, tags: readonly (readonly string[])[]): void;
  /** The file was written into: the next scan reads it again, whatever its size and date say. */
  expectChange(fileId: number): void;
}

/**
 * Labels that were written into a sidecar or a picture from here are labels already, and not words of somebody else's.
 *
 * @returns the others
 */
export function othersKeywords(sql: Sql, fileId: number, keywords: readonly string[]): string[] {
  const row = sql.get<{ tags: string }>(`SELECT (${WRITTEN}) AS tags FROM files f WHERE f.id = ?`, fileId);
  const paths = JSON.parse(row?.tags ?? '[]') as string[][];
  const ours = new Set(paths.flatMap((path) => [path.at(-1) ?? '', path.join('/')]));
  return keywords.filter((keyword) => !ours.has(keyword));
}

/** The sidecar went along when a file was moved: what was written into it is on record with its new place. */
export function passSidecarOn(sql: Sql, photoId: PhotoId): void {
  sql.run(
    `INSERT OR IGNORE INTO sidecars (file_id, tags, written_at)
     SELECT f.id, s.tags, s.written_at FROM files gone JOIN sidecars s ON s.file_id = gone.id
       JOIN files f ON f.photo_id = gone.photo_id AND f.presence = 'present'
     WHERE gone.photo_id = ? AND gone.presence = 'missing' ORDER BY s.written_at DESC`,
    photoId,
  );
}

/** What was written last for file `f`, or for another one of its photo: a copy may have been made of both. */
const WRITTEN = `SELECT s.tags FROM files o JOIN sidecars s ON s.file_id = o.id
  WHERE o.id = f.id OR o.photo_id = f.photo_id ORDER BY o.id <> f.id, s.written_at DESC LIMIT 1`;

interface FileRow {
  id: number;
  root_path: string;
  rel_path: string;
  tags: string | null;
}

export function sidecarsPart(sql: Sql): SidecarsReader & SidecarsWriter {
  return {
    sidecarDue: (limit) =>
      sql
        .all<{ photo_id: PhotoId }>('SELECT photo_id FROM sidecar_due LIMIT ?', limit)
        .map((row) => row.photo_id),
    sidecarsWaiting: () => sql.get<{ n: number }>('SELECT count(*) AS n FROM sidecar_due')?.n ?? 0,
    sidecarFiles: (photoId) =>
      sql
        .all<FileRow>(
          `SELECT f.id, r.path AS root_path, f.rel_path, (${WRITTEN}) AS tags
           FROM files f JOIN roots r ON r.id = f.root_id WHERE f.photo_id = ? AND f.presence = 'present' AND r.state = 'online' ORDER BY f.id`,
          photoId,
        )
        .map((row) => ({
          fileId: row.id,
          path: absolute(row.root_path, row.rel_path),
          written: JSON.parse(row.tags ?? '[]') as string[][],
        })),
    markSidecarDue: (photoIds) => {
      sql.run(
        `INSERT OR IGNORE INTO sidecar_due (photo_id) SELECT p.id FROM json_each(?) j JOIN photos p ON p.id = j.value`,
        JSON.stringify(photoIds),
      );
    },
    clearSidecarDue: (photoId) => void sql.run('DELETE FROM sidecar_due WHERE photo_id = ?', photoId),
    expectChange: (fileId) =>
      void sql.run('UPDATE files SET mtime_ms = ? WHERE id = ?', CHANGE_EXPECTED, fileId),
    setSidecar: (fileId, tags) => {
      sql.run(
        `INSERT OR REPLACE INTO sidecars (file_id, tags, written_at) SELECT id, ?2, ?3 FROM files WHERE id = ?1`,
        fileId,
        JSON.stringify(tags),
        Date.now(),
      );
    },
  };
}
