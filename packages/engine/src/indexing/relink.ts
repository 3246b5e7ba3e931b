// Before anything is decoded: files that may be known photos, moved, whose old places hold something else by now. What
// lies at the old place looks like an edit of the photo until the photo itself is found again.
import type { Catalog, WaitingFile } from '@semblance/catalog';
import { hashFile } from '@semblance/scan';

export interface RelinkDeps {
  catalog: Catalog;
  modelKey: string;
}

/**
 * Hashes only files that are as large as a photo whose own file has changed.
 *
 * @returns the files that are known photos again; the others wait as before
 */
export async function relinkMoved(
  { catalog, modelKey }: RelinkDeps,
  signal: AbortSignal,
): Promise<WaitingFile[]> {
  const linked: WaitingFile[] = [];
  for (const file of catalog.maybeMoved()) {
    if (signal.aborted) break;
    // Unreadable: whoever decodes it will say why.
    const read = await hashFile(file.path).catch(() => null);
    if (read === null) continue;
    const photo = catalog
      .photosBySize(read.bytes)
      .find(({ contentHash }) => contentHash === read.contentHash);
    if (photo !== undefined && catalog.linkFile(file.fileId, photo.photoId, read, modelKey) !== null) {
      linked.push(file);
    }
  }
  return linked;
}
