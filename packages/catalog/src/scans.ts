// What a scan has found, written in one transaction.
import type { SeenAgain } from '@semblance/core';
import { forgetMissing } from './missing.ts';
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

export function scansPart(sql: Sql): Pick<Catalog, 'applyScan'> {
  const respell = (id: number, relPath: string) =>
    sql.run('UPDATE files SET rel_path = ? WHERE id = ? AND rel_path <> ?', relPath, id, relPath);

  const add = (rootId: number, { relPath, size, mtimeMs, inode }: SeenAgain['file']) =>
    sql.run(
      'INSERT INTO files (root_id, rel_path, size, mtime_ms, inode) VALUES (?, ?, ?, ?, ?)',
      rootId,
      relPath,
      size,
      Math.trunc(mtimeMs),
      inode,
    );

  const change = ({ id, file }: SeenAgain) => {
    respell(id, file.relPath);
    sql.run(
      `UPDATE files SET size = ?, mtime_ms = ?, inode = ?, presence = 'present', status = 'pending',
         failure_reason = NULL, failure_message = NULL, attempts = 0 WHERE id = ?`,
      file.size,
      Math.trunc(file.mtimeMs),
      file.inode,
      id,
    );
  };

  const returnAsItWas = ({ id, file }: SeenAgain) => {
    respell(id, file.relPath);
    sql.run(`UPDATE files SET presence = 'present', inode = ? WHERE id = ?`, file.inode, id);
  };

  return {
    applyScan: (rootId, diff, scanId) =>
      sql.transaction(() => {
        for (const { id, file } of diff.respelled) respell(id, file.relPath);
        for (const again of diff.changed) change(again);
        for (const again of diff.returned) returnAsItWas(again);
        for (const file of diff.added) add(rootId, file);
        for (const id of diff.missing) sql.run(`UPDATE files SET presence = 'missing' WHERE id = ?`, id);
        if (diff.missing.length + diff.returned.length + diff.changed.length > 0) forgetMissing(sql);

        const outcome = {
          added: diff.added.length,
          changed: diff.changed.length,
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
  };
}
