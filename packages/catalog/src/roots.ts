// Library folders: adding, absorbing, forgetting, and whether they can be reached.
import { basename } from 'node:path';
import type { Folder, Subfolder } from '@semblance/contract';
import type { Beside, KnownFile } from '@semblance/core';
import { relativeTo } from './paths.ts';
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

type RootsPart = Pick<
  Catalog,
  | 'listRoots'
  | 'root'
  | 'subfolders'
  | 'addRoot'
  | 'setRootState'
  | 'removeRoot'
  | 'knownFiles'
  | 'presentFiles'
  | 'pendingFiles'
>;

interface RootRow {
  id: number;
  path: string;
  state: Folder['state'];
  note: string | null;
  photos: number;
}

type KnownRow = Omit<KnownFile, 'beside'> & Beside;

const SELECT = `
SELECT r.id, r.path, r.state, r.note,
  (SELECT count(DISTINCT f.photo_id) FROM files f WHERE f.root_id = r.id) AS photos
FROM roots r`;

/** A path without its last part: what is left when all characters that are not "/" are trimmed from its end. */
const SUBFOLDERS = `
SELECT root_id AS folderId, trim(rtrim(rel_path, replace(rel_path, '/', '')), '/') AS path, count(*) AS photos
FROM files
WHERE presence = 'present' AND photo_id IS NOT NULL
  AND photo_id NOT IN (SELECT id FROM photos WHERE present_files = 0 OR hidden = 1 OR leader IS NOT NULL)
GROUP BY 1, 2 ORDER BY 1, 2`;

export function rootsPart(sql: Sql): RootsPart {
  const listRoots = () => sql.all<RootRow>(`${SELECT} ORDER BY r.path`).map(folder);
  const root = (id: number) => {
    const row = sql.get<RootRow>(`${SELECT} WHERE r.id = ?`, id);
    return row === undefined ? null : folder(row);
  };

  return {
    listRoots,
    root,
    subfolders: () => sql.all<Subfolder>(SUBFOLDERS).map((row) => ({ ...row })),
    addRoot: (path) =>
      sql.transaction(() => {
        const roots = listRoots();
        const around = roots.find((known) => relativeTo(known.path, path) !== null);
        if (around !== undefined) return around;
        const { lastId } = sql.run('INSERT INTO roots (path, added_at) VALUES (?, ?)', path, Date.now());
        for (const inner of roots) absorb(sql, lastId, path, inner);
        const added = root(lastId);
        if (added === null) throw new Error(`root ${lastId} vanished while it was added`);
        return added;
      }),
    setRootState: (id, state, note) => {
      sql.run('UPDATE roots SET state = ?, note = ? WHERE id = ?', state, note, id);
    },
    removeRoot: (id) =>
      sql.transaction(() => {
        const own = sql.all<{ photo_id: string }>(
          'SELECT DISTINCT photo_id FROM files WHERE root_id = ? AND photo_id IS NOT NULL',
          id,
        );
        sql.run('DELETE FROM roots WHERE id = ?', id);
        return sql.all<{ photoId: string; contentHash: string }>(
          `SELECT p.id AS photoId, p.content_hash AS contentHash FROM json_each(?) o JOIN photos p ON p.id = o.value
           WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.photo_id = p.id)`,
          JSON.stringify(own.map((row) => row.photo_id)),
        );
      }),
    *knownFiles(rootId) {
      const rows = sql.each<KnownRow>(
        `SELECT id, rel_path AS relPath, size, mtime_ms AS mtimeMs, presence, sidecars_seen AS sidecars, film_seen AS film
         FROM files WHERE root_id = ?`,
        rootId,
      );
      for (const { id, relPath, size, mtimeMs, presence, sidecars, film } of rows) {
        yield { id, relPath, size, mtimeMs, presence, beside: { sidecars, film } };
      }
    },
    pendingFiles: (rootId) =>
      sql.get<{ n: number }>(
        `SELECT count(*) AS n FROM files WHERE root_id = ? AND presence = 'present' AND status = 'pending'`,
        rootId,
      )?.n ?? 0,
    presentFiles: (rootId) =>
      sql.get<{ n: number }>(
        `SELECT count(*) AS n FROM files WHERE root_id = ? AND presence = 'present'`,
        rootId,
      )?.n ?? 0,
  };
}

/** Hands the files of `inner` to the root around it, and ends `inner`. */
function absorb(sql: Sql, outerId: number, outerPath: string, inner: Folder): void {
  const below = relativeTo(outerPath, inner.path);
  if (below === null) return;
  sql.run(
    `UPDATE files SET root_id = ?, rel_path = ? || '/' || rel_path WHERE root_id = ?`,
    outerId,
    below,
    inner.id,
  );
  sql.run('DELETE FROM roots WHERE id = ?', inner.id);
}

function folder(row: RootRow): Folder {
  return { ...row, name: basename(row.path) || row.path };
}
