// What a person did, newest last, with what it takes to undo it.
import type { Sql } from './sql.ts';
import type { ActRecord, Catalog } from './types.ts';

interface ActRow {
  id: number;
  at: number;
  kind: string;
  payload: string;
  undone_at: number | null;
}

export function actsPart(
  sql: Sql,
): Pick<Catalog, 'act' | 'acts' | 'laterActs' | 'recordAct' | 'changeAct' | 'markUndone'> {
  return {
    act: (id) => {
      const row = sql.get<ActRow>('SELECT * FROM acts WHERE id = ?', id);
      return row === undefined ? null : record(row);
    },
    acts: (limit) => sql.all<ActRow>('SELECT * FROM acts ORDER BY id DESC LIMIT ?', limit).map(record),
    laterActs: (id, kinds) =>
      sql
        .all<{ id: number }>(
          `SELECT id FROM acts WHERE id > ? AND undone_at IS NULL AND kind IN (SELECT value FROM json_each(?))
           ORDER BY id`,
          id,
          JSON.stringify(kinds),
        )
        .map((row) => row.id),
    changeAct: (id, payload) =>
      void sql.run('UPDATE acts SET payload = ? WHERE id = ?', JSON.stringify(payload), id),
    recordAct: (kind, payload) =>
      sql.run(
        'INSERT INTO acts (at, kind, payload) VALUES (?, ?, ?)',
        Date.now(),
        kind,
        JSON.stringify(payload),
      ).lastId,
    markUndone: (id) => void sql.run('UPDATE acts SET undone_at = ? WHERE id = ?', Date.now(), id),
  };
}

function record({ id, at, kind, payload, undone_at }: ActRow): ActRecord {
  return { id, at, kind, payload: JSON.parse(payload), undone: undone_at !== null };
}
