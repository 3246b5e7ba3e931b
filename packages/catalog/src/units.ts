// Photos that are one shot: who stands for whom, and what an act on a shown photo is about.
import type { PhotoId } from '@semblance/contract';
import { type Neighbours, pairUnits, RAW_FORMATS, SHOT_FORMATS, type UnitFile } from '@semblance/core';
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

interface NeighbourRow {
  raw_id: string;
  raw_path: string;
  raw_format: string;
  raw_taken: number;
  raw_source: string;
  shot_id: string;
  shot_path: string;
  shot_format: string;
  shot_taken: number;
  shot_source: string;
}

/** What begins with the raw file's path up to its ending: "/" is the character after ".". */
const NEIGHBOURS = `
WITH raws AS (
  SELECT p.id, p.format, p.taken_at, p.date_source, f.root_id, f.rel_path,
    rtrim(f.rel_path, replace(f.rel_path, '.', '')) AS stem
  FROM photos p JOIN files f ON f.photo_id = p.id AND f.presence = 'present'
  WHERE p.format IN (SELECT value FROM json_each(?1)))
SELECT w.id AS raw_id, w.rel_path AS raw_path, w.format AS raw_format, w.taken_at AS raw_taken,
  w.date_source AS raw_source, p.id AS shot_id, f.rel_path AS shot_path, p.format AS shot_format,
  p.taken_at AS shot_taken, p.date_source AS shot_source
FROM raws w
CROSS JOIN files f ON f.root_id = w.root_id AND f.rel_path >= w.stem AND f.rel_path < rtrim(w.stem, '.') || '/'
CROSS JOIN photos p ON p.id = f.photo_id
WHERE w.stem <> '' AND f.presence = 'present' AND p.format IN (SELECT value FROM json_each(?2))`;

const RAW_FILES = `
SELECT p.id, p.present_files AS n FROM photos p WHERE p.present_files > 0 AND p.format IN (SELECT value FROM json_each(?))`;

/** What a person said of a photo that is no longer shown by itself is said of the one that is shown. */
const INHERIT = [
  `UPDATE photos SET favourite = max(favourite, (SELECT favourite FROM photos WHERE id = ?1)),
     rating = coalesce(rating, (SELECT rating FROM photos WHERE id = ?1)) WHERE id = ?2`,
  `INSERT OR IGNORE INTO album_photos (album_id, photo_id, added_at)
     SELECT album_id, ?2, added_at FROM album_photos WHERE photo_id = ?1`,
  `INSERT INTO label_photos (label_id, photo_id, verdict, decided_at)
     SELECT label_id, ?2, verdict, decided_at FROM label_photos WHERE photo_id = ?1 AND verdict = 'yes'
     ON CONFLICT DO UPDATE SET verdict = excluded.verdict, decided_at = excluded.decided_at WHERE verdict IS NULL`,
];

export function unitsPart(sql: Sql): Pick<Catalog, 'refreshUnits' | 'actOn'> {
  const raws = JSON.stringify(RAW_FORMATS);
  return {
    refreshUnits: () =>
      sql.transaction(() => {
        const rawFiles = new Map(
          sql.all<{ id: PhotoId; n: number }>(RAW_FILES, raws).map(({ id, n }) => [id, n]),
        );
        if (rawFiles.size === 0) return 0;
        const rows = sql.all<NeighbourRow>(NEIGHBOURS, raws, JSON.stringify(SHOT_FORMATS));
        const wanted = pairUnits(rows.map(neighbours), rawFiles);
        const known = new Map(
          sql
            .all<{ id: PhotoId; leader: PhotoId }>('SELECT id, leader FROM photos WHERE leader IS NOT NULL')
            .map(({ id, leader }) => [id, leader]),
        );
        let changed = 0;
        for (const id of rawFiles.keys()) {
          const leader = wanted.get(id) ?? null;
          if (leader === (known.get(id) ?? null)) continue;
          sql.run('UPDATE photos SET leader = ? WHERE id = ?', leader, id);
          if (leader !== null) for (const statement of INHERIT) sql.run(statement, id, leader);
          changed += 1;
        }
        return changed;
      }),
    actOn: (ids) => {
      const followers = sql.all<{ id: PhotoId }>(
        'SELECT p.id FROM json_each(?) wanted JOIN photos p ON p.leader = wanted.value AND p.present_files > 0',
        JSON.stringify(ids),
      );
      return [...new Set([...ids, ...followers.map(({ id }) => id)])];
    },
  };
}

function neighbours(row: NeighbourRow): Neighbours {
  const raw: UnitFile = {
    photoId: row.raw_id,
    relPath: row.raw_path,
    format: row.raw_format,
    takenAt: row.raw_taken,
    dated: row.raw_source === 'exif',
  };
  const shot: UnitFile = {
    photoId: row.shot_id,
    relPath: row.shot_path,
    format: row.shot_format,
    takenAt: row.shot_taken,
    dated: row.shot_source === 'exif',
  };
  return { raw, shot };
}
