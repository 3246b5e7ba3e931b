// Small things on record: settings by key, and the journal of what was done.
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

type NotesPart = Pick<Catalog, 'setting' | 'setSetting' | 'journal' | 'appendJournal'>;

export function notesPart(sql: Sql): NotesPart {
  return {
    setting: (key) =>
      sql.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)?.value ?? null,
    setSetting: (key, value) => {
      if (value === null) sql.run('DELETE FROM settings WHERE key = ?', key);
      else sql.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', key, value);
    },
    journal: ({ kind, afterId = 0, limit = 1000 } = {}) =>
      sql
        .all<{ id: number; at: number; kind: string; payload: string }>(
          'SELECT id, at, kind, payload FROM journal WHERE id > ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY id LIMIT ?3',
          afterId,
          kind ?? null,
          limit,
        )
        .map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown })),
    appendJournal: (kind, payload) =>
      sql.run(
        'INSERT INTO journal (at, kind, payload) VALUES (?, ?, ?)',
        Date.now(),
        kind,
        JSON.stringify(payload ?? null),
      ).lastId,
  };
}
