// Library folders: adding, absorbing, forgetting, and whether they can be reached.
import { basename } from 'node:path';
import { type Folder, folderProblem, type Subfolder } from '@semblance/contract';
import type { Beside, KnownFile } from '@semblance/core';
import { untilChanged } from './file-names.ts';
import { relativeTo } from './paths.ts';
import type { Sql } from './sql.ts';
import type { Catalog, RootIdentity } from './types.ts';

type RootsPart = Pick<
  Catalog,
  | 'listRoots'
  | 'root'
  | 'subfolders'
  | 'addRoot'
  | 'setRootState'
  | 'setRootIdentity'
  | 'rootIdentity'
  | 'sampleFiles'
  | 'moveRoot'
  | 'removeRoot'
  | 'knownFiles'
  | 'presentFiles'
  | 'filesBelow'
>;

interface RootRow {
  id: number;
  path: string;
  state: Folder['state'];
  note: string | null;
  why: string | null;
  stranger: 0 | 1;
  found_at: string | null;
  photos: number;
}

type KnownRow = Omit<KnownFile, 'beside'> & Beside;

const SELECT = `
SELECT r.id, r.path, r.state, r.note, r.why, r.stranger, r.found_at,
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
    setRootState: (id, { state, note, why = null, stranger, foundAt }) => {
      // Only a change is written: a disk that stays away is looked for again and again.
      sql.run(
        `UPDATE roots SET state = ?1, note = ?2, stranger = ?3, found_at = ?4, why = ?5
         WHERE id = ?6 AND (state, note, stranger, found_at, why) IS NOT (?1, ?2, ?3, ?4, ?5)`,
        ...[state, note, stranger, foundAt, why === null ? null : JSON.stringify(why), id],
      );
    },
    rootIdentity: (id) =>
      sql.get<RootIdentity>('SELECT volume, inside, serial FROM roots WHERE id = ?', id) ?? {
        volume: null,
        inside: null,
        serial: null,
      },
    setRootIdentity: (id, { volume, inside, serial }) => {
      sql.run(
        `UPDATE roots SET volume = ?1, inside = ?2, serial = ?3
         WHERE id = ?4 AND (volume, inside, serial) IS NOT (?1, ?2, ?3)`,
        ...[volume, inside, serial, id],
      );
    },
    sampleFiles: (id, count) =>
      sql.all(
        `SELECT rel_path AS relPath, size, mtime_ms AS mtimeMs FROM files
         WHERE root_id = ? AND presence = 'present' ORDER BY (id * 2654435761) % 4294967296 LIMIT ?`,
        id,
        count,
      ),
    moveRoot: (id, path) =>
      sql.transaction(() => {
        const before = readRoots();
        const moved = before.find((root) => root.id === id);
        if (moved === undefined) throw new Error(`there is no root ${id}`);
        const others = before.filter((root) => root.id !== id);
        const around = others.find((known) => relativeTo(known.path, path) !== null);
        if (around === undefined) {
          sql.run(
            `UPDATE roots SET path = ?, state = 'online', note = NULL, why = NULL, stranger = 0, found_at = NULL WHERE id = ?`,
            path,
            id,
          );
          for (const inner of others) absorb(sql, id, path, inner);
        } else {
          absorb(sql, around.id, around.path, { ...moved, path });
        }
        const holder = readRoots().find((root) => root.id === (around?.id ?? id));
        if (holder === undefined) throw new Error(`root ${id} vanished while it was moved`);
        return holder;
      }),
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
        `SELECT id, rel_path AS relPath, size, mtime_ms AS mtimeMs, presence, changed_ms AS changedMs,
           sidecars_seen AS sidecars, film_seen AS film
         FROM files WHERE root_id = ?`,
        rootId,
      );
      for (const { sidecars, film, ...file } of rows) yield { ...file, beside: { sidecars, film } };
    },
    filesBelow: (places) => {
      const present = new Set<number>();
      let pending = 0;
      for (const root of roots()) {
        const inside = places.map((place) => relativeTo(root.path, place)).filter((path) => path !== null);
        const whole = inside.includes('') || places.some((place) => relativeTo(place, root.path) !== null);
        if (!whole && inside.length === 0) continue;
        const files = sql.each<{ id: number; rel_path: string; status: string }>(
          `SELECT id, rel_path, status FROM files WHERE root_id = ? AND presence = 'present'`,
          root.id,
        );
        for (const file of files) {
          if (!whole && !inside.some((path) => file.rel_path.startsWith(`${path}/`))) continue;
          present.add(file.id);
          if (file.status === 'pending') pending += 1;
        }
      }
      return { present, pending };
    },
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

/**
 * Hands the files of `inner` to the root around it (or in the same place), and ends `inner`. A path that both know keeps
 * the row that has a photo.
 */
function absorb(sql: Sql, outerId: number, outerPath: string, inner: Folder): void {
  const below = relativeTo(outerPath, inner.path);
  if (below === null) return;
  const start = below === '' ? '' : `${below}/`;
  sql.run(
    `DELETE FROM files WHERE root_id = ?1 AND photo_id IS NULL
       AND EXISTS (SELECT 1 FROM files i WHERE i.root_id = ?3 AND ?2 || i.rel_path = files.rel_path)`,
    ...[outerId, start, inner.id],
  );
  sql.run(
    'UPDATE OR IGNORE files SET root_id = ?1, rel_path = ?2 || rel_path WHERE root_id = ?3',
    ...[outerId, start, inner.id],
  );
  sql.run('DELETE FROM roots WHERE id = ?', inner.id);
}

function folder({ stranger, why, found_at: foundAt, ...row }: RootRow): Folder {
  return {
    ...row,
    name: basename(row.path) || row.path,
    why: why === null ? null : folderProblem.nullable().catch(null).parse(JSON.parse(why)),
    stranger: stranger === 1,
    foundAt,
  };
}
