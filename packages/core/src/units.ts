// Which photos are one shot: a camera's raw file beside its JPEG is shown as one photo, and the raw follows. Pure.
import type { PhotoId } from '@semblance/contract';

/** Formats of cameras' raw files, as decoded. */
export const RAW_FORMATS: readonly string[] = [
  'cr2',
  'cr3',
  'nef',
  'arw',
  'dng',
  'raf',
  'orf',
  'rw2',
  'pef',
  'raw',
];
/** What cameras write beside them, the one that is shown first. */
export const SHOT_FORMATS: readonly string[] = ['jpeg', 'heic', 'heif', 'avif', 'jxl'];

/** A raw file and a picture that lie in one folder. Paths are relative to the root, `/` separated. */
export interface Neighbours {
  raw: UnitFile;
  shot: UnitFile;
}

export interface UnitFile {
  photoId: PhotoId;
  relPath: string;
  format: string;
  /** Wall-clock milliseconds. */
  takenAt: number;
  /** The camera itself says so. */
  dated: boolean;
}

/** Two files of one shot say the same second; some programs round it. */
const SAME_SHOT_MS = 2000;

/**
 * The photo that stands for each raw one.
 *
 * They are one when all files of the raw photo have the same picture of their name beside them, and the camera does not say that they
 * were taken at different times: numbers start again, and IMG_0001 of one card is not IMG_0001 of another.
 *
 * @param neighbours every raw file of these photos with every picture of its name in its folder
 * @param rawFiles how many files each raw photo has
 */
export function pairUnits(
  neighbours: Iterable<Neighbours>,
  rawFiles: ReadonlyMap<PhotoId, number>,
): Map<PhotoId, PhotoId> {
  const byFile = new Map<PhotoId, Map<string, UnitFile>>();
  for (const { raw, shot } of neighbours) {
    if (!areOneShot(raw, shot)) continue;
    const files = byFile.get(raw.photoId) ?? new Map<string, UnitFile>();
    byFile.set(raw.photoId, files);
    const known = files.get(raw.relPath);
    if (known === undefined || comesBefore(shot, known)) files.set(raw.relPath, shot);
  }
  const leaders = new Map<PhotoId, PhotoId>();
  for (const [photoId, shots] of byFile) {
    const found = new Set([...shots.values()].map((shot) => shot.photoId));
    const [leader] = found;
    const all = shots.size === (rawFiles.get(photoId) ?? shots.size);
    if (leader !== undefined && found.size === 1 && all) leaders.set(photoId, leader);
  }
  return leaders;
}

function areOneShot(raw: UnitFile, shot: UnitFile): boolean {
  if (!RAW_FORMATS.includes(raw.format) || !SHOT_FORMATS.includes(shot.format)) return false;
  if (raw.photoId === shot.photoId || stemOf(raw.relPath) !== stemOf(shot.relPath)) return false;
  return !raw.dated || !shot.dated || Math.abs(raw.takenAt - shot.takenAt) <= SAME_SHOT_MS;
}

function comesBefore(a: UnitFile, b: UnitFile): boolean {
  const [first, second] = [SHOT_FORMATS.indexOf(a.format), SHOT_FORMATS.indexOf(b.format)];
  return first === second ? a.relPath < b.relPath : first < second;
}

/** Path without the last ending; null without one. */
function stemOf(relPath: string): string {
  const dot = relPath.lastIndexOf('.');
  return dot <= relPath.lastIndexOf('/') + 1 ? `${relPath}/` : relPath.slice(0, dot).normalize('NFC');
}
