// What people wrote about their photos with other programs, read on import.
import type { Migration } from './index.ts';

/** Photos indexed before have none until they are read again: when their files change, or are removed and added. */
export const captionsAndKeywords: Migration = {
  version: 3,
  sql: `
ALTER TABLE photos ADD COLUMN caption TEXT;

CREATE TABLE photo_keywords (
  photo_id TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  keyword TEXT NOT NULL,
  PRIMARY KEY (photo_id, keyword)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_keywords_keyword ON photo_keywords (keyword);
`,
};
