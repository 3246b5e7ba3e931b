// The journal of files that were moved to the trash and back: written before each move, so that no crash loses track.
import type { Migration } from './index.ts';

/**
 * Rows are never deleted. `file_id` and `photo_id` are no foreign keys on purpose: the record of a missing file may be
 * forgotten, and the journal must outlive it. `unit` counts within an act: a photo's file and what belongs to it.
 */
export const fileOperations: Migration = {
  version: 8,
  sql: `
CREATE TABLE file_operations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  unit INTEGER NOT NULL,
  at INTEGER NOT NULL,
  file_id INTEGER,
  photo_id TEXT,
  keeper_id TEXT,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  inode TEXT,
  content_hash TEXT,
  receipt TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'done', 'undoing', 'undone', 'failed')),
  message TEXT,
  inherited TEXT
) STRICT;
CREATE INDEX file_operations_act ON file_operations (act_id, id);
CREATE INDEX file_operations_open ON file_operations (act_id) WHERE state IN ('planned', 'undoing');
CREATE INDEX file_operations_done ON file_operations (id) WHERE state = 'done';
`,
};
