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
  /** Absent or null when nobody looked. */
  changedMs?: number | null;
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
  /** The file itself, whatever it is called (`serialNumber` in scan); null or absent where that cannot be told. */
  serial?: string | null;
  /** When anything about it changed last (`ctime`), whole milliseconds; null or absent where that means nothing. */
  changedMs?: number | null;
  /** Another program is still writing it, by what lies beside it. */
  unfinished?: boolean;
  /** Absent when nobody looked. */
  beside?: Beside;
}

export interface SeenAgain {
  id: number;
  file: SeenFile;
}

export interface ScanDiff {
  added: SeenFile[];
  /** Size or date differ (present or back from missing), or it may be an edit that hides them: to be read again. */
  changed: SeenAgain[];
  /** At the path of a known file of another disk: these bytes have nothing to do with that file's photo. */
  replaced?: SeenAgain[];
  /** As they were, and looked at by the system's clock of changes: that alone is noted. */
  noted?: SeenAgain[];
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
 * A file with its size and date and another `ctime` may have been edited by a program that puts the date back: it is read
 * again. When so many change at once, somebody has set permissions or owners, or restored a backup, and it is only noted.
 */
const AT_ONCE = 1000;

export interface DiffOptions {
  /**
   * Relative paths that could not be read (folders or files): what is known in and below them is left alone. The root
   * itself is `''`.
   */
  unlisted?: Iterable<string>;
  /** The root lies on another disk than before, and the person takes it as it is: equal names mean nothing. */
  stranger?: boolean;
}

/**
 * Compares what is on record with what a finished walk has met, in O(known + seen).
 *
 * A name matches exactly, or else in NFC: macOS may hand out `e` + accent where Linux stored `é`, and that is the same file.
 * Two files whose names differ only in that form (possible on Linux) stay two files.
 */
export function diffScan(
  known: Iterable<KnownFile>,
  seen: Iterable<SeenFile>,
  { unlisted = [], stranger = false }: DiffOptions = {},
): ScanDiff {
  const diff: ScanDiff = { added: [], changed: [], returned: [], respelled: [], unchanged: 0, missing: [] };
  const doubtful: SeenAgain[] = [];
  const unread = new Set(unlisted);
  const sort = (file: KnownFile, match: SeenFile) => place(diff, doubtful, file, match, stranger);
  const byPath = new Map<string, SeenFile>();
  for (const file of seen) byPath.set(file.relPath, file);

  const unmatched: KnownFile[] = [];
  for (const file of known) {
    const match = byPath.get(file.relPath);
    if (match === undefined) {
      unmatched.push(file);
    } else {
      byPath.delete(file.relPath);
      sort(file, match);
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
      sort(file, match);
    } else if (file.presence === 'present') {
      if (isBelow(file.relPath, unread)) diff.unchanged++;
      else diff.missing.push(file.id);
    }
  }
  for (const file of byPath.values()) if (file.unfinished !== true) diff.added.push(file);
  if (doubtful.length < AT_ONCE) {
    diff.changed.push(...doubtful);
  } else {
    diff.unchanged += doubtful.length;
    note(diff, doubtful);
  }
  return diff;
}

function place(
  diff: ScanDiff,
  doubtful: SeenAgain[],
  known: KnownFile,
  file: SeenFile,
  stranger: boolean,
): void {
  const again = { id: known.id, file };
  const differs = known.size !== file.size || Math.abs(known.mtimeMs - file.mtimeMs) > SAME_TIME;
  if (differs && stranger) {
    diff.replaced ??= [];
    diff.replaced.push(again);
  } else if (differs) {
    diff.changed.push(again);
  } else if (hasNewChange(known, file)) {
    doubtful.push(again);
  } else if (known.presence === 'missing') {
    diff.returned.push(again);
  } else {
    diff.unchanged++;
    if (known.relPath !== file.relPath) diff.respelled.push(again);
    if (isKnown(file.changedMs) && !isKnown(known.changedMs)) note(diff, [again]);
    if (file.beside !== undefined && !isSame(known.beside, file.beside)) {
      diff.accompanied ??= [];
      diff.accompanied.push(again);
    }
  }
}

/** Only where somebody has looked before: a missing file that is back has been moved, and that changes it too. */
function hasNewChange(known: KnownFile, file: SeenFile): boolean {
  if (known.presence === 'missing' || !isKnown(known.changedMs) || !isKnown(file.changedMs)) return false;
  return Math.abs(known.changedMs - file.changedMs) > SAME_TIME;
}

function isKnown(time: number | null | undefined): time is number {
  return time !== null && time !== undefined;
}

function note(diff: ScanDiff, files: readonly SeenAgain[]): void {
  diff.noted ??= [];
  diff.noted.push(...files);
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
