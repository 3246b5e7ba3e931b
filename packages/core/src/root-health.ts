// Whether a library folder can be believed. An unplugged drive must never read as "the user deleted everything", and
// another drive in its place never as "the user edited everything".
import type { FolderProblem } from '@semblance/contract';
import type { KnownFile, SeenFile } from './scan-diff.ts';

export interface RootFacts {
  /** Files on record as present in this root. */
  known: number;
  /** Photo files the walk has met. */
  seen: number;
  /** Of the known ones, those that were met as they were (`countFamiliar`). */
  familiar: number;
  /** Whether it is the folder that it was, on the disk that it was on; `unknown` where the system cannot tell. */
  place: 'same' | 'other' | 'unknown';
  /** Null when the root folder could be listed, else the reason as the system gave it (`ENOENT`, `EACCES`, ...). */
  problem: string | null;
}

export type RootHealth =
  | { state: 'online'; stranger: false; note: null; why: null }
  /** `stranger`: there is a folder, and it is another one than is known. `note`: `why` as an English sentence. */
  | { state: 'offline'; stranger: boolean; note: string; why: FolderProblem };

/** A root may lose this many files at once before their share is looked at. */
const FEW = 20;
/** In another place, a folder with less than this share of what is known is another folder, and no copy of it. */
const COPIED = 0.5;
/** Where places cannot be told apart: everybody edits photos, nobody edits nine of ten at once. */
const EDITED = 0.1;

/**
 * Judges a root after a walk and before anything is marked missing or edited.
 *
 * Offline means: photos stay, greyed, and nothing is recorded as gone. Why so careful: an unmounted drive leaves an
 * empty mount point, a network share may list only a part (immich-app/immich#30817, #6192, PR #12401), and two cards of
 * one camera have the same paths and names for different photos.
 */
export function judgeRoot({ known, seen, familiar, place, problem }: RootFacts): RootHealth {
  const offline = (kind: FolderProblem['kind'], stranger = false): RootHealth => {
    const why: FolderProblem = { kind, known, seen, code: problem };
    return { state: 'offline', stranger, note: sentence(why), why };
  };
  if (problem !== null) return offline(PROBLEMS[problem] ?? 'unreadable');
  if (known > 0 && seen === 0) return offline('empty');
  if (place === 'other' && familiar < known * COPIED) return offline('replaced', true);
  if (place === 'unknown' && known >= FEW && familiar < known * EDITED) return offline('unfamiliar', true);
  if (seen < known / 2 && known - seen >= FEW) return offline('partial');
  return { state: 'online', stranger: false, note: null, why: null };
}

const PROBLEMS: Readonly<Record<string, FolderProblem['kind']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  CHANGED: 'moving',
};

function sentence({ kind, known, seen, code }: FolderProblem): string {
  switch (kind) {
    case 'missing':
      return 'The folder is not there. It may be on a drive that is not connected.';
    case 'forbidden':
      return 'The folder may not be read. Its permissions do not allow it.';
    case 'moving':
      return 'Its drive was connected or disconnected while it was looked at.';
    case 'unreadable':
      return `The folder cannot be read (${code}).`;
    case 'empty':
      return `The folder is empty, but ${count(known)} were in it. Is its drive connected?`;
    case 'replaced':
      return `Another drive or folder is in this place, without the ${count(known)} known from here.`;
    case 'unfamiliar':
      return `Hardly any of the ${count(known)} known from here can be seen. Is this another drive?`;
    case 'partial':
      return `Only ${count(seen)} can be seen here, but ${count(known)} were in it. Is its drive fully connected?`;
  }
}

/**
 * How many of the files on record as present were met as they were: at their path with their size, or anywhere with their
 * size and date (moved within the root). A path alone says nothing: cameras begin again with `DCIM/100CANON/IMG_0001.JPG`.
 */
export function countFamiliar(known: Iterable<KnownFile>, seen: Iterable<SeenFile>): number {
  const sizes = new Map<string, number>();
  const looks = new Set<string>();
  for (const { relPath, size, mtimeMs } of seen) {
    sizes.set(relPath.normalize('NFC'), size);
    looks.add(look(size, mtimeMs));
  }
  let familiar = 0;
  for (const file of known) {
    if (file.presence !== 'present') continue;
    const same = sizes.get(file.relPath.normalize('NFC')) === file.size;
    if (same || looks.has(look(file.size, file.mtimeMs))) familiar += 1;
  }
  return familiar;
}

/** Of files that were looked for one by one at another place: enough to say that it is the same folder. */
export function isSameFolder({ asked, familiar }: { asked: number; familiar: number }): boolean {
  return asked > 0 && familiar >= Math.ceil(asked * RECOGNISED);
}

/** Some may have been edited elsewhere while the drive was away. */
const RECOGNISED = 0.75;

function look(size: number, mtimeMs: number): string {
  return `${size} ${Math.trunc(mtimeMs)}`;
}

function count(photos: number): string {
  return photos === 1 ? '1 photo' : `${photos} photos`;
}
