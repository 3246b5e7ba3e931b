// Albums: photos put together by hand, and saved searches.
import type { PhotoId } from '@semblance/contract';
import type { Sql, SqlValue } from './sql.ts';
import type { AlbumRecord, Catalog } from './types.ts';
import { IN_SIGHT } from './views.ts';

type AlbumsPart = Pick<
  Catalog,
  | 'albums'
  | 'album'
  | 'albumsOf'
  | 'albumMembers'
  | 'createAlbum'
  | 'restoreAlbum'
  | 'changeAlbum'
  | 'removeAlbum'
  | 'addToAlbum'
  | 'removeFromAlbum'
>;

const IN_ALBUM = `FROM album_photos ap JOIN photos p ON p.id = ap.photo_id WHERE ap.album_id = a.id AND ${IN_SIGHT}`;
const ALBUM = `SELECT a.id, a.name, a.query, a.created_at AS createdAt, (SELECT count(*) ${IN_ALBUM}) AS photos,
  (SELECT p.id ${IN_ALBUM} ORDER BY p.taken_at DESC, p.id LIMIT 1) AS cover FROM albums a`;

export function albumsPart(sql: Sql): AlbumsPart {
  const list = (rest: string, ...values: SqlValue[]) => sql.all<AlbumRecord>(`${ALBUM} ${rest}`, ...values);
  const add = (id: number, photoIds: readonly PhotoId[]): PhotoId[] =>
    sql.transaction(() => {
      const now = Date.now();
      return photoIds.filter(
        (photoId) =>
          sql.run(
            `INSERT OR IGNORE INTO album_photos (album_id, photo_id, added_at)
             SELECT ?, id, ? FROM photos WHERE id = ?`,
            id,
            now,
            photoId,
          ).changes > 0,
      );
    });

  return {
    albums: () => list('ORDER BY a.name COLLATE NOCASE, a.id'),
    album: (id) => list('WHERE a.id = ?', id)[0] ?? null,
    albumsOf: (photoId) =>
      list(
        'WHERE a.id IN (SELECT album_id FROM album_photos WHERE photo_id = ?) ORDER BY a.name COLLATE NOCASE, a.id',
        photoId,
      ),
    albumMembers: (id) =>
      sql
        .all<{ photo_id: PhotoId }>(
          'SELECT photo_id FROM album_photos WHERE album_id = ? ORDER BY photo_id',
          id,
        )
        .map((row) => row.photo_id),
    createAlbum: (name, query) =>
      sql.run('INSERT INTO albums (name, query, created_at) VALUES (?, ?, ?)', name, query, Date.now())
        .lastId,
    restoreAlbum: (album, photoIds) =>
      sql.transaction(() => {
        sql.run(
          'INSERT INTO albums (id, name, query, created_at) VALUES (?, ?, ?, ?)',
          album.id,
          album.name,
          album.query,
          album.createdAt,
        );
        add(album.id, photoIds);
      }),
    changeAlbum: (id, { name, query }) => {
      sql.run(
        'UPDATE albums SET name = coalesce(?2, name), query = CASE WHEN ?3 THEN ?4 ELSE query END WHERE id = ?1',
        id,
        name ?? null,
        query !== undefined,
        query ?? null,
      );
    },
    removeAlbum: (id) => void sql.run('DELETE FROM albums WHERE id = ?', id),
    addToAlbum: add,
    removeFromAlbum: (id, photoIds) =>
      sql.transaction(() =>
        photoIds.filter(
          (photoId) =>
            sql.run('DELETE FROM album_photos WHERE album_id = ? AND photo_id = ?', id, photoId).changes > 0,
        ),
      ),
  };
}
