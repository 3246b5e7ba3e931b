// What is known of the likeness of photos: signatures, verdicts on pairs, and what the person decided.
import type { Migration } from './index.ts';

/**
 * Everything is keyed by content (the first 20 hex digits of the SHA-256): it survives moves, rescans, a removed folder
 * and another model. `a <= b` in every pair; a pair of a content with itself speaks of its byte-identical copies.
 */
export const duplicates: Migration = {
  version: 7,
  sql: `
CREATE TABLE photo_signatures (
  content TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  signature BLOB NOT NULL,
  compared TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE photo_judgements (
  content TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  judgement TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE duplicate_pairs (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  likeness TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE INDEX duplicate_pairs_b ON duplicate_pairs (b);
CREATE INDEX duplicate_pairs_kind ON duplicate_pairs (kind) WHERE kind <> 'none';

CREATE TABLE duplicate_decisions (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  decision TEXT NOT NULL,
  copies INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE duplicate_choices (
  group_id TEXT PRIMARY KEY,
  files TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX photo_signatures_compared ON photo_signatures (compared, version);
CREATE INDEX photos_content ON photos (substr(content_hash, 1, 20));
`,
};
