// Library folders: adding, absorbing, forgetting, and whether they can be reached.
import { basename } from 'node:path';
import type { Folder, Subfolder } from '@semblance/contract';
import type { Beside, KnownFile } from '@semblance/core';
import { untilChanged } from './file-names.ts';
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

/** As one value: rows cross into JavaScript one by one, several times slower than this is parsed. */
const PATHS_IN_SIGHT = `
SELECT root_id AS folderId, json_group_array(rel_path) AS paths FROM files
WHERE presence = 'present' AND photo_id IS NOT NULL
  AND photo_id NOT IN (SELECT id FROM photos WHERE present_files = 0 OR hidden = 1 OR leader IS NOT NULL)
GROUP BY root_id ORDER BY root_id`;

export function rootsPart(sql: Sql): RootsPart {
  const readRoots = () => sql.all<RootRow>(`${SELECT} ORDER BY r.path`).map(folder);
  // Photos are counted one by one, and asked for with every picture that is sent.
  const roots = untilChanged(sql, readRoots);
  const subfolders = untilChanged(sql, () => readSubfolders(sql));

  return {
    listRoots: () => roots().map((root) => ({ ...root })),
    root: (id) => {
      const root = roots().find((one) => one.id === id);
      return root === undefined ? null : { ...root };
    },
    subfolders: () => subfolders().map((row) => ({ ...row })),
    addRoot: (path) =>
      sql.transaction(() => {
        // Not what is kept: this may yet be taken back.
        const before = readRoots();
        const around = before.find((known) => relativeTo(known.path, path) !== null);
        if (around !== undefined) return around;
        const { lastId } = sql.run('INSERT INTO roots (path, added_at) VALUES (?, ?)', path, Date.now());
        for (const inner of before) absorb(sql, lastId, path, inner);
        const added = readRoots().find((root) => root.id === lastId);
        if (added === undefined) throw new Error(`root ${lastId} vanished while it was added`);
        return added;
      }),
    setRootState: (id, state, note) => {
      // Only a change is written: a disk that stays away is looked for again and again.
      sql.run(
        'UPDATE roots SET state = ?1, note = ?2 WHERE id = ?3 AND (state, note) IS NOT (?1, ?2)',
        state,
        note,
        id,
      );
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

function readSubfolders(sql: Sql): Subfolder[] {
  return sql.all<{ folderId: number; paths: string }>(PATHS_IN_SIGHT).flatMap(({ folderId, paths }) => {
    const counts = new Map<string, number>();
    for (const file of JSON.parse(paths) as string[]) {
      const path = file.slice(0, Math.max(0, file.lastIndexOf('/')));
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
    return [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, photos]) => ({ folderId, path, photos }));
  });
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
