// What the catalog keeps about likeness: the truth of decisions, and the rebuildable memory of comparisons.
import type { DuplicateDecision, DuplicateGroupId, FolderId, PhotoId } from '@semblance/contract';

/** First 20 hex digits of the SHA-256 of a file's bytes. */
export type ContentKey = string;

/** A file that may be kept or go, with what its photo is known for. */
export interface DuplicateFile {
  fileId: number;
  photoId: PhotoId;
  content: ContentKey;
  contentHash: string;
  folderId: FolderId;
  /** Absolute, and relative to its folder with "/". */
  path: string;
  relPath: string;
  bytes: number;
  /** Milliseconds since 1970 UTC. */
  modifiedAt: number;
  width: number;
  height: number;
  format: string;
  takenAt: number;
  /** Whether `takenAt` is from the file's own metadata. */
  dated: boolean;
  camera: string | null;
  located: boolean;
  favourite: boolean;
  rating: number | null;
  albums: number;
  labels: number;
}

export interface StoredSignature {
  photoId: PhotoId;
  content: ContentKey;
  signature: Uint8Array;
  /** With what it was compared last; null when never. */
  compared: string | null;
}

export interface StoredPair {
  a: ContentKey;
  b: ContentKey;
  kind: string;
  likeness: unknown;
}

export interface StoredDecision {
  a: ContentKey;
  b: ContentKey;
  decision: DuplicateDecision;
  /** Of a content with itself: byte-identical files that the decision was about. */
  copies: number;
}

export interface DuplicatesReader {
  /** Photos in sight with a reachable file and no signature of this version, newest first. */
  missingSignatures(
    version: number,
    limit: number,
    exclude?: readonly ContentKey[],
  ): { content: ContentKey; contentHash: string; path: string }[];
  /** Signatures of this version whose photo is in sight, by content: a page of those after the one named. */
  signatures(version: number, page: { after: ContentKey; limit: number }): StoredSignature[];
  /** Those of photos in sight that are not yet compared so. */
  signaturesToCompare(version: number, compared: string): StoredSignature[];
  /** Of each: photos in sight of the same camera, shot at most so many milliseconds before or after, nearest first. */
  shotsAround(
    contents: readonly ContentKey[],
    milliseconds: number,
    limit: number,
  ): Map<ContentKey, ContentKey[]>;
  judgements(contents: readonly ContentKey[], version: number): Map<ContentKey, unknown>;
  /** Contents in sight that have several reachable files. */
  copiedContents(): ContentKey[];
  /** Reachable, ready files of photos in sight, by id. */
  duplicateFiles(contents: readonly ContentKey[]): DuplicateFile[];
  /** Pairs of this version; of all kinds or of these, of all photos or of these. */
  pairs(version: number, kinds?: readonly string[] | null, contents?: readonly ContentKey[]): StoredPair[];
  decisions(): StoredDecision[];
  choices(): Map<DuplicateGroupId, number[]>;
}

export interface DuplicatesWriter {
  saveSignature(contentHash: string, version: number, signature: Uint8Array): void;
  saveJudgements(judgements: ReadonlyMap<ContentKey, unknown>, version: number): void;
  /** @param compared signatures to which everything there is to say of them is said with these pairs, and how */
  savePairs(
    pairs: readonly StoredPair[],
    version: number,
    compared?: { contents: readonly ContentKey[]; as: string },
  ): void;
  /** A null decision takes it back. */
  decide(pairs: readonly (Omit<StoredDecision, 'decision'> & { decision: DuplicateDecision | null })[]): void;
  setChoice(group: DuplicateGroupId, files: readonly number[] | null): void;
}
