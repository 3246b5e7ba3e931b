// Files that go to the trash and come back, as the catalog keeps track of them.
import type {
  ActId,
  DateSource,
  FileOperationState,
  FolderId,
  PhotoId,
  PhotoTile,
  Place,
} from '@semblance/contract';

/** Everything that must hold for a file before it may be moved. */
export interface FileFacts {
  fileId: number;
  folderId: FolderId;
  folderPath: string;
  /** Whether its folder is online. */
  online: boolean;
  /** Absolute, and relative to its folder with "/". */
  path: string;
  relPath: string;
  bytes: number;
  modifiedAt: number;
  inode: string | null;
  present: boolean;
  /** Its bytes have been read since they last changed. */
  ready: boolean;
  photoId: PhotoId | null;
  /** Of its photo: SHA-256, hex. */
  contentHash: string | null;
}

export interface FileOperationPlan {
  actId: ActId;
  /** Files of one unit go and come back together. */
  unit: number;
  /** Null for a sidecar. */
  fileId: number | null;
  photoId: PhotoId | null;
  /** The photo that inherits; null when nothing is kept in its place. */
  keeperId: PhotoId | null;
  path: string;
  bytes: number;
  modifiedAt: number;
  inode: string | null;
  /** SHA-256; null for a sidecar. */
  contentHash: string | null;
  /** Where it is to lie. The catalog does not look inside. */
  receipt: unknown;
}

export interface FileOperation extends FileOperationPlan {
  id: number;
  /** Milliseconds since 1970 UTC. */
  at: number;
  state: FileOperationState;
  message: string | null;
  /** What the keeper took over, for undo. */
  inherited: unknown;
}

export interface ThrownAwayFile extends FileOperation {
  /** Files of its unit that are away, itself included, and their bytes. */
  unitFiles: number;
  unitBytes: number;
}

export interface FileOperationChange {
  state?: FileOperationState;
  message?: string | null;
  receipt?: unknown;
  inherited?: unknown;
}

/** Place and date of a photo, as the catalog knows them. */
export interface ShotFacts {
  place: Place | null;
  /** Wall-clock milliseconds. */
  takenAt: number;
  dateSource: DateSource;
}

export interface FileOperationsReader {
  /** Unknown ids are left out. */
  fileFacts(fileIds: readonly number[]): Map<number, FileFacts>;
  /** Files on record as present, photo by photo. */
  filesOf(photoIds: readonly PhotoId[]): number[];
  /** In the order they were planned in. */
  fileOperations(actId: ActId): FileOperation[];
  /** Acts that were cut short: some of their operations are neither done nor taken back. */
  unfinishedActs(): ActId[];
  /**
   * What was thrown away and is not back, newest first: one operation per unit, that of the photo's file where it is still
   * away. Left out is what was dismissed, and what lies at its place again because somebody put it there by hand.
   */
  thrownAway(page: { offset: number; limit: number }): {
    total: number;
    bytes: number;
    files: ThrownAwayFile[];
  };
  /** The photo's tile, wherever its files are; null when its bytes are others by now, or nothing is known of it. */
  tileOfBytes(photoId: PhotoId | null, contentHash: string | null): PhotoTile | null;
  /** Operations by id; unknown ids are left out. */
  fileOperationsById(ids: readonly number[]): FileOperation[];
  shot(id: PhotoId): ShotFacts | null;
}

export interface FileOperationsWriter {
  /** Durable before it returns (synchronous=FULL), unless inside a transaction. @returns their ids, in order */
  planFileOperations(plans: readonly FileOperationPlan[]): number[];
  /** What is left out stays as it is. With its last file undone or failed, the act counts as undone. */
  changeFileOperation(id: number, change: FileOperationChange): void;
  /** Takes units off `thrownAway`, each by the id of any of its operations. */
  dismissThrownAway(ids: readonly number[]): void;
  /**
   * A file has left its place on purpose: out of sight at once, without waiting for a scan. Its photo stays on record with
   * all that was said of it. The file does not, unlike one that a scan misses: another picture that is saved under its
   * name is not an edit of it.
   */
  fileGone(fileId: number): void;
  /**
   * A file is back, at its old place or under a new name, with the bytes it had: in sight at once, under its old id where
   * that is free, without being decoded. A path in no library folder changes nothing.
   */
  fileBack(file: {
    fileId: number | null;
    path: string;
    bytes: number;
    modifiedAt: number;
    inode: string | null;
    contentHash: string;
  }): void;
  setShot(id: PhotoId, facts: Partial<ShotFacts>): void;
}
