// What a scan has found, written in one transaction.
import type { SeenAgain } from '@semblance/core';
import { forgetMissing } from './missing.ts';
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

export function scansPart(sql: Sql): Pick<Catalog, 'applyScan' | 'setScanProblems'> {
  const respell = (id: number, relPath: string) =>
    sql.run('UPDATE files SET rel_path = ? WHERE id = ? AND rel_path <> ?', relPath, id, relPath);

  const add = (rootId: number, file: SeenAgain['file']) =>
    sql.run(
      `INSERT INTO files (root_id, rel_path, size, mtime_ms, inode, serial, changed_ms, sidecars_seen, film_seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[rootId, file.relPath, file.size, Math.trunc(file.mtimeMs)],
      ...[file.inode, file.serial ?? null, file.changedMs ?? null],
      ...[file.beside?.sidecars ?? null, file.beside?.film ?? null],
    );

  /** What tells the file from others, and when it was touched last. */
  const note = ({ id, file }: SeenAgain) => {
    const { inode, serial = null, changedMs = null } = file;
    sql.run(
      'UPDATE files SET inode = ?, serial = ?, changed_ms = ? WHERE id = ?',
      inode,
      serial,
      changedMs,
      id,
    );
  };

  const accompany = ({ id, file: { beside } }: SeenAgain) => {
    if (beside === undefined) return;
    const { sidecars, film } = beside;
    sql.run('UPDATE files SET sidecars_seen = ?, film_seen = ? WHERE id = ?', sidecars, film, id);
  };

  const change = ({ id, file }: SeenAgain) => {
    respell(id, file.relPath);
    // What lies where a photo was seen to be missing is no edit of it, unless its bytes or its shot (`findKin`) say so.
    sql.run(
      `UPDATE files SET former_photo_id = CASE presence WHEN 'missing' THEN photo_id ELSE former_photo_id END,
         photo_id = CASE presence WHEN 'present' THEN photo_id END,
         size = ?, mtime_ms = ?, presence = 'present', status = 'pending', failure_reason = NULL,
         failure_message = NULL, attempts = 0 WHERE id = ?`,
      file.size,
      Math.trunc(file.mtimeMs),
      id,
    );
    note({ id, file });
    accompany({ id, file });
  };

  /** The file that was known at this path lies on another disk. Its photo stays on record, as that of a removed folder. */
  const replace = (again: SeenAgain) => {
    change(again);
    sql.run('UPDATE files SET photo_id = NULL, former_photo_id = NULL WHERE id = ?', again.id);
  };

  const returnAsItWas = ({ id, file }: SeenAgain) => {
    respell(id, file.relPath);
    sql.run(`UPDATE files SET presence = 'present' WHERE id = ?`, id);
    note({ id, file });
    accompany({ id, file });
  };

  return {
    applyScan: (rootId, diff, scanId) =>
      sql.transaction(() => {
        for (const { id, file } of diff.respelled) respell(id, file.relPath);
        for (const again of diff.changed) change(again);
        for (const again of diff.replaced ?? []) replace(again);
        for (const again of diff.noted ?? []) note(again);
        for (const again of diff.returned) returnAsItWas(again);
        for (const again of diff.accompanied ?? []) accompany(again);
        for (const file of diff.added) add(rootId, file);
        for (const id of diff.missing) sql.run(`UPDATE files SET presence = 'missing' WHERE id = ?`, id);
        const replaced = diff.replaced?.length ?? 0;
        const changed = diff.changed.length + replaced;
        if (diff.missing.length + diff.returned.length + changed > 0) forgetMissing(sql);

        const outcome = {
          added: diff.added.length,
          changed,
          returned: diff.returned.length,
          missing: diff.missing.length,
          unchanged: diff.unchanged,
        };
        if (outcome.added + outcome.changed + outcome.returned + outcome.missing > 0) {
          const payload = JSON.stringify({ scanId, rootId, ...outcome });
          sql.run(`INSERT INTO journal (at, kind, payload) VALUES (?, 'scan', ?)`, Date.now(), payload);
        }
        return outcome;
      }),
    setScanProblems: (rootId, problems) =>
      sql.transaction(() => {
        sql.run('DELETE FROM scan_problems WHERE root_id = ?', rootId);
        for (const { relPath, reason, message } of problems) {
          sql.run(
            'INSERT OR REPLACE INTO scan_problems (root_id, rel_path, reason, message) VALUES (?, ?, ?, ?)',
            ...[rootId, relPath, reason, message],
          );
        }
      }),
  };
}
