// What lies beside a photo's file: sidecars, whose words are read again when only they have changed, and the film of a
// Live Photo.
import { wallClock } from '@semblance/core';
import { absolute } from './paths.ts';
import { writeKeywords } from './settle.ts';
import { othersKeywords } from './sidecars.ts';
import type { Sql } from './sql.ts';
import type { Catalog, FileBeside, MetadataFacts, PlaceLookup } from './types.ts';

interface BesideRow {
  id: number;
  photo_id: string;
  root_path: string;
  rel_path: string;
  format: string;
  mtime_ms: number;
  sidecars_seen: string | null;
  film_seen: string | null;
  changed: 0 | 1;
}

const CHANGED = `
SELECT f.id, f.photo_id, r.path AS root_path, f.rel_path, p.format, f.mtime_ms, f.sidecars_seen, f.film_seen,
  f.sidecars_seen IS NOT f.sidecars_read AS changed
FROM files f JOIN photos p ON p.id = f.photo_id JOIN roots r ON r.id = f.root_id
WHERE f.status = 'ready' AND f.presence = 'present' AND r.state = 'online'
  AND (f.sidecars_seen IS NOT f.sidecars_read OR f.film_seen IS NOT f.film_judged)
ORDER BY f.id LIMIT ?`;

export function besidePart(
  sql: Sql,
  places: PlaceLookup | null,
): Pick<Catalog, 'besideChanged' | 'settleBeside'> {
  const write = (file: FileBeside, { camera, place, ...facts }: MetadataFacts): void => {
    const name = place === null ? null : (places?.placeOf(place.latitude, place.longitude) ?? null);
    sql.run(
      `UPDATE photos SET taken_at = ?, date_source = ?, camera_make = ?, camera_model = ?, lens = ?, aperture = ?,
         exposure_seconds = ?, iso = ?, focal_length_mm = ?, latitude = ?, longitude = ?, caption = ?, city = ?,
         region = ?, country = ?, placed = ? WHERE id = ?`,
      Math.trunc(facts.takenAt ?? wallClock(file.modifiedAt)),
      (facts.takenAt === null ? null : facts.dateSource) ?? 'mtime',
      ...[camera.make, camera.model, camera.lens],
      ...[camera.aperture, camera.exposureSeconds, camera.iso, camera.focalLengthMm],
      ...[place?.latitude ?? null, place?.longitude ?? null, facts.caption],
      ...[name?.city ?? null, name?.region || null, name?.country ?? null, places?.edition ?? 0],
      file.photoId,
    );
    sql.run('DELETE FROM photo_keywords WHERE photo_id = ?', file.photoId);
    writeKeywords(sql, file.photoId, othersKeywords(sql, file.fileId, facts.keywords));
  };

  return {
    besideChanged: (limit) =>
      sql.all<BesideRow>(CHANGED, limit).map((row) => ({
        fileId: row.id,
        photoId: row.photo_id,
        path: absolute(row.root_path, row.rel_path),
        format: row.format,
        modifiedAt: row.mtime_ms,
        sidecars: row.sidecars_seen,
        film: row.film_seen,
        sidecarsChanged: row.changed === 1,
      })),
    settleBeside: (file, metadata, live) =>
      sql.transaction(() => {
        if (metadata !== null) write(file, metadata);
        sql.run(
          'UPDATE files SET sidecars_read = ?, film_judged = ?, live = ? WHERE id = ? AND photo_id = ?',
          ...[file.sidecars, file.film, live, file.fileId, file.photoId],
        );
      }),
  };
}
