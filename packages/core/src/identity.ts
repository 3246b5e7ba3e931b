// Which photo a decoded file belongs to. A photo is its bytes, not its path, so that user data survives every move.
import type { PhotoId } from '@semblance/contract';

/** What is known when a file's bytes have just been read. */
export interface IdentityFacts {
  /** SHA-256 of the file's bytes, hex. */
  contentHash: string;
  /** The photo this file belonged to before, or null for a file without one. */
  own: {
    id: PhotoId;
    contentHash: string;
    /** Present files of that photo other than this one, and not waiting to be read again as this one is. */
    otherFiles: number;
  } | null;
  /** The photo already known with these bytes, when it is not `own`. */
  twin: {
    id: PhotoId;
    /** Its present files; 0 when it was last seen somewhere else, or nowhere for a long time. */
    presentFiles: number;
  } | null;
  /** A photo without a present file that this one surely is, moved and edited (`kinOf`). */
  kin: { id: PhotoId } | null;
}

/**
 * What becomes of the file, and the everyday name of what happened:
 * - `new`: bytes never seen before, at a path without a photo.
 * - `same`: touched, or restored at its old path; only size and date on record change.
 * - `found-again`: moved, renamed or restored elsewhere; the photo had no present file left.
 * - `copied`: a further file of a photo that is still where it was.
 * - `edited`: the photo's only file has other bytes now, or all have; the photo keeps its id and everything the user said about it.
 * - `moved-and-edited`: likewise, at another path.
 * - `edited-copy`: one of several files was edited; it becomes a photo of its own.
 * - `replaced`: the path now holds the bytes of another known photo.
 */
export type IdentityDecision =
  | { change: 'new'; story: 'new' | 'edited-copy' }
  | { change: 'same'; story: 'same'; photoId: PhotoId }
  | { change: 'linked'; story: 'found-again' | 'copied' | 'replaced'; photoId: PhotoId }
  | { change: 'updated'; story: 'edited' | 'moved-and-edited'; photoId: PhotoId };

/** Pure and total: every combination of facts has exactly one answer. */
export function decideIdentity({ contentHash, own, twin, kin }: IdentityFacts): IdentityDecision {
  if (own !== null && own.contentHash === contentHash)
    return { change: 'same', story: 'same', photoId: own.id };
  if (twin !== null) {
    if (own !== null) return { change: 'linked', story: 'replaced', photoId: twin.id };
    const story = twin.presentFiles === 0 ? 'found-again' : 'copied';
    return { change: 'linked', story, photoId: twin.id };
  }
  if (own === null && kin !== null) return { change: 'updated', story: 'moved-and-edited', photoId: kin.id };
  if (own === null) return { change: 'new', story: 'new' };
  if (own.otherFiles > 0) return { change: 'new', story: 'edited-copy' };
  return { change: 'updated', story: 'edited', photoId: own.id };
}
