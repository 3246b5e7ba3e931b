// The catalog as others see it: what can be read, and what can be changed. Everything is synchronous.
import type {
  ActId,
  AlbumId,
  Camera,
  DateSource,
  Failure,
  FailureReason,
  Folder,
  FolderId,
  FolderProblem,
  LibraryStatus,
  PhotoDetail,
  PhotoId,
  PhotoSet,
  PhotoTile,
  PhotoView,
  Place,
  Subfolder,
} from '@semblance/contract';
import type {
  ExactPhrase,
  IdentityDecision,
  KnownFile,
  PlaceName,
  QueryFilter,
  ScanDiff,
} from '@semblance/core';
import type { DuplicatesReader, DuplicatesWriter } from './duplicates-types.ts';
import type { NamedFolder } from './file-names.ts';
import type { FileOperationsReader, FileOperationsWriter } from './file-operations-types.ts';
import type { LabelsReader, LabelsWriter } from './label-types.ts';
import type { Distinct } from './search-conditions.ts';
import type { SidecarsReader, SidecarsWriter } from './sidecars.ts';

export type * from './label-types.ts';
export type { SidecarFile } from './sidecars.ts';

/** What one decode of a file yields, as far as the catalog keeps it. compute's `IngestedPhoto` fits. */
export interface PhotoFacts {
  /** SHA-256 of the bytes, hex. */
  contentHash: string;
  bytes: number;
  /** Modification time of the file as it was read, milliseconds since 1970 UTC. */
  modifiedAt: number;
  format: string;
  /** Pixels after orientation. */
  width: number;
  height: number;
  animated: boolean;
  /** Wall-clock milliseconds, or null when nothing says so but the file's date. */
  takenAt: number | null;
  dateSource: Exclude<DateSource, 'mtime'> | null;
  camera: Camera;
  place: Place | null;
  caption: string | null;
  keywords: string[];
  /** 1 to 5. Taken over when the photo is new; from then on it is the person's here. */
  rating: number | null;
  /** Likewise. */
  favourite: boolean;
  placeholder: string | null;
  /** For finding copies (`SIGNATURE_VERSION`); absent when it is to be made later. */
  signature?: Uint8Array;
}

/** What a file and its sidecars say of a photo beside its pixels. */
export type MetadataFacts = Pick<
  PhotoFacts,
  'takenAt' | 'dateSource' | 'camera' | 'place' | 'caption' | 'keywords'
>;

/** A file of a photo, and what lies beside it now. */
export interface FileBeside {
  fileId: number;
  photoId: PhotoId;
  /** Absolute. */
  path: string;
  /** Of the photo, as decoded. */
  format: string;
  /** Date of the file (ms), for photos that have no other. */
  modifiedAt: number;
  sidecars: string | null;
  film: string | null;
  /** Only then the metadata are to be read again. */
  sidecarsChanged: boolean;
}

/** A file the engine should look at now. */
export interface WaitingFile {
  fileId: number;
  rootId: FolderId;
  /** Absolute. */
  path: string;
  /** The photo it belonged to at its last look; null for a new file. */
  photoId: PhotoId | null;
  /** Size in bytes and date (ms) at the last scan. */
  bytes: number;
  modifiedAt: number;
  /** How often its process has died on it. */
  attempts: number;
  /** Since when it is being copied (ms since 1970 UTC), as far as anybody has seen; null for most. */
  waitingSince: number | null;
}

/** What tells a folder from another one in its place. Null: the system does not say. */
export interface RootIdentity {
  /** Names its disk. */
  volume: string | null;
  /** Its path on that disk. */
  inside: string | null;
  /** The folder itself, whatever it is called. */
  serial: string | null;
}

export interface RootCondition {
  state: Folder['state'];
  /** What lies in its place is another folder. */
  stranger: boolean;
  note: string | null;
  /** The facts behind the note. */
  why?: FolderProblem | null;
  /** Where an offline folder was found now: absolute. */
  foundAt: string | null;
}

/** A file on disk as it is at this moment. */
export interface FileNow {
  size: number;
  mtimeMs: number;
  changedMs: number | null;
}

/** What finishing a file did. */
export interface Settled {
  photoId: PhotoId;
  change: IdentityDecision['change'];
  story: IdentityDecision['story'];
  /** True when the photo has no durable vector of the model asked about. */
  needsEmbedding: boolean;
}

export interface ScanOutcome {
  added: number;
  changed: number;
  returned: number;
  missing: number;
  unchanged: number;
}

export interface PhotoRecord extends PhotoDetail {
  contentHash: string;
  /** Counts up when the photo's bytes are edited in place. */
  edition: number;
}

export interface PhotoPath {
  fileId: number;
  path: string;
  /** False when its folder is offline, or the file was missing at the last scan. */
  reachable: boolean;
}

export interface EmbeddedPhoto {
  photoId: PhotoId;
  /** `hashVector` of what was stored. */
  vectorHash: string;
}

export interface JournalEntry {
  id: number;
  /** Milliseconds since 1970 UTC. */
  at: number;
  kind: string;
  payload: unknown;
}

/** What a person has said of a photo itself. */
export interface Marks {
  favourite: boolean;
  /** 1 to 5; null when not rated. */
  rating: number | null;
  /** Kept out of views and searches. */
  hidden: boolean;
}

/** What is left out stays as it is. */
export type MarksChange = { [Key in keyof Marks]?: Marks[Key] | undefined };

/** As much of an album as a filter needs to know. */
export type AlbumNamed = Pick<AlbumRecord, 'id' | 'name' | 'query'>;

export interface AlbumRecord {
  id: AlbumId;
  name: string;
  /** A saved search whose results the album shows; null for one filled by hand. */
  query: string | null;
  createdAt: number;
  /** Photos in sight; 0 for a saved search. */
  photos: number;
  /** Its newest photo in sight. */
  cover: PhotoId | null;
}

/** Something a person did that can be taken back. `payload` is what its undo needs. */
export interface ActRecord {
  id: ActId;
  /** Milliseconds since 1970 UTC. */
  at: number;
  kind: string;
  payload: unknown;
  undone: boolean;
}

/** Names for coordinates. The caller's, because the table of cities is not the catalog's business. */
export interface PlaceLookup {
  /** Counts up when answers may have changed; photos placed by an earlier edition are looked up again. */
  edition: number;
  placeOf(latitude: number, longitude: number): PlaceName | null;
  /** Where the largest city called so is, WGS 84 degrees; null when none is. */
  cityCalled(name: string): { latitude: number; longitude: number } | null;
}

/** The part of a search that needs no model. */
export interface PhotoFilter {
  filters: readonly QueryFilter[];
  exacts: readonly ExactPhrase[];
  view?: PhotoView | undefined;
  /** What saved searches that a filter names find now; one that is not here finds nothing. */
  saved?: ReadonlyMap<AlbumId, readonly PhotoId[]> | undefined;
  /** Milliseconds since 1970 UTC, for `is:new`. */
  instant: number;
}

/** What filters can be asked about this library. */
export interface SearchValues extends Distinct {
  folders: readonly NamedFolder[];
}

export interface Page {
  offset: number;
  limit: number;
}

export interface CatalogReader extends LabelsReader, SidecarsReader, DuplicatesReader, FileOperationsReader {
  /** Absolute path of the database file. */
  readonly file: string;

  listRoots(): Folder[];
  root(id: FolderId): Folder | null;
  /** Folders on the disk with photos in sight directly in them, by root and path. */
  subfolders(): Subfolder[];
  /** What the folder was known by when it was last online. */
  rootIdentity(id: FolderId): RootIdentity;
  /** Some of a root's present files, spread over it and always the same ones, to recognise it by. */
  sampleFiles(id: FolderId, count: number): { relPath: string; size: number; mtimeMs: number }[];
  /** Every file on record in a root, for `diffScan`. */
  knownFiles(rootId: FolderId): Iterable<KnownFile>;
  /** Files recorded as present in a root, for `judgeRoot`. */
  presentFiles(rootId: FolderId): number;
  /** Ids of the present files in these places (absolute paths of folders), and how many of them wait. */
  filesBelow(places: readonly string[]): { present: Set<number>; pending: number };

  /** Files waiting in online roots: those of the photos in `first`, then the newest. `exclude`: being worked on. */
  nextPending(options: {
    limit: number;
    exclude?: readonly number[];
    first?: readonly PhotoId[];
  }): WaitingFile[];
  /** When the next file that is still being copied is to be looked at (ms since 1970 UTC); null when there is none. */
  nextCopied(): number | null;
  /** Waiting files as large as a photo whose own file waits too, because it has changed. */
  maybeMoved(): WaitingFile[];
  /**
   * Reachable files of visible photos without a vector of this model, newest photo first, one file per photo. With
   * `among`, of those only.
   */
  missingEmbeddings(
    modelKey: string,
    limit: number,
    exclude?: readonly PhotoId[],
    among?: readonly PhotoId[],
  ): WaitingFile[];
  /** Visible photos with a durable vector of this model. */
  embeddedCount(modelKey: string): number;
  /** Every durable vector's hash, hidden photos included. */
  vectorHashes(modelKey: string): Map<PhotoId, string>;
  /** The photos of `vectorHashes`, several times faster. */
  embedded(modelKey: string): PhotoId[];
  /** Photos with a durable vector whose longer side is more than `ratio` times the shorter. */
  wideEmbedded(modelKey: string, ratio: number): PhotoId[];
  /** Photos that have a vector but no present file: search must leave them out. */
  hiddenEmbedded(modelKey: string): PhotoId[];

  findByHash(contentHash: string): PhotoId | null;
  /** Photos with files of this many bytes: hashing a new file is worth it only when there are some. */
  photosBySize(bytes: number): { photoId: PhotoId; contentHash: string }[];

  counts(modelKey: string | null): LibraryStatus['counts'];
  /** A page of a view, in its order. */
  timeline(page: Page, view?: PhotoView): { total: number; photos: PhotoTile[] };
  /** These photos, then those that they stand for: what an act on them is about. */
  actOn(ids: readonly PhotoId[]): PhotoId[];
  /** All photos of a set, in the order of its view. Selected ids are answered as given. */
  photoIds(set: PhotoSet): PhotoId[];
  /**
   * The photos that pass, newest first. `unknown`: filters whose value names nothing here; they were not applied.
   * Photos in sight only, but for `is:hidden` and the view of hidden ones.
   */
  filterPhotos(filter: PhotoFilter): { ids: PhotoId[]; unknown: QueryFilter[] };
  /** For each filter and phrase: how many photos pass all the others. */
  countWithout(filter: PhotoFilter): { about: QueryFilter | ExactPhrase; photos: number }[];
  /** Albums that `album:name` names: those called so, or else those whose name begins with it. Names are folded. */
  albumsCalled(name: string): AlbumNamed[];
  searchValues(): SearchValues;
  /** What other programs wrote of the photos in sight. */
  written(): {
    captions: { photoId: PhotoId; caption: string }[];
    keywords: { photoId: PhotoId; keyword: string }[];
  };
  /** Counts up with every row that is written: what was read at the same count still holds. */
  changes(): number;
  /**
   * Visible photos only; unknown and hidden ids are left out. With `hidden`, the hidden ones instead; with `followers`, those
   * as well that another photo stands for.
   */
  tiles(ids: readonly PhotoId[], hidden?: boolean, followers?: boolean): Map<PhotoId, PhotoTile>;
  /** Null when unknown. Hidden photos are answered too (undo needs them). */
  photo(id: PhotoId, modelKey: string | null): PhotoRecord | null;
  contentHash(id: PhotoId): string | null;
  /** Its best file, reachable ones first; null when it has none on record. */
  pathOf(id: PhotoId): PhotoPath | null;
  pathsOf(ids: readonly PhotoId[]): Map<PhotoId, PhotoPath>;
  /** The photo of the file at this absolute path; null when it lies in no root or is not known. */
  photoByPath(path: string): PhotoId | null;
  /** Files that failed, and what the last walks could not use; `reasons` counts all of them. */
  failures(page: Page & { reason?: FailureReason | undefined }): {
    total: number;
    reasons: { reason: FailureReason; files: number }[];
    failures: Failure[];
  };
  /** How many things the last walks could not use. */
  scanProblems(): number;
  /** Files whose sidecars or film are others than when they were last looked at. */
  besideChanged(limit: number): FileBeside[];

  marks(ids: readonly PhotoId[]): Map<PhotoId, Marks>;
  albums(): AlbumRecord[];
  album(id: AlbumId): AlbumRecord | null;
  albumsOf(photoId: PhotoId): AlbumRecord[];
  /** Every photo put into it, in sight or not. */
  albumMembers(id: AlbumId): PhotoId[];
  act(id: ActId): ActRecord | null;
  /** Newest first. */
  acts(limit: number): ActRecord[];

  setting(key: string): string | null;
  journal(query?: { kind?: string; afterId?: number; limit?: number }): JournalEntry[];
  /** Looks at every page of the database. Empty when sound, else what SQLite found (at most 100 lines). */
  verifyIntegrity(): string[];
}

export interface Catalog
  extends CatalogReader,
    LabelsWriter,
    SidecarsWriter,
    DuplicatesWriter,
    FileOperationsWriter {
  /** Groups writes; all or nothing. Nests. */
  transaction<T>(work: () => T): T;

  /**
   * Adds a library folder. Idempotent: a folder inside a known one answers with that one; a folder around known ones
   * takes over their files, and they end. @param path absolute and real (links resolved)
   */
  addRoot(path: string): Folder;
  setRootState(id: FolderId, condition: RootCondition): void;
  setRootIdentity(id: FolderId, identity: RootIdentity): void;
  /**
   * The folder lies elsewhere now; its files and all that was said of them come along. Inside a known folder it becomes a
   * part of that one, and known ones inside of it become a part of it. Returns the folder that holds its files then.
   * @param path absolute and real
   */
  moveRoot(id: FolderId, path: string): Folder;
  /**
   * Forgets a folder and its files. Photos without a file left stay on record, hidden, with what the user said of them.
   * Returns those, so that what can be made again (vectors, thumbnails) is not kept for them.
   */
  removeRoot(id: FolderId): { photoId: PhotoId; contentHash: string }[];

  /** Writes what a scan has found, and a journal entry when it found anything, in one transaction. */
  applyScan(rootId: FolderId, diff: ScanDiff, scanId: string): ScanOutcome;
  /** Finds out anew which raw photos follow which pictures. Returns how many changed. */
  refreshUnits(): number;
  /** What the walk could not use, in place of what the one before could not. */
  setScanProblems(
    rootId: FolderId,
    problems: readonly { relPath: string; reason: FailureReason; message: string }[],
  ): void;
  /** The file's metadata as read again; null: they cannot be read now, and what is known stays. */
  settleBeside(file: FileBeside, metadata: MetadataFacts | null, live: boolean): void;
  /** Must be durable before a decode starts, so that a crash names its file. */
  markInFlight(fileIds: readonly number[]): void;
  clearInFlight(fileIds: readonly number[]): void;
  /** Files that were being decoded when the last process died. Counts the attempt and clears the marks. */
  inFlightLeftovers(): WaitingFile[];
  /** For a compute process that died under a living engine. Returns the file's attempts so far. */
  countAttempt(fileId: number): number;

  /** Files the facts under the right photo (`decideIdentity`). Null when the file was forgotten meanwhile. */
  finishFile(fileId: number, facts: PhotoFacts, modelKey: string | null): Settled | null;
  /** The same for a file whose bytes are those of a known photo, without decoding it. */
  linkFile(
    fileId: number,
    photoId: PhotoId,
    asRead: { bytes: number; modifiedAt: number },
    modelKey: string | null,
  ): Settled | null;
  /** The file is still being written: it is not handed out before that time, and compared with how it is now. */
  postpone(fileId: number, now: FileNow, notBefore: number): void;
  failFile(fileId: number, reason: FailureReason, message: string): void;
  /** Queues failed files again: all, or those that failed for one of these reasons, or of these. Returns how many. */
  retryFailed(reasons?: readonly FailureReason[] | null, fileIds?: readonly number[] | null): number;

  /**
   * Names the places of photos that were not looked up yet. Returns how many it looked at; 0 when there are none left.
   */
  placeSome(limit: number): number;

  /** Call only when the vectors are durable. Photos forgotten meanwhile are left out. */
  markEmbedded(photos: readonly EmbeddedPhoto[], modelKey: string): void;
  /** Vectors that are gone or wrong, so that they are made again. */
  dropEmbeddings(which: { photoIds: readonly PhotoId[]; modelKey?: string } | { modelKey: string }): void;

  /** What is left out stays as it is. */
  mark(ids: readonly PhotoId[], change: MarksChange): void;
  createAlbum(name: string, query: string | null): AlbumId;
  /** Brings back an album that was removed, under its old id. */
  restoreAlbum(album: AlbumRecord, photoIds: readonly PhotoId[]): void;
  changeAlbum(id: AlbumId, change: { name?: string; query?: string | null }): void;
  removeAlbum(id: AlbumId): void;
  /** @returns the photos that were not in it before */
  addToAlbum(id: AlbumId, photoIds: readonly PhotoId[]): PhotoId[];
  /** @returns the photos that were in it */
  removeFromAlbum(id: AlbumId, photoIds: readonly PhotoId[]): PhotoId[];
  recordAct(kind: string, payload: unknown): ActId;
  markUndone(id: ActId): void;

  setSetting(key: string, value: string | null): void;
  appendJournal(kind: string, payload: unknown): number;

  /** Checkpoints the write-ahead log and closes. Safe to call twice. */
  close(): void;
}
