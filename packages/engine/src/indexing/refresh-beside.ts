// Photos beside which something has changed: their metadata are read again, nothing is decoded or encoded, and what a
// person has said here stays.
import type { Catalog } from '@semblance/catalog';
import { isLivePhoto } from '@semblance/scan';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

const CHUNK = 32;

/** @returns how many photos were looked at; less than all when stopped */
export async function refreshBeside(
  { catalog, compute }: { catalog: Catalog; compute: ComputeClient },
  stopped: () => boolean,
): Promise<number> {
  let looked = 0;
  for (let last = -1; !stopped(); ) {
    const files = catalog.besideChanged(CHUNK);
    // What was settled is not listed again; the same list twice means that somebody else holds it up.
    if (files.length === 0 || files[0]?.fileId === last) return looked;
    last = files[0]?.fileId ?? -1;
    for (const file of files) {
      if (stopped()) return looked;
      const live = await isLivePhoto(file.path, file.film);
      catalog.settleBeside(file, file.sidecarsChanged ? await metadataOf(compute, file) : null, live);
      looked += 1;
    }
  }
  return looked;
}

async function metadataOf(compute: ComputeClient, { path, format }: { path: string; format: string }) {
  try {
    const read = await compute.call('readMetadata', [path, format]);
    return read.ok ? read.metadata : null;
  } catch (error) {
    if (error instanceof ComputeGone) return null;
    throw error;
  }
}
