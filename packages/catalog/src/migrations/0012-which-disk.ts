// Which disk a folder lies on, which file a file is whatever it is called, and which files are still being written.
import type { Migration } from './index.ts';

/**
 * - `roots.volume`, `inside` and `serial` name the folder's disk, its place on it and the folder itself, so that another
 *   disk in its place is not taken for it, and it is found again elsewhere (`found_at`, offered to the person).
 *   `stranger`: what lies in its place now is another folder.
 * - `files.serial` is inode and birth date: a file that was moved and edited in place is still that file.
 * - `files.changed_ms` is `ctime`: an edit that puts size and date back still moves it.
 * - `files.former_photo_id` is the photo that was missed at this path before something else was saved there.
 * - `files.not_before` (milliseconds since 1970 UTC) is when a file that is still being copied is looked at again;
 *   0 for all others. `waiting_since` is when that began.
 */
export const whichDisk: Migration = {
  version: 12,
  sql: `
ALTER TABLE roots ADD COLUMN volume TEXT;
ALTER TABLE roots ADD COLUMN inside TEXT;
ALTER TABLE roots ADD COLUMN serial TEXT;
ALTER TABLE roots ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0 CHECK (stranger IN (0, 1));
ALTER TABLE roots ADD COLUMN found_at TEXT;

ALTER TABLE files ADD COLUMN serial TEXT;
ALTER TABLE files ADD COLUMN changed_ms INTEGER;
ALTER TABLE files ADD COLUMN former_photo_id TEXT;
ALTER TABLE files ADD COLUMN not_before INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files ADD COLUMN waiting_since INTEGER;
CREATE INDEX files_missing ON files (serial) WHERE presence = 'missing';
CREATE INDEX files_copying ON files (not_before) WHERE not_before > 0;
CREATE INDEX photos_absent ON photos (taken_at) WHERE present_files = 0;
`,
};
