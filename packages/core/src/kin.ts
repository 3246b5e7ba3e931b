// Whether a file with new bytes at a new path is a known photo that was moved and edited between two looks. Pure.
import type { PhotoId } from '@semblance/contract';

/** A file as the catalog knows it: the new one, or the last known file of a photo that is nowhere present. */
export interface KinFile {
  /** Relative to the root, `/` separated. */
  relPath: string;
  /** The file itself, whatever it is called (`serialNumber` in scan); null where that cannot be told. */
  serial: string | null;
  /** The root's disk; null where disks cannot be told apart. */
  volume: string | null;
  rootId: number;
  shot: KinShot;
}

export interface KinShot {
  /** Wall-clock milliseconds, when the camera itself says so; null otherwise. */
  takenAt: number | null;
  make: string | null;
  model: string | null;
}

export interface KinCandidate extends KinFile {
  photoId: PhotoId;
  /** Another waiting file is as large as this photo was: perhaps the photo itself, moved and not edited. */
  maybeElsewhere: boolean;
}

/**
 * The photo that the file surely is, or null.
 *
 * Sure is: the same file on the same disk (inode and birth date: renamed, and edited in place), unless its camera data say
 * that it is another shot; or the same shot by name, camera and second (renamed into another folder, and saved anew).
 * Everything less is a new photo: a wrong guess would give what was said of one photo to another, and nobody would notice.
 */
export function kinOf(file: KinFile, candidates: readonly KinCandidate[]): PhotoId | null {
  const sure = candidates.filter((one) => !one.maybeElsewhere);
  const same = sure.filter((one) => isSameFile(file, one) && !areOthers(file.shot, one.shot));
  const found = same.length > 0 ? same : sure.filter((one) => isSameShot(file, one));
  const ids = new Set(found.map((one) => one.photoId));
  const [id] = ids;
  return ids.size === 1 ? (id ?? null) : null;
}

function isSameFile(a: KinFile, b: KinFile): boolean {
  if (a.serial === null || a.serial !== b.serial) return false;
  return a.rootId === b.rootId || (a.volume !== null && a.volume === b.volume);
}

function areOthers(a: KinShot, b: KinShot): boolean {
  const differ = <T>(one: T | null, other: T | null) => one !== null && other !== null && one !== other;
  return differ(a.takenAt, b.takenAt) || differ(a.make, b.make) || differ(a.model, b.model);
}

function isSameShot(a: KinFile, b: KinFile): boolean {
  if (a.shot.takenAt === null || a.shot.model === null) return false;
  const same =
    a.shot.takenAt === b.shot.takenAt && a.shot.model === b.shot.model && a.shot.make === b.shot.make;
  return same && baseName(a.relPath) === baseName(b.relPath);
}

/** With its ending: a JPEG developed from a raw file is a photo of its own. */
function baseName(relPath: string): string {
  return relPath
    .slice(relPath.lastIndexOf('/') + 1)
    .normalize('NFC')
    .toLowerCase();
}
