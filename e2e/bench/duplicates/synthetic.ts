// A library that was never photographed: signatures, vectors and files of known likeness, in a real catalog and a real
// table of vectors.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openCatalog } from '@semblance/catalog';
import { GREY_SIDE, SIGNATURE_BYTES, SIGNATURE_VERSION } from '@semblance/core';
import { seededRandom } from '@semblance/testkit';
import type { VectorTable } from '@semblance/vectors';

export const DIMENSIONS = 256;

/** Of a hundred photos so many are a copy of an earlier one; as many share a subject with about as many others. */
export const COPIES = 5;
const PHOTOS_PER_SUBJECT = 40;
/** Share of a photo's vector that is its subject's: photos of one subject have a cosine of about 0.8. */
const SUBJECT = 0.9;

export function contentHashOf(photo: number): string {
  return photo.toString(16).padStart(20, '0').padEnd(64, '0');
}

export function originOf(photo: number): number {
  return photo % 100 < COPIES && photo >= 100 ? photo - 50 : photo;
}

/** Writes photos `from` to `to` into a library folder whose catalog exists. */
export async function addPhotos(
  directory: string,
  vectors: VectorTable,
  from: number,
  to: number,
): Promise<void> {
  const sql = new DatabaseSync(join(directory, 'catalog.sqlite'));
  sql.exec('PRAGMA synchronous = OFF; BEGIN');
  const photo =
    sql.prepare(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at,
    date_source, camera_make, camera_model, added_at) VALUES (?, ?, 'jpeg', ?, 4000, 3000, 0, ?, 'exif', 'Maker', 'M', 0)`);
  const file = sql.prepare(`INSERT INTO files (root_id, rel_path, size, mtime_ms, status, photo_id)
    VALUES (1, ?, ?, 0, 'ready', ?)`);
  const signed = sql.prepare('INSERT INTO photo_signatures (content, version, signature) VALUES (?, ?, ?)');
  for (let n = from; n < to; n++) {
    const hash = contentHashOf(n);
    const id = hash.slice(0, 20);
    // One shot a minute: nobody is in a burst.
    photo.run(id, hash, 3_000_000 + n, n * 60_000);
    file.run(`${n % 500}/IMG_${n}.jpg`, 3_000_000 + n, id);
    signed.run(id, SIGNATURE_VERSION, signatureOf(n));
  }
  sql.exec('COMMIT');
  sql.close();
  for (let at = from; at < to; at += 5000) {
    const rows = Array.from({ length: Math.min(5000, to - at) }, (_, i) => ({
      photoId: contentHashOf(at + i).slice(0, 20),
      vector: vectorOf(at + i),
    }));
    await vectors.append(rows);
  }
}

export function createLibrary(directory: string): void {
  mkdirSync(directory, { recursive: true });
  openCatalog(directory).close();
  const sql = new DatabaseSync(join(directory, 'catalog.sqlite'));
  sql.exec(`INSERT INTO roots (path, added_at) VALUES ('/photos', 0)`);
  sql.close();
}

/** Bits of a hash that a copy changes, and levels of its small picture. */
const CHANGED_BITS = 3;
const CHANGED_LEVELS = 3;
/** A small grey picture is drawn from so many random levels a side: as alike by chance as those of photos are. */
const COARSE = 5;

/** Hash bits as those of 470 real photos: as good as random. */
function signatureOf(photo: number): Uint8Array {
  const origin = originOf(photo);
  const random = seededRandom(origin + 1);
  const noise = seededRandom(photo + 7);
  const bytes = Uint8Array.from({ length: SIGNATURE_BYTES }, () => Math.floor(random(0, 256)));
  const coarse = Array.from({ length: COARSE * COARSE }, () => random(20, 235));
  const head = SIGNATURE_BYTES - GREY_SIDE * GREY_SIDE;
  for (let i = 0; i < GREY_SIDE * GREY_SIDE; i++) {
    const [x, y] = [
      ((i % GREY_SIDE) * (COARSE - 1)) / GREY_SIDE,
      (Math.floor(i / GREY_SIDE) * (COARSE - 1)) / GREY_SIDE,
    ];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const at = (dx: number, dy: number): number => coarse[(top + dy) * COARSE + left + dx] ?? 0;
    const above = at(0, 0) * (1 - x + left) + at(1, 0) * (x - left);
    const below = at(0, 1) * (1 - x + left) + at(1, 1) * (x - left);
    bytes[head + i] = above * (1 - y + top) + below * (y - top);
  }
  if (photo === origin) return bytes;
  for (let flip = 0; flip < CHANGED_BITS; flip++) {
    const bit = Math.floor(noise(0, 64));
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  for (let i = head; i < SIGNATURE_BYTES; i++) {
    bytes[i] = Math.max(0, Math.min(255, (bytes[i] ?? 0) + noise(-CHANGED_LEVELS, CHANGED_LEVELS)));
  }
  return bytes;
}

function vectorOf(photo: number): Float32Array {
  const origin = originOf(photo);
  const subject = direction(Math.floor(origin / PHOTOS_PER_SUBJECT) + 1_000_000_007);
  const own = direction(origin + 3);
  const noise = direction(photo + 2_000_000_011);
  const mixed = subject.map(
    (value, i) =>
      SUBJECT * value +
      Math.sqrt(1 - SUBJECT * SUBJECT) * (own[i] ?? 0) +
      (photo === origin ? 0 : 0.1 * (noise[i] ?? 0)),
  );
  const length = Math.hypot(...mixed);
  return mixed.map((value) => value / length);
}

function direction(seed: number): Float32Array {
  const random = seededRandom(seed);
  const vector = Float32Array.from({ length: DIMENSIONS }, () => random() + random() - 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
