// What a person may see of earlier sessions: the files thrown away, and why a folder cannot be reached, in any language.
import type { Migration } from './index.ts';

/**
 * - `file_operations.dismissed`: taken off the list of what was thrown away. The journal itself is kept.
 * - `roots.why`: JSON, the facts behind `note`, for windows that have words of their own; null for notes from before.
 */
export const whatWasThrownAway: Migration = {
  version: 13,
  sql: `
ALTER TABLE file_operations ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1));
CREATE INDEX file_operations_unit ON file_operations (act_id, unit);
ALTER TABLE roots ADD COLUMN why TEXT;
`,
};
