// What a person says of photos: favourites, ratings, hidden ones, albums; and a record of acts that can be undone.
import type { Migration } from './index.ts';

/**
 * Marks are columns of the photo, which is its content: they survive moves, renames and edits in place.
 * An album with a query is a saved search and holds no rows in `album_photos`.
 */
export const whatPeopleSay: Migration = {
  version: 2,
  sql: `
ALTER TABLE photos ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1));
ALTER TABLE photos ADD COLUMN rating INTEGER CHECK (rating BETWEEN 1 AND 5);
ALTER TABLE photos ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1));
DROP INDEX photos_timeline;
CREATE INDEX photos_timeline ON photos (taken_at DESC, id, hidden) WHERE present_files > 0;
CREATE INDEX photos_recent ON photos (added_at DESC, id) WHERE present_files > 0 AND hidden = 0;
CREATE INDEX photos_favourite ON photos (taken_at DESC, id) WHERE present_files > 0 AND hidden = 0 AND favourite = 1;
DROP INDEX photos_hidden;
CREATE INDEX photos_out_of_sight ON photos (id) WHERE present_files = 0 OR hidden = 1;

CREATE TABLE albums (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  query TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE album_photos (
  album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  photo_id TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (album_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_photos_photo ON album_photos (photo_id);

CREATE TABLE acts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
`,
};
