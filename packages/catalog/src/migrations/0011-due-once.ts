// A photo is new to automatic labels once, not again for every further model that embeds it.
import type { Migration } from './index.ts';

export const dueOnce: Migration = {
  version: 11,
  sql: `
DROP TRIGGER embeddings_made;
CREATE TRIGGER embeddings_made AFTER INSERT ON embeddings
WHEN EXISTS (SELECT 1 FROM labels WHERE automatic = 1)
  AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.photo_id = new.photo_id AND e.model_key <> new.model_key) BEGIN
  INSERT OR IGNORE INTO label_due (photo_id) VALUES (new.photo_id);
END;
`,
};
