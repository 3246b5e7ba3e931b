// What a walk of a root means for the files on record. Pure, so that every case is one row of a test table.

/** A file on record. `relPath` is relative to its root with `/` between names, spelled as on disk. */
export interface KnownFile {
  id: number;
  relPath: string;
  /** Bytes. */
  size: number;
  /** Modification time, whole milliseconds. */
  mtimeMs: number;
  presence: 'present' | 'missing';
  beside?: Beside;
}

/** What belongs to a photo and lies beside it, as one text each that changes when it does; null when there is none. */
export interface Beside {
  /** XMP, Google Takeout's JSON: what the photo's metadata are read from. */
  sidecars: string | null;
  /** A film of the photo's name, which may be the moving part of a Live Photo. */
  film: string | null;
}

/** A file the walk has met. */
export interface SeenFile {
  relPath: string;
  size: number;
  mtimeMs: number;
  /** Decimal inode or file id; null where the file system has none. */
  inode: string | null;
  /** Absent when nobody looked. */
  beside?: Beside;
}

export interface SeenAgain {
  id: number;
  file: SeenFile;
}

export interface ScanDiff {
  added: SeenFile[];
  /** Size or date differ (present or back from missing): the bytes must be read again. */
  changed: SeenAgain[];
  /** Was missing and is back as it was. */
  returned: SeenAgain[];
  /** Same file, same size and date, name now spelled in another Unicode form (drive moved between systems). */
  respelled: SeenAgain[];
  /** The same file, and something else beside it: only its metadata must be read again. */
  accompanied?: SeenAgain[];
  /** Number of files that need nothing; `respelled` and `accompanied` ones included. */
  unchanged: number;
  /** Ids of files that were present and were not met. */
  missing: number[];
}

/**
 * Dates this close are the same, ms: `stat` gives nanoseconds that round to one whole millisecond or the other, depending
 * on who asks, and a file must not look edited for ever because of it.
 */
const SAME_TIME = 1;

/**
 * Compares what is on record with what a finished walk has met, in O(known + seen).
 *
 * A name matches exactly, or else in NFC: macOS may hand out `e` + accent where Linux stored `é`, and that is the same file.
 * Two files whose names differ only in that form (possible on Linux) stay two files.
 *
 * @param unlisted relative paths that could not be read (folders or files): what is known in and below them is left alone.
 *   The root itself is `''`.
 */
export function diffScan(
  known: Iterable<KnownFile>,
  seen: Iterable<SeenFile>,
  unlisted: Iterable<string> = [],
): ScanDiff {
  const diff: ScanDiff = { added: [], changed: [], returned: [], respelled: [], unchanged: 0, missing: [] };
  const unread = new Set(unlisted);
  const byPath = new Map<string, SeenFile>();
  for (const file of seen) byPath.set(file.relPath, file);

  const unmatched: KnownFile[] = [];
  for (const file of known) {
    const match = byPath.get(file.relPath);
    if (match === undefined) {
      unmatched.push(file);
    } else {
      byPath.delete(file.relPath);
      sort(diff, file, match);
    }
  }

  const byForm = new Map<string, SeenFile>();
  for (const file of byPath.values()) byForm.set(file.relPath.normalize('NFC'), file);
  for (const file of unmatched) {
    const form = file.relPath.normalize('NFC');
    const match = byForm.get(form);
    if (match !== undefined) {
      byForm.delete(form);
      byPath.delete(match.relPath);
      sort(diff, file, match);
    } else if (file.presence === 'present') {
      if (isBelow(file.relPath, unread)) diff.unchanged++;
      else diff.missing.push(file.id);
    }
  }
  for (const file of byPath.values()) diff.added.push(file);
  return diff;
}

function sort(diff: ScanDiff, known: KnownFile, file: SeenFile): void {
  const again = { id: known.id, file };
  if (known.size !== file.size || Math.abs(known.mtimeMs - file.mtimeMs) > SAME_TIME) {
    diff.changed.push(again);
  } else if (known.presence === 'missing') {
    diff.returned.push(again);
  } else {
    diff.unchanged++;
    if (known.relPath !== file.relPath) diff.respelled.push(again);
    if (file.beside !== undefined && !isSame(known.beside, file.beside)) {
      diff.accompanied ??= [];
      diff.accompanied.push(again);
    }
  }
}

function isSame(known: Beside | undefined, seen: Beside): boolean {
  return (known?.sidecars ?? null) === seen.sidecars && (known?.film ?? null) === seen.film;
}

function isBelow(relPath: string, folders: ReadonlySet<string>): boolean {
  if (folders.size === 0) return false;
  for (let path = relPath; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    if (folders.has(path)) return true;
  }
  return folders.has('');
}
