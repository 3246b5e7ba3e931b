// One shot, several photos: a raw file follows the JPEG beside it, which is shown for both.
import type { Migration } from './index.ts';

/**
 * `leader` is the photo that stands for this one. It is worked out from the files, again and again; a photo whose leader
 * has gone stands for itself at once, whoever took it away.
 */
export const units: Migration = {
  version: 10,
  sql: `
ALTER TABLE photos ADD COLUMN leader TEXT REFERENCES photos (id) ON DELETE SET NULL;
CREATE INDEX photos_leader ON photos (leader) WHERE leader IS NOT NULL;
CREATE INDEX photos_format ON photos (format);
CREATE TRIGGER photos_leaderless AFTER UPDATE OF present_files ON photos
WHEN new.present_files = 0 AND old.present_files > 0 BEGIN
  UPDATE photos SET leader = NULL WHERE leader = new.id;
END;

DROP INDEX photos_timeline;
CREATE INDEX photos_timeline ON photos (taken_at DESC, id, hidden, leader) WHERE present_files > 0;
DROP INDEX photos_out_of_sight;
CREATE INDEX photos_out_of_sight ON photos (id) WHERE present_files = 0 OR hidden = 1 OR leader IS NOT NULL;
`,
};
