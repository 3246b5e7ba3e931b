// Keep or trash, photo by photo, and the rule above all others: a group never ends up with nothing kept.
import type { DuplicateGroup, DuplicatePhoto } from '@semblance/contract';

/** Why a photo's mark stays as it is; the interface words it. */
export type Refusal = 'last-one' | 'reference' | 'browse-only' | 'decided' | 'no-such-photo';

export type Toggled =
  | { group: DuplicateGroup; photo: DuplicatePhoto; refused: null }
  | { group: null; photo: DuplicatePhoto | null; refused: Refusal };

/** Different photos of one subject: to look at, nothing of them is ever proposed. */
export function isBrowseOnly(group: DuplicateGroup): boolean {
  return group.kind === 'similar';
}

/** Nothing of it goes: it is only to look at, or the person has said what it is. */
export function isSettled(group: DuplicateGroup): boolean {
  return isBrowseOnly(group) || group.decision !== null;
}

/** @param index place in the group, from 0 */
export function toggleKeep(group: DuplicateGroup, index: number): Toggled {
  const photo = group.photos[index];
  if (photo === undefined) return { group: null, photo: null, refused: 'no-such-photo' };
  if (isBrowseOnly(group)) return { group: null, photo, refused: 'browse-only' };
  if (group.decision !== null) return { group: null, photo, refused: 'decided' };
  if (photo.keep && photo.reference) return { group: null, photo, refused: 'reference' };
  if (photo.keep && keptFiles(group).length === 1) return { group: null, photo, refused: 'last-one' };
  const changed = { ...photo, keep: !photo.keep };
  const photos = group.photos.map((other, i) => (i === index ? changed : other));
  return { group: chosen({ ...group, photos }), photo: changed, refused: null };
}

/** The group as it stands once the person has said that its marks are right. */
export function chosen(group: DuplicateGroup): DuplicateGroup {
  return { ...group, chosen: true, freed: freedBytes(group) };
}

/** The suggested photo alone, and what stands in reference folders. Without a suggestion nothing changes. */
export function bestOnly(group: DuplicateGroup): DuplicateGroup {
  if (!group.photos.some((photo) => photo.suggested)) return chosen(group);
  const photos = group.photos.map((photo) => ({ ...photo, keep: photo.suggested || photo.reference }));
  return chosen({ ...group, photos });
}

/** File ids. */
export function keptFiles(group: DuplicateGroup): number[] {
  return group.photos.filter((photo) => photo.keep).map((photo) => photo.fileId);
}

export function trashedPhotos(group: DuplicateGroup): DuplicatePhoto[] {
  return isSettled(group) ? [] : group.photos.filter((photo) => !photo.keep);
}

export function freedBytes(group: DuplicateGroup): number {
  return trashedPhotos(group).reduce((sum, photo) => sum + photo.bytes, 0);
}
