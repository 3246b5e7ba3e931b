// Whether a library folder can be believed. An unplugged drive must never read as "the user deleted everything".

export interface RootFacts {
  /** Files on record as present in this root. */
  known: number;
  /** Photo files the walk has met. */
  seen: number;
  /** Null when the root folder could be listed, else the reason as the system gave it (`ENOENT`, `EACCES`, ...). */
  problem: string | null;
}

export type RootHealth = { state: 'online'; note: null } | { state: 'offline'; note: string };

/** A root may lose this many files at once before their share is looked at. */
const FEW = 20;

/**
 * Judges a root after a walk and before anything is marked missing.
 *
 * Offline means: photos stay, greyed, and nothing is recorded as gone. Why so careful: an unmounted drive leaves an
 * empty mount point, and a network share may list only a part (immich-app/immich#30817, #6192, PR #12401).
 */
export function judgeRoot({ known, seen, problem }: RootFacts): RootHealth {
  if (problem !== null) return { state: 'offline', note: because(problem) };
  if (known > 0 && seen === 0) {
    return {
      state: 'offline',
      note: `The folder is empty, but ${count(known)} were in it. Is its drive connected?`,
    };
  }
  if (seen < known / 2 && known - seen >= FEW) {
    return {
      state: 'offline',
      note: `Only ${count(seen)} can be seen here, but ${count(known)} were in it. Is its drive fully connected?`,
    };
  }
  return { state: 'online', note: null };
}

function because(problem: string): string {
  switch (problem) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'The folder is not there. It may be on a drive that is not connected.';
    case 'EACCES':
    case 'EPERM':
      return 'The folder may not be read. Its permissions do not allow it.';
    default:
      return `The folder cannot be read (${problem}).`;
  }
}

function count(photos: number): string {
  return photos === 1 ? '1 photo' : `${photos} photos`;
}
