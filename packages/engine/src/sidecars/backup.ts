// Originals are kept before anything is written into them, and only then.
import { constants, copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { hashFile } from '@semblance/scan';

/** Formats whose metadata can be written without touching a pixel, by extension. Camera raw files are left alone. */
const TAKES_TAGS = /\.(jpe?g|tiff?|png|webp|heic|avif|dng)$/i;

export function takesTags(path: string): boolean {
  return TAKES_TAGS.test(path);
}

/**
 * Copies a picture to `<directory>/<first two digits>/<SHA-256>.<extension>`, unless it lies there already. On disk when
 * it resolves.
 *
 * @param contentHash what the catalog knows the picture as
 * @throws Error when the file is not that picture any more
 */
export async function backUp(path: string, contentHash: string, directory: string): Promise<void> {
  const target = join(directory, contentHash.slice(0, 2), `${contentHash}${extname(path).toLowerCase()}`);
  if ((await hashFile(path)).contentHash !== contentHash) {
    throw new Error('The picture has changed since it was indexed; it is looked at again first.');
  }
  if (await exists(target)) return;
  await mkdir(dirname(target), { recursive: true });
  const fresh = `${target}.new`;
  try {
    await copyFile(path, fresh, constants.COPYFILE_FICLONE);
    const handle = await open(fresh, 'r+');
    await handle.sync().finally(() => handle.close());
    if ((await hashFile(fresh)).contentHash !== contentHash)
      throw new Error('The copy is not like the picture.');
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
