// Likeness on record: signatures, judgements, verdicts on pairs, decisions and choices.
import type {
  ContentKey,
  DuplicateFile,
  DuplicatesReader,
  DuplicatesWriter,
  StoredDecision,
} from './duplicates-types.ts';
import { HAS_LABEL } from './label-rows.ts';
import { absolute } from './paths.ts';
import type { Sql } from './sql.ts';
import { PRESENT as IN_SIGHT } from './views.ts';

const CONTENT = 'substr(p.content_hash, 1, 20)';
const CAMERA = `nullif(trim(coalesce(p.camera_make, '') || ' ' || coalesce(p.camera_model, '')), '')`;
const REACHABLE = `f.presence = 'present' AND f.status = 'ready' AND r.state = 'online'`;

// The plus takes the column's affinity away, without which the index on an expression cannot be searched.
const SIGNATURES = `SELECT p.id AS photoId, s.content, s.signature, s.compared
  FROM photo_signatures s CROSS JOIN photos p INDEXED BY photos_content ON ${CONTENT} = +s.content`;

interface FileRow {
  id: string;
  content: ContentKey;
  content_hash: string;
  width: number;
  height: number;
  format: string;
  taken_at: number;
  date_source: string;
  camera: string | null;
  file_id: number;
  root_id: number;
  root_path: string;
  rel_path: string;
  size: number;
  mtime_ms: number;
  latitude: number | null;
  favourite: 0 | 1;
  rating: number | null;
  albums: number;
  labels: number;
}

export function contentKey(contentHash: string): ContentKey {
  return contentHash.slice(0, 20);
}

export function duplicatesPart(sql: Sql): DuplicatesReader & DuplicatesWriter {
  return { ...reading(sql), ...writing(sql) };
}

function reading(sql: Sql): DuplicatesReader {
  return {
    missingSignatures: (version, limit, exclude = []) =>
      sql
        .all<{ content: string; content_hash: string; root_path: string; rel_path: string }>(
          `SELECT ${CONTENT} AS content, p.content_hash, r.path AS root_path, f.rel_path
           FROM photos p CROSS JOIN files f ON f.id = (
               SELECT f.id FROM files f JOIN roots r ON r.id = f.root_id
               WHERE f.photo_id = p.id AND ${REACHABLE} LIMIT 1)
             CROSS JOIN roots r ON r.id = f.root_id
           WHERE ${IN_SIGHT} AND ${CONTENT} NOT IN (SELECT value FROM json_each(?))
             AND NOT EXISTS (SELECT 1 FROM photo_signatures s WHERE s.content = ${CONTENT} AND s.version = ?)
           ORDER BY p.taken_at DESC, p.id LIMIT ?`,
          JSON.stringify(exclude),
          version,
          limit,
        )
        .map((row) => ({
          content: row.content,
          contentHash: row.content_hash,
          path: absolute(row.root_path, row.rel_path),
        })),
    signatures: (version, { after, limit }) =>
      sql.all(
        `${SIGNATURES} WHERE s.content > ?1 AND s.version = ?2 AND ${IN_SIGHT} ORDER BY s.content LIMIT ?3`,
        ...[after, version, limit],
      ),
    signaturesToCompare: (version, compared) =>
      sql.all(
        `${SIGNATURES} WHERE (s.compared IS NULL OR s.compared < ?1 OR s.compared > ?1)
           AND s.version = ?2 AND ${IN_SIGHT}`,
        ...[compared, version],
      ),
    shotsAround: (contents, milliseconds, limit) => {
      const rows = sql.all<{ content: string; shot: string }>(
        `SELECT content, shot FROM (
           SELECT ${CONTENT} AS content, substr(o.content_hash, 1, 20) AS shot,
             row_number() OVER (PARTITION BY p.id ORDER BY abs(o.taken_at - p.taken_at), o.id) AS place
           FROM json_each(?1) wanted CROSS JOIN photos p INDEXED BY photos_content ON ${CONTENT} = wanted.value
             CROSS JOIN photos o INDEXED BY photos_timeline
             ON o.taken_at BETWEEN p.taken_at - ?2 AND p.taken_at + ?2
           WHERE p.date_source <> 'mtime' AND o.date_source <> 'mtime' AND o.id <> p.id
             AND o.camera_model = p.camera_model AND o.camera_make IS p.camera_make
             AND o.present_files > 0 AND o.hidden = 0)
         WHERE place <= ?3 ORDER BY content, place`,
        ...[JSON.stringify(contents), milliseconds, limit],
      );
      const grouped = Map.groupBy(rows, (row) => row.content);
      return new Map([...grouped].map(([content, shots]) => [content, shots.map((row) => row.shot)]));
    },
    judgements: (contents, version) =>
      new Map(
        sql
          .all<{ content: string; judgement: string }>(
            `SELECT j.content, j.judgement FROM json_each(?) wanted CROSS JOIN photo_judgements j
             ON j.content = wanted.value WHERE j.version = ?`,
            JSON.stringify(contents),
            version,
          )
          .map((row): [ContentKey, unknown] => [row.content, JSON.parse(row.judgement)]),
      ),
    copiedContents: () =>
      sql
        .all<{ content: string }>(
          `SELECT ${CONTENT} AS content FROM photos p WHERE p.present_files > 1 AND p.hidden = 0
             AND (SELECT count(*) FROM files f JOIN roots r ON r.id = f.root_id
                  WHERE f.photo_id = p.id AND ${REACHABLE}) > 1`,
        )
        .map((row) => row.content),
    duplicateFiles: (contents) =>
      sql
        .all<FileRow>(
          `SELECT p.id, ${CONTENT} AS content, p.content_hash, p.width, p.height, p.format, p.taken_at, p.date_source,
             ${CAMERA} AS camera, f.id AS file_id, f.root_id, r.path AS root_path, f.rel_path, f.size, f.mtime_ms,
             p.latitude, p.favourite, p.rating,
             (SELECT count(*) FROM album_photos m WHERE m.photo_id = p.id) AS albums,
             (SELECT count(*) FROM label_photos WHERE photo_id = p.id AND ${HAS_LABEL}) AS labels
           FROM json_each(?) wanted CROSS JOIN photos p INDEXED BY photos_content
             ON ${CONTENT} = wanted.value CROSS JOIN files f ON f.photo_id = p.id CROSS JOIN roots r ON r.id = f.root_id
           WHERE ${IN_SIGHT} AND ${REACHABLE} ORDER BY f.id`,
          JSON.stringify(contents),
        )
        .map(duplicateFile),
    pairs: (version, kinds = null, contents) =>
      (contents === undefined
        ? sql.all<PairRow>(
            `SELECT a, b, kind, likeness FROM duplicate_pairs
             WHERE version = ?1 AND (?2 IS NULL OR kind IN (SELECT value FROM json_each(?2)))`,
            version,
            kinds === null ? null : JSON.stringify(kinds),
          )
        : sql.all<PairRow>(
            `SELECT a, b, kind, likeness FROM json_each(?3) wanted CROSS JOIN duplicate_pairs d
             ON d.a = wanted.value OR d.b = wanted.value
             WHERE d.version = ?1 AND (?2 IS NULL OR d.kind IN (SELECT value FROM json_each(?2)))`,
            version,
            kinds === null ? null : JSON.stringify(kinds),
            JSON.stringify(contents),
          )
      ).map(({ likeness, ...pair }) => ({ ...pair, likeness: JSON.parse(likeness) })),
    decisions: () => sql.all<StoredDecision>('SELECT a, b, decision, copies FROM duplicate_decisions'),
    choices: () =>
      new Map(
        sql
          .all<{ group_id: string; files: string }>('SELECT group_id, files FROM duplicate_choices')
          .map((row): [string, number[]] => [row.group_id, JSON.parse(row.files)]),
      ),
  };
}

interface PairRow {
  a: ContentKey;
  b: ContentKey;
  kind: string;
  likeness: string;
}

function writing(sql: Sql): DuplicatesWriter {
  return {
    saveSignature: (contentHash, version, signature) =>
      void sql.run(
        'INSERT OR REPLACE INTO photo_signatures (content, version, signature) VALUES (?, ?, ?)',
        contentKey(contentHash),
        version,
        signature,
      ),
    saveJudgements: (judgements, version) =>
      sql.transaction(() => {
        for (const [content, judgement] of judgements) {
          sql.run(
            'INSERT OR REPLACE INTO photo_judgements VALUES (?, ?, ?)',
            ...[content, version, JSON.stringify(judgement)],
          );
        }
      }),
    savePairs: (pairs, version, compared) =>
      sql.transaction(() => {
        if (compared !== undefined) {
          sql.run(
            'UPDATE photo_signatures SET compared = ? WHERE content IN (SELECT value FROM json_each(?))',
            compared.as,
            JSON.stringify(compared.contents),
          );
        }
        for (const { a, b, kind, likeness } of pairs) {
          sql.run(
            'INSERT OR REPLACE INTO duplicate_pairs VALUES (?, ?, ?, ?, ?)',
            ...(a <= b ? [a, b] : [b, a]),
            version,
            kind,
            JSON.stringify(likeness),
          );
        }
      }),
    decide: (pairs) =>
      sql.transaction(() => {
        for (const { a, b, decision, copies } of pairs) {
          const [low, high] = a <= b ? [a, b] : [b, a];
          if (decision === null) sql.run('DELETE FROM duplicate_decisions WHERE a = ? AND b = ?', low, high);
          else {
            sql.run(
              'INSERT OR REPLACE INTO duplicate_decisions VALUES (?, ?, ?, ?, ?)',
              ...[low, high, decision, copies, Date.now()],
            );
          }
        }
      }),
    setChoice: (group, files) => {
      if (files === null) sql.run('DELETE FROM duplicate_choices WHERE group_id = ?', group);
      else sql.run('INSERT OR REPLACE INTO duplicate_choices VALUES (?, ?)', group, JSON.stringify(files));
    },
  };
}

function duplicateFile(row: FileRow): DuplicateFile {
  return {
    fileId: row.file_id,
    photoId: row.id,
    content: row.content,
    contentHash: row.content_hash,
    folderId: row.root_id,
    path: absolute(row.root_path, row.rel_path),
    relPath: row.rel_path,
    bytes: row.size,
    modifiedAt: row.mtime_ms,
    width: row.width,
    height: row.height,
    format: row.format,
    takenAt: row.taken_at,
    dated: row.date_source !== 'mtime',
    camera: row.camera,
    located: row.latitude !== null,
    favourite: row.favourite === 1,
    rating: row.rating,
    albums: row.albums,
    labels: row.labels,
  };
}
