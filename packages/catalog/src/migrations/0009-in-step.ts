// What keeping in step with the disk needs to remember beside the photo files themselves.
import type { Migration } from './index.ts';

/**
 * - `files_pending_size` finds the files that may be known photos, moved, before the places they left are looked at.
 * - `scan_problems` holds what the last walk of a folder met and could not use: names that are no text, links that lead
 *   nowhere, folders that may not be opened. Each walk writes them anew.
 * - `sidecars_seen` is what lay beside a file when it was last seen, `sidecars_read` when its metadata were last read:
 *   where they differ, the metadata are read again and nothing else. The same for the film of a Live Photo.
 */
export const inStep: Migration = {
  version: 9,
  sql: `
CREATE INDEX files_pending_size ON files (size) WHERE status = 'pending' AND presence = 'present';

CREATE TABLE scan_problems (
  root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
  rel_path TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (root_id, rel_path)
) STRICT, WITHOUT ROWID;

ALTER TABLE files ADD COLUMN sidecars_seen TEXT;
ALTER TABLE files ADD COLUMN sidecars_read TEXT;
ALTER TABLE files ADD COLUMN film_seen TEXT;
ALTER TABLE files ADD COLUMN film_judged TEXT;
ALTER TABLE files ADD COLUMN live INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1));
CREATE INDEX files_beside ON files (id) WHERE status = 'ready' AND presence = 'present'
  AND (sidecars_seen IS NOT sidecars_read OR film_seen IS NOT film_judged);
CREATE INDEX files_live ON files (photo_id) WHERE live = 1;
`,
};
