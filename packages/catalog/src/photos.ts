// Reading photos: grid tiles, one photo in full, and where its files are.
import type { PhotoFile, PhotoTile } from '@semblance/contract';
import { HAS_LABEL } from './label-rows.ts';
import { absolute, relativeTo } from './paths.ts';
import { type PhotoRow, photoRecord, type TileRow, tile } from './photo-rows.ts';
import type { Sql } from './sql.ts';
import type { CatalogReader, PhotoPath } from './types.ts';

type PhotosPart = Pick<
  CatalogReader,
  'tiles' | 'photo' | 'contentHash' | 'pathOf' | 'pathsOf' | 'photoByPath'
>;

/** Labels that are marked sensitive, and those below them. */
const SENSITIVE = `WITH RECURSIVE veil (id) AS (SELECT id FROM labels WHERE sensitive = 1
      UNION SELECT l.id FROM labels l JOIN veil ON l.parent_id = veil.id) SELECT id FROM veil`;

export const TILE = `p.id, p.width, p.height, p.taken_at, p.content_hash, p.placeholder, p.favourite, NOT EXISTS (
    SELECT 1 FROM files f JOIN roots r ON r.id = f.root_id
    WHERE f.photo_id = p.id AND f.presence = 'present' AND r.state = 'online') AS offline,
  EXISTS (SELECT 1 FROM photos w WHERE w.leader = p.id AND w.present_files > 0) AS raw,
  EXISTS (SELECT 1 FROM files w WHERE w.photo_id = p.id AND w.live = 1 AND w.presence = 'present') AS live,
  EXISTS (SELECT 1 FROM label_photos lp WHERE lp.photo_id = p.id AND ${HAS_LABEL}
    AND lp.label_id IN (${SENSITIVE})) AS sensitive`;

const TILES = `SELECT ${TILE} FROM json_each(?) wanted JOIN photos p ON p.id = wanted.value
WHERE p.present_files > 0 AND p.hidden = ? AND (? OR p.leader IS NULL)`;

/** Files of the wanted photos; a photo's best file comes first. */
const FILES = `
SELECT f.photo_id, f.id, r.id AS root_id, r.path AS root_path, f.rel_path, f.size,
  f.presence = 'present' AND r.state = 'online' AS reachable
FROM json_each(?) wanted CROSS JOIN files f ON f.photo_id = wanted.value CROSS JOIN roots r ON r.id = f.root_id
ORDER BY f.photo_id, reachable DESC, f.status = 'ready' DESC, f.presence = 'present' DESC, f.id`;

interface FileRow {
  photo_id: string;
  id: number;
  root_id: number;
  root_path: string;
  rel_path: string;
  size: number;
  reachable: 0 | 1;
}

export function photosPart(sql: Sql): PhotosPart {
  const files = (ids: readonly string[]) => sql.all<FileRow>(FILES, JSON.stringify(ids));
  const pathsOf = (ids: readonly string[]) => {
    const best = new Map<string, PhotoPath>();
    for (const row of files(ids)) if (!best.has(row.photo_id)) best.set(row.photo_id, path(row));
    return best;
  };

  return {
    tiles: (ids, hidden = false, followers = false) => {
      const rows = sql.all<TileRow>(TILES, JSON.stringify(ids), hidden, followers);
      return new Map<string, PhotoTile>(rows.map((row) => [row.id, tile(row)]));
    },
    photo: (id, modelKey) => {
      const row = sql.get<PhotoRow>(
        `SELECT p.*, ${TILE}, EXISTS (
           SELECT 1 FROM embeddings e WHERE e.model_key = ? AND e.photo_id = p.id) AS searchable,
           (SELECT json_group_array(k.keyword ORDER BY k.keyword) FROM photo_keywords k WHERE k.photo_id = p.id) AS keywords
         FROM photos p WHERE p.id = ?`,
        modelKey,
        id,
      );
      if (row === undefined) return null;
      const followers =
        row.raw === 1 ? sql.all<{ id: string }>('SELECT id FROM photos WHERE leader = ?', id) : [];
      const together = files(followers.map((follower) => follower.id));
      return photoRecord(row, [...files([id]), ...together].map(photoFile));
    },
    contentHash: (id) =>
      sql.get<{ content_hash: string }>('SELECT content_hash FROM photos WHERE id = ?', id)?.content_hash ??
      null,
    pathsOf,
    pathOf: (id) => pathsOf([id]).get(id) ?? null,
    photoByPath: (target) => {
      for (const root of sql.all<{ id: number; path: string }>('SELECT id, path FROM roots')) {
        const relPath = relativeTo(root.path, target);
        if (relPath !== null) return photoAt(sql, root.id, relPath);
      }
      return null;
    },
  };
}

/** By the exact spelling, else by a spelling that is the same in NFC. */
function photoAt(sql: Sql, rootId: number, relPath: string): string | null {
  for (const spelling of new Set([relPath, relPath.normalize('NFC'), relPath.normalize('NFD')])) {
    const row = sql.get<{ photo_id: string | null }>(
      'SELECT photo_id FROM files WHERE root_id = ? AND rel_path = ?',
      rootId,
      spelling,
    );
    if (row !== undefined) return row.photo_id;
  }
  return null;
}

function path(row: FileRow): PhotoPath {
  return { fileId: row.id, path: absolute(row.root_path, row.rel_path), reachable: row.reachable === 1 };
}

function photoFile(row: FileRow): PhotoFile {
  return { path: path(row).path, folderId: row.root_id, bytes: row.size, reachable: row.reachable === 1 };
}
