// What keeping in step with the disk needs to remember beside the photo files themselves.
import type { Migration } from './index.ts';

/**
 * - `files_pending_size` finds the files that may be known photos, moved, before the places they left are looked at.
 * - `scan_problems` holds what the last walk of a folder met and could not use: names that are no text, links that lead
 *   nowhere, folders that may not be opened. Each walk writes them anew.
 * - `companions` is what lay beside a file (sidecars, the film of a Live Photo) when it was last seen, `companions_read`
 *   when its metadata were last read: where they differ, the metadata are read again and nothing else.
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

ALTER TABLE files ADD COLUMN companions TEXT;
ALTER TABLE files ADD COLUMN companions_read TEXT;
CREATE INDEX files_companions ON files (id)
  WHERE companions IS NOT companions_read AND status = 'ready' AND presence = 'present';
`,
};
