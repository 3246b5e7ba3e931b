// The end of a file's way: its facts are filed under the right photo, in one transaction.
import { randomBytes } from 'node:crypto';
import type { PhotoId } from '@semblance/contract';
import { decideIdentity, SIGNATURE_VERSION, wallClock } from '@semblance/core';
import { contentKey } from './duplicates.ts';
import { findKin } from './kin.ts';
import { forgetMissing } from './missing.ts';
import { CHANGE_EXPECTED, othersKeywords } from './sidecars.ts';
import type { Sql, SqlValue } from './sql.ts';
import type { Catalog, PhotoFacts, PlaceLookup, Settled } from './types.ts';

type SettlePart = Pick<Catalog, 'finishFile' | 'linkFile' | 'findByHash' | 'photosBySize'>;

const FACT_COLUMNS = [
  ...['content_hash', 'format', 'bytes', 'width', 'height', 'animated', 'taken_at', 'date_source'],
  ...['camera_make', 'camera_model', 'lens', 'aperture', 'exposure_seconds', 'iso', 'focal_length_mm'],
  ...['latitude', 'longitude', 'placeholder', 'caption', 'city', 'region', 'country', 'placed'],
];
const INSERT_PHOTO = `INSERT INTO photos (${FACT_COLUMNS.join(', ')}, rating, favourite, id, added_at)
VALUES (${FACT_COLUMNS.map(() => '?').join(', ')}, ?, ?, ?, ?)`;
const UPDATE_PHOTO = `UPDATE photos SET ${FACT_COLUMNS.map((name) => `${name} = ?`).join(', ')},
edition = edition + 1 WHERE id = ?`;

/** Other files of its photo that hold what the photo is. Those that wait to be read may have been edited just like it. */
const OTHER_FILES = `SELECT count(*) FROM files o WHERE o.photo_id = f.photo_id AND o.id <> f.id AND o.presence = 'present'
  AND o.status = 'ready' AND o.mtime_ms <> ${CHANGE_EXPECTED}`;

interface OwnRow {
  photo_id: string | null;
  content_hash: string | null;
  other_files: number;
}

export function settlePart(sql: Sql, places: PlaceLookup | null): SettlePart {
  const findByHash = (contentHash: string): PhotoId | null =>
    sql.get<{ id: string }>('SELECT id FROM photos WHERE content_hash = ?', contentHash)?.id ?? null;

  /** Decides whose file this is, and points it there. `facts` makes a photo where none exists. */
  const settle = (
    fileId: number,
    contentHash: string,
    facts: PhotoFacts | null,
    asRead: { bytes: number; modifiedAt: number },
    modelKey: string | null,
  ): Settled | null =>
    sql.transaction(() => {
      const row = sql.get<OwnRow>(
        `SELECT f.photo_id, p.content_hash, (${OTHER_FILES}) AS other_files FROM files f LEFT JOIN photos p
         ON p.id = f.photo_id WHERE f.id = ?`,
        fileId,
      );
      if (row === undefined) return null;
      const decision = decideIdentity({
        contentHash,
        own: own(row),
        twin: twin(sql, contentHash, row.photo_id),
        kin: facts === null || row.photo_id !== null ? null : findKin(sql, fileId, facts),
      });
      const found = facts && { ...facts, keywords: othersKeywords(sql, fileId, facts.keywords) };
      const photoId = 'photoId' in decision ? decision.photoId : newPhotoId();
      if (decision.change === 'new') createPhoto(sql, photoId, required(found), places);
      if (decision.change === 'updated') updatePhoto(sql, photoId, required(found), places);
      if (facts?.signature !== undefined) {
        sql.run(
          `INSERT INTO photo_signatures (content, version, signature) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET version = excluded.version, signature = excluded.signature, compared = NULL
           WHERE version <> excluded.version`,
          ...[contentKey(contentHash), SIGNATURE_VERSION, facts.signature],
        );
      }
      sql.run(
        `UPDATE files SET photo_id = ?, status = 'ready', size = ?, mtime_ms = ?, failure_reason = NULL,
           failure_message = NULL, attempts = 0, not_before = 0, waiting_since = NULL, former_photo_id = NULL,
           sidecars_read = CASE WHEN ? THEN sidecars_seen ELSE sidecars_read END WHERE id = ?`,
        photoId,
        asRead.bytes,
        Math.trunc(asRead.modifiedAt),
        // A linked file was not looked at beyond its bytes.
        facts !== null,
        fileId,
      );
      sql.run('DELETE FROM in_flight WHERE file_id = ?', fileId);
      forgetMissing(sql, photoId);
      const { change, story } = decision;
      return {
        photoId,
        change,
        story,
        needsEmbedding: modelKey !== null && !isEmbedded(sql, photoId, modelKey),
      };
    });

  return {
    findByHash,
    photosBySize: (bytes) =>
      sql.all('SELECT id AS photoId, content_hash AS contentHash FROM photos WHERE bytes = ?', bytes),
    finishFile: (fileId, facts, modelKey) => settle(fileId, facts.contentHash, facts, facts, modelKey),
    linkFile: (fileId, photoId, asRead, modelKey) => {
      const photo = sql.get<{ content_hash: string }>(
        'SELECT content_hash FROM photos WHERE id = ?',
        photoId,
      );
      return photo === undefined ? null : settle(fileId, photo.content_hash, null, asRead, modelKey);
    },
  };
}

function own(row: OwnRow) {
  if (row.photo_id === null || row.content_hash === null) return null;
  return { id: row.photo_id, contentHash: row.content_hash, otherFiles: row.other_files };
}

function twin(sql: Sql, contentHash: string, ownId: PhotoId | null) {
  const row = sql.get<{ id: string; present_files: number }>(
    'SELECT id, present_files FROM photos WHERE content_hash = ?',
    contentHash,
  );
  return row === undefined || row.id === ownId ? null : { id: row.id, presentFiles: row.present_files };
}

function isEmbedded(sql: Sql, photoId: PhotoId, modelKey: string): boolean {
  return (
    sql.get('SELECT 1 FROM embeddings WHERE model_key = ? AND photo_id = ?', modelKey, photoId) !== undefined
  );
}

function createPhoto(sql: Sql, id: PhotoId, facts: PhotoFacts, places: PlaceLookup | null): void {
  sql.run(INSERT_PHOTO, ...values(facts, places), facts.rating, facts.favourite, id, Date.now());
  writeKeywords(sql, id, facts.keywords);
}

/** The bytes changed, so vectors of the old ones go. */
function updatePhoto(sql: Sql, id: PhotoId, facts: PhotoFacts, places: PlaceLookup | null): void {
  sql.run(UPDATE_PHOTO, ...values(facts, places), id);
  sql.run('DELETE FROM photo_keywords WHERE photo_id = ?', id);
  writeKeywords(sql, id, facts.keywords);
  sql.run('DELETE FROM embeddings WHERE photo_id = ?', id);
}

export function writeKeywords(sql: Sql, id: PhotoId, keywords: readonly string[]): void {
  for (const keyword of new Set(keywords)) {
    sql.run('INSERT INTO photo_keywords (photo_id, keyword) VALUES (?, ?)', id, keyword);
  }
}

/** In the order of FACT_COLUMNS. */
function values(
  { camera, place, signature: _, ...facts }: PhotoFacts,
  places: PlaceLookup | null,
): SqlValue[] {
  const name = place === null ? null : (places?.placeOf(place.latitude, place.longitude) ?? null);
  return [
    ...[facts.contentHash, facts.format, facts.bytes, facts.width, facts.height, facts.animated],
    Math.trunc(facts.takenAt ?? wallClock(facts.modifiedAt)),
    (facts.takenAt === null ? null : facts.dateSource) ?? 'mtime',
    ...[camera.make, camera.model, camera.lens],
    ...[camera.aperture, camera.exposureSeconds, camera.iso, camera.focalLengthMm],
    ...[place?.latitude ?? null, place?.longitude ?? null, facts.placeholder, facts.caption],
    ...[name?.city ?? null, name?.region || null, name?.country ?? null, places?.edition ?? 0],
  ];
}

function newPhotoId(): PhotoId {
  return randomBytes(10).toString('hex');
}

/** A linked file never makes or changes a photo: its bytes are those of one on record. */
function required(facts: PhotoFacts | null): PhotoFacts {
  if (facts === null) throw new Error('a linked file asked for a photo of its own');
  return facts;
}
