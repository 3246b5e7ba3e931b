// Ways to look at the library: everything, favourites, an album, a folder. One query shape, a part of it per view.
import type { PhotoId, PhotoView } from '@semblance/contract';
import { HAS_LABEL } from './label-rows.ts';
import { type TileRow, tile } from './photo-rows.ts';
import { TILE } from './photos.ts';
import type { Sql, SqlValue } from './sql.ts';
import type { CatalogReader } from './types.ts';

interface ViewSql {
  /** Tables after `photos p`. */
  join: string;
  where: string;
  order: string;
  values: SqlValue[];
}

export const IN_SIGHT = 'p.present_files > 0 AND p.hidden = 0 AND p.leader IS NULL';
/** Those as well that another photo stands for. */
export const PRESENT = 'p.present_files > 0 AND p.hidden = 0';
const NEWEST = 'p.taken_at DESC, p.id';

/** Photos that have a label or one below it, whether by hand or by rule. */
const LABELLED = `WITH RECURSIVE wanted (id) AS (VALUES (?) UNION SELECT l.id FROM labels l JOIN wanted ON l.parent_id = wanted.id)
  SELECT photo_id FROM label_photos JOIN wanted ON label_id = wanted.id WHERE ${HAS_LABEL}`;

export function viewsPart(sql: Sql): Pick<CatalogReader, 'timeline' | 'photoIds'> {
  return {
    timeline: ({ offset, limit }, view = { kind: 'all' }) => {
      const { where, values } = viewSql(view);
      const total = sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${where}`, ...values)?.n ?? 0;
      const rows = sql.all<TileRow>(timelineSql(view), ...values, limit, offset);
      return { total, photos: rows.map(tile) };
    },
    photoIds: (set) => {
      if (set.kind === 'photos') return set.ids;
      const { where, order, values } = viewSql(set);
      const rows = sql.all<{ id: PhotoId }>(`SELECT p.id FROM ${where} ORDER BY ${order}`, ...values);
      return rows.map((row) => row.id);
    },
  };
}

/** What a photo must be to be part of a view, as a condition on `photos p`. */
export function viewWhere(view: PhotoView): { where: string; values: SqlValue[] } {
  const { where, values } = partsOf(view);
  return { where, values };
}

/** Exported for the test that looks at its query plan. */
export function timelineSql(view: PhotoView): string {
  const { where, order } = viewSql(view);
  return `SELECT ${TILE} FROM ${where} ORDER BY ${order} LIMIT ? OFFSET ?`;
}

function viewSql(view: PhotoView): { where: string; order: string; values: SqlValue[] } {
  const { join, where, order, values } = partsOf(view);
  return { where: `photos p ${join} WHERE ${where}`, order, values };
}

function partsOf(view: PhotoView): ViewSql {
  const plain = { join: '', where: IN_SIGHT, order: NEWEST, values: [] };
  switch (view.kind) {
    case 'all':
      return plain;
    case 'favourites':
      return { ...plain, where: `${IN_SIGHT} AND p.favourite = 1` };
    case 'recent':
      return { ...plain, order: 'p.added_at DESC, p.id' };
    case 'hidden':
      return { ...plain, where: 'p.present_files > 0 AND p.hidden = 1 AND p.leader IS NULL' };
    case 'album':
      return {
        ...plain,
        where: `${IN_SIGHT} AND p.id IN (SELECT photo_id FROM album_photos WHERE album_id = ?)`,
        values: [view.id],
      };
    case 'label':
      return { ...plain, where: `${IN_SIGHT} AND p.id IN (${LABELLED})`, values: [view.id] };
    case 'folder': {
      // All paths that begin with "path/": "0" is the character after "/".
      const below = view.path === '' ? '' : 'AND f.rel_path >= ? AND f.rel_path < ?';
      return {
        ...plain,
        where: `${IN_SIGHT} AND p.id IN (SELECT f.photo_id FROM files f WHERE f.root_id = ?
          AND f.presence = 'present' AND f.photo_id IS NOT NULL ${below})`,
        values: view.path === '' ? [view.id] : [view.id, `${view.path}/`, `${view.path}0`],
      };
    }
  }
}
