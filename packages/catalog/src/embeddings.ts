// Which photos have a durable vector of which model. A row here is a promise that the vector is on disk.
import type { Sql } from './sql.ts';
import type { Catalog } from './types.ts';

type EmbeddingsPart = Pick<
  Catalog,
  | 'embeddedCount'
  | 'vectorHashes'
  | 'embedded'
  | 'wideEmbedded'
  | 'hiddenEmbedded'
  | 'markEmbedded'
  | 'dropEmbeddings'
>;

export function embeddingsPart(sql: Sql): EmbeddingsPart {
  return {
    embeddedCount: (modelKey) => embeddedCount(sql, modelKey),
    vectorHashes: (modelKey) => {
      const rows = sql.all<{ photo_id: string; vector_hash: string }>(
        'SELECT photo_id, vector_hash FROM embeddings WHERE model_key = ?',
        modelKey,
      );
      return new Map(rows.map((row) => [row.photo_id, row.vector_hash]));
    },
    embedded: (modelKey) => {
      // As one value: rows cross into JavaScript one by one, several times slower than this is parsed.
      const row = sql.get<{ ids: string }>(
        'SELECT json_group_array(photo_id) AS ids FROM embeddings WHERE model_key = ?',
        modelKey,
      );
      return JSON.parse(row?.ids ?? '[]');
    },
    wideEmbedded: (modelKey, ratio) =>
      sql
        .all<{ id: string }>(
          `SELECT p.id FROM photos p JOIN embeddings e ON e.photo_id = p.id AND e.model_key = ?
           WHERE max(p.width, p.height) > ? * min(p.width, p.height)`,
          modelKey,
          ratio,
        )
        .map((row) => row.id),
    hiddenEmbedded: (modelKey) =>
      sql
        .all<{ id: string }>(
          `SELECT p.id FROM photos p CROSS JOIN embeddings e ON e.photo_id = p.id AND e.model_key = ?
           WHERE p.present_files = 0 OR p.hidden = 1 OR p.leader IS NOT NULL`,
          modelKey,
        )
        .map((row) => row.id),
    markEmbedded: (photos, modelKey) =>
      sql.transaction(() => {
        for (const { photoId, vectorHash } of photos) {
          sql.run(
            `INSERT OR REPLACE INTO embeddings (model_key, photo_id, vector_hash) SELECT ?, id, ? FROM photos WHERE id = ?`,
            modelKey,
            vectorHash,
            photoId,
          );
        }
      }),
    dropEmbeddings: (which) =>
      sql.transaction(() => {
        if (!('photoIds' in which)) {
          sql.run('DELETE FROM embeddings WHERE model_key = ?', which.modelKey);
          return;
        }
        for (const photoId of which.photoIds) {
          sql.run(
            'DELETE FROM embeddings WHERE photo_id = ?1 AND (?2 IS NULL OR model_key = ?2)',
            photoId,
            which.modelKey ?? null,
          );
        }
      }),
  };
}

/** All rows of the model less the few whose photo is hidden: both counts come straight from an index. */
export function embeddedCount(sql: Sql, modelKey: string): number {
  return (
    sql.get<{ n: number }>(
      `SELECT (SELECT count(*) FROM embeddings WHERE model_key = ?1) -
         (SELECT count(*) FROM photos p WHERE (p.present_files = 0 OR p.hidden = 1 OR p.leader IS NOT NULL)
            AND (p.present_files = 0 OR p.leader IS NOT NULL)
            AND EXISTS (SELECT 1 FROM embeddings e WHERE e.model_key = ?1 AND e.photo_id = p.id)) AS n`,
      modelKey,
    )?.n ?? 0
  );
}
