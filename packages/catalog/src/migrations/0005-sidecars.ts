// What was written into sidecars, and which photos' sidecars are behind their labels.
import type { Migration } from './index.ts';

/**
 * `tags` are label paths as JSON: only what was written here may be taken out of a sidecar again. The triggers ask before
 * they insert, because the conflict clause of the statement that fires them would replace their own.
 */
export const sidecars: Migration = {
  version: 5,
  sql: `
CREATE TABLE sidecars (
  file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  tags TEXT NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sidecar_due (
  photo_id TEXT PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TRIGGER label_photos_given AFTER INSERT ON label_photos BEGIN
  INSERT INTO sidecar_due (photo_id) SELECT new.photo_id WHERE NOT EXISTS (SELECT 1 FROM sidecar_due WHERE photo_id = new.photo_id);
END;
CREATE TRIGGER label_photos_changed AFTER UPDATE OF verdict, rule ON label_photos
WHEN old.verdict IS NOT new.verdict OR old.rule IS NOT new.rule BEGIN
  INSERT INTO sidecar_due (photo_id) SELECT new.photo_id WHERE NOT EXISTS (SELECT 1 FROM sidecar_due WHERE photo_id = new.photo_id);
END;
CREATE TRIGGER label_photos_taken AFTER DELETE ON label_photos
WHEN EXISTS (SELECT 1 FROM photos WHERE id = old.photo_id) BEGIN
  INSERT INTO sidecar_due (photo_id) SELECT old.photo_id WHERE NOT EXISTS (SELECT 1 FROM sidecar_due WHERE photo_id = old.photo_id);
END;
`,
};
