// The first schema: folders, files, photos, what is embedded, what is being decoded, the journal and the settings.
import type { Migration } from './index.ts';

/**
 * Invariants kept by the code above it:
 * - a photo exists only once a file of it was decoded;
 * - a file on record as missing exists only while its photo has no present file (else it is forgotten);
 * - `photos.present_files` is kept by triggers, so that "visible" is one indexed column.
 */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE roots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'online' CHECK (state IN ('online', 'offline')),
  note TEXT,
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE photos (
  id TEXT PRIMARY KEY,
  content_hash TEXT NOT NULL UNIQUE,
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  animated INTEGER NOT NULL CHECK (animated IN (0, 1)),
  taken_at INTEGER NOT NULL,
  date_source TEXT NOT NULL,
  camera_make TEXT,
  camera_model TEXT,
  lens TEXT,
  aperture REAL,
  exposure_seconds REAL,
  iso REAL,
  focal_length_mm REAL,
  latitude REAL,
  longitude REAL,
  placeholder TEXT,
  added_at INTEGER NOT NULL,
  edition INTEGER NOT NULL DEFAULT 1,
  present_files INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX photos_timeline ON photos (taken_at DESC, id) WHERE present_files > 0;
CREATE INDEX photos_hidden ON photos (id) WHERE present_files = 0;
CREATE INDEX photos_bytes ON photos (bytes);

CREATE TABLE files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
  rel_path TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  inode TEXT,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'ready', 'failed')),
  presence TEXT NOT NULL DEFAULT 'present' CHECK (presence IN ('present', 'missing')),
  photo_id TEXT REFERENCES photos (id),
  failure_reason TEXT,
  failure_message TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (root_id, rel_path),
  CHECK (status <> 'ready' OR photo_id IS NOT NULL),
  CHECK ((status = 'failed') = (failure_reason IS NOT NULL))
) STRICT;
CREATE INDEX files_photo ON files (photo_id, presence);
CREATE INDEX files_waiting ON files (mtime_ms DESC, id) WHERE status = 'pending' AND presence = 'present';
CREATE INDEX files_failed ON files (id) WHERE status = 'failed' AND presence = 'present';
CREATE INDEX files_counts ON files (root_id, presence, status);
CREATE INDEX files_root_photo ON files (root_id, photo_id);

CREATE TRIGGER files_inserted AFTER INSERT ON files WHEN new.photo_id IS NOT NULL AND new.presence = 'present' BEGIN
  UPDATE photos SET present_files = present_files + 1 WHERE id = new.photo_id;
END;
CREATE TRIGGER files_deleted AFTER DELETE ON files WHEN old.photo_id IS NOT NULL AND old.presence = 'present' BEGIN
  UPDATE photos SET present_files = present_files - 1 WHERE id = old.photo_id;
END;
CREATE TRIGGER files_moved AFTER UPDATE OF photo_id, presence ON files
WHEN old.photo_id IS NOT new.photo_id OR old.presence <> new.presence BEGIN
  UPDATE photos SET present_files = present_files - 1 WHERE id = old.photo_id AND old.presence = 'present';
  UPDATE photos SET present_files = present_files + 1 WHERE id = new.photo_id AND new.presence = 'present';
END;

CREATE TABLE embeddings (
  model_key TEXT NOT NULL,
  photo_id TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  vector_hash TEXT NOT NULL,
  PRIMARY KEY (model_key, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX embeddings_photo ON embeddings (photo_id);

CREATE TABLE in_flight (
  file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX journal_kind ON journal (kind, id);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
