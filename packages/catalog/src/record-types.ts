// What the catalog keeps of photos, files and folders, and what it is told of them.
import type {
  ActId,
  AlbumId,
  Camera,
  DateSource,
  Folder,
  FolderId,
  FolderProblem,
  PhotoDetail,
  PhotoId,
  PhotoView,
  Place,
} from '@semblance/contract';
import type { ExactPhrase, IdentityDecision, PlaceName, QueryFilter } from '@semblance/core';
import type { NamedFolder } from './file-names.ts';
import type { Distinct } from './search-conditions.ts';

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
  /** The largest city whose name is near to one that is not known; null when there is none. */
  cityLike(name: string): string | null;
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
