// The metadata of a photo whose pixels are known: read again when only what lies beside it has changed.
import { classifyFailure } from '../failures.ts';
import type { IngestFailure } from '../protocol.ts';
import { readPhoto } from '../read.ts';
import type { PhotoMetadata } from './facts.ts';
import { gatherMetadata } from './index.ts';

/** @param format as decoded */
export async function readMetadataAgain(
  path: string,
  format: string,
): Promise<IngestFailure | { ok: true; metadata: PhotoMetadata }> {
  try {
    const { data } = await readPhoto(path);
    return { ok: true, metadata: await gatherMetadata(path, data, format) };
  } catch (error) {
    return classifyFailure(error, path);
  }
}
