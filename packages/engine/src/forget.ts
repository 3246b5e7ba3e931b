// What the library drops when a photo has no file any more: vectors and thumbnails. Both can be made again.
import { rm } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import type { VectorTable } from '@semblance/vectors';
import { thumbnailFile } from './media.ts';

export interface ForgetDeps {
  catalog: Catalog;
  /** Of every model that is open. */
  tables: () => readonly VectorTable[];
  thumbnailDirectory: string;
}

export async function forget(
  { catalog, tables, thumbnailDirectory }: ForgetDeps,
  photos: readonly { photoId: string; contentHash: string }[],
): Promise<void> {
  if (photos.length === 0) return;
  const photoIds = photos.map((photo) => photo.photoId);
  catalog.dropEmbeddings({ photoIds });
  for (const vectors of tables()) await vectors.remove(photoIds);
  for (const { contentHash } of photos)
    await rm(thumbnailFile(thumbnailDirectory, contentHash), { force: true });
}
