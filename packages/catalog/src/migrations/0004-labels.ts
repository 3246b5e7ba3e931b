// Labels, what photos have them and why, and the runs that gave them.
import type { Migration } from './index.ts';

/**
 * - A person's answer (`verdict`) and a rule's finding (`rule`) are columns of their own: neither overwrites the other,
 *   and the answer wins. Answers hang on photo ids, so they survive moves, renames, edits and another model.
 * - No weights are stored: what a label has learnt is worked out anew from its answers.
 * - `label_run_changes` holds what each run found in place of its own rows, so that the whole run can be taken back.
 *   It names labels without a reference, because a removed label may come back.
 * - `label_due` holds photos that got an embedding and that automatic labels have not looked at.
 */
export const labels: Migration = {
  version: 4,
  sql: `
CREATE TABLE labels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  descriptions TEXT NOT NULL,
  exclusions TEXT NOT NULL,
  parent_id INTEGER REFERENCES labels (id) ON DELETE SET NULL,
  color TEXT NOT NULL,
  precision REAL NOT NULL CHECK (precision BETWEEN 0.5 AND 0.99),
  automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  pack TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX labels_parent ON labels (parent_id);

CREATE TABLE label_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'undone')),
  labels TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  tagged INTEGER NOT NULL DEFAULT 0,
  suggested INTEGER NOT NULL DEFAULT 0,
  withdrawn INTEGER NOT NULL DEFAULT 0,
  act_id INTEGER REFERENCES acts (id) ON DELETE SET NULL,
  problem TEXT
) STRICT;

CREATE TABLE label_photos (
  label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
  photo_id TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  verdict TEXT CHECK (verdict IN ('yes', 'no')),
  decided_at INTEGER,
  rule TEXT CHECK (rule IN ('tagged', 'suggested')),
  score REAL CHECK (score BETWEEN 0 AND 1),
  run_id INTEGER,
  PRIMARY KEY (label_id, photo_id),
  CHECK ((verdict IS NULL) = (decided_at IS NULL)),
  CHECK ((rule IS NULL) = (score IS NULL) AND (rule IS NULL) = (run_id IS NULL)),
  CHECK (verdict IS NOT NULL OR rule IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_photos_photo ON label_photos (photo_id);
CREATE INDEX label_photos_asked ON label_photos (label_id, score DESC) WHERE verdict IS NULL AND rule = 'suggested';

CREATE TABLE label_run_changes (
  run_id INTEGER NOT NULL REFERENCES label_runs (id) ON DELETE CASCADE,
  label_id INTEGER NOT NULL,
  photo_id TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  rule TEXT,
  score REAL,
  by_run INTEGER,
  PRIMARY KEY (label_id, photo_id, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_run_changes_run ON label_run_changes (run_id);

CREATE TABLE label_due (
  photo_id TEXT PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TRIGGER embeddings_made AFTER INSERT ON embeddings WHEN EXISTS (SELECT 1 FROM labels WHERE automatic = 1) BEGIN
  INSERT OR IGNORE INTO label_due (photo_id) VALUES (new.photo_id);
END;
`,
};
