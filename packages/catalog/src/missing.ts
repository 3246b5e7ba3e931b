// When a missing file may be forgotten: it is kept on record only while nothing else remembers its photo.
import type { PhotoId } from '@semblance/contract';
import { passSidecarOn } from './sidecars.ts';
import type { Sql } from './sql.ts';

/**
 * Deletes records of missing files whose photo has a present file again (the file was moved, or was one of several
 * copies), or that never became a photo. The photo, and all the user said about it, is not touched.
 *
 * @param photoId only this photo's files; without it, everyone's
 */
export function forgetMissing(sql: Sql, photoId?: PhotoId): void {
  if (photoId !== undefined) {
    passSidecarOn(sql, photoId);
    sql.run(
      `DELETE FROM files WHERE photo_id = ? AND presence = 'missing'
         AND EXISTS (SELECT 1 FROM photos p WHERE p.id = files.photo_id AND p.present_files > 0)`,
      photoId,
    );
    return;
  }
  sql.run(
    `DELETE FROM files WHERE presence = 'missing' AND root_id IN (SELECT id FROM roots)
       AND (photo_id IS NULL OR EXISTS (SELECT 1 FROM photos p WHERE p.id = files.photo_id AND p.present_files > 0))`,
  );
}
