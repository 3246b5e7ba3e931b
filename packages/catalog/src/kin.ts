// Photos without a present file that a new file may be, moved and edited since the last look.
import type { PhotoId } from '@semblance/contract';
import { type KinCandidate, type KinFile, type KinShot, kinOf } from '@semblance/core';
import type { Sql } from './sql.ts';
import type { PhotoFacts } from './types.ts';

interface FileRow {
  rel_path: string;
  serial: string | null;
  volume: string | null;
  root_id: number;
}

interface CandidateRow extends FileRow {
  photo_id: string;
  taken_at: number;
  date_source: string;
  camera_make: string | null;
  camera_model: string | null;
  maybe_elsewhere: 0 | 1;
}

const CANDIDATE = `f.rel_path, f.serial, r.volume, f.root_id, p.id AS photo_id, p.taken_at, p.date_source, p.camera_make,
  p.camera_model, EXISTS (SELECT 1 FROM files w WHERE w.size = p.bytes AND w.status = 'pending'
    AND w.presence = 'present' AND w.id <> ?1) AS maybe_elsewhere`;

/** Every missing file that is this file by its serial number, every one of the same second, and the one missed at its path. */
const CANDIDATES = `
SELECT ${CANDIDATE} FROM files f JOIN photos p ON p.id = f.photo_id JOIN roots r ON r.id = f.root_id
WHERE f.presence = 'missing' AND p.present_files = 0 AND f.serial = ?2
UNION ALL
SELECT ${CANDIDATE} FROM photos p CROSS JOIN files f ON f.photo_id = p.id JOIN roots r ON r.id = f.root_id
WHERE p.present_files = 0 AND p.taken_at = ?3 AND f.presence = 'missing'
UNION ALL
SELECT ${CANDIDATE} FROM files f JOIN photos p ON p.id = f.former_photo_id JOIN roots r ON r.id = f.root_id
WHERE f.id = ?1 AND p.present_files = 0 AND p.taken_at = ?3`;

/** @param fileId a new file without a photo, whose bytes nobody knows */
export function findKin(sql: Sql, fileId: number, facts: PhotoFacts): { id: PhotoId } | null {
  const row = sql.get<FileRow>(
    'SELECT f.rel_path, f.serial, r.volume, f.root_id FROM files f JOIN roots r ON r.id = f.root_id WHERE f.id = ?',
    fileId,
  );
  if (row === undefined) return null;
  const { takenAt, dateSource, camera } = facts;
  const shot = shotOf(takenAt, dateSource, camera.make, camera.model);
  const rows = sql.all<CandidateRow>(CANDIDATES, fileId, row.serial, shot.takenAt);
  const id = rows.length === 0 ? null : kinOf(fileOf(row, shot), rows.map(candidate));
  return id === null ? null : { id };
}

function candidate(row: CandidateRow): KinCandidate {
  const shot = shotOf(row.taken_at, row.date_source, row.camera_make, row.camera_model);
  return { ...fileOf(row, shot), photoId: row.photo_id, maybeElsewhere: row.maybe_elsewhere === 1 };
}

function fileOf(row: FileRow, shot: KinShot): KinFile {
  return { relPath: row.rel_path, serial: row.serial, volume: row.volume, rootId: row.root_id, shot };
}

function shotOf(
  takenAt: number | null,
  source: string | null,
  make: string | null,
  model: string | null,
): KinShot {
  return { takenAt: source === 'exif' ? takenAt : null, make, model };
}
