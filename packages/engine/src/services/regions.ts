// Parts of the library's photos as queries, and as evidence of what is where.
import type { Catalog } from '@semblance/catalog';
import { type PhotoId, type Region, SemblanceError } from '@semblance/contract';
import { squareWindows, type WindowSize } from '@semblance/core';
import { LRUCache } from 'lru-cache';
import type { ComputeClient } from '../compute/client.ts';
import { answering } from './search-ask.ts';

interface Windows {
  /** Width by height of the upright picture. */
  ratio: number;
  regions: Region[];
  /** One unit vector per region. */
  embeddings: Float32Array[];
}

export interface RegionsService {
  /** The photo's part as a query. @throws SemblanceError PHOTO_NOT_FOUND, PHOTO_UNREADABLE, COMPUTE_UNAVAILABLE */
  queryFromRegion(photoId: PhotoId, region: Region): Promise<Float32Array>;
  /** Overlapping windows over the photo; kept for the photos asked for last. @throws as above */
  windows(photoId: PhotoId, sizes: readonly WindowSize[]): Promise<Windows>;
}

/** Photos times sizes; 60 windows of 512 dimensions take 120 KB. */
const KEPT_PHOTOS = 200;

export function createRegions(catalog: Catalog, compute: ComputeClient): RegionsService {
  const kept = new LRUCache<string, Windows>({ max: KEPT_PHOTOS });

  async function embed(photoId: PhotoId, regions: readonly Region[]): Promise<Float32Array[]> {
    const file = catalog.pathOf(photoId);
    if (file === null) throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
    const result = await answering(compute.call('embedRegions', [file.path, [...regions]]));
    if (!result.ok) throw new SemblanceError('PHOTO_UNREADABLE', `${file.path}: ${result.message}`);
    return result.embeddings;
  }

  return {
    async queryFromRegion(photoId, region) {
      const [embedding] = await embed(photoId, [region]);
      if (embedding === undefined) throw new Error('The encoder returned nothing.');
      return embedding;
    },
    async windows(photoId, sizes) {
      const tile = catalog.tiles([photoId]).get(photoId) ?? catalog.tiles([photoId], true).get(photoId);
      if (tile === undefined)
        throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
      const key = JSON.stringify([photoId, tile.version, sizes]);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const regions = squareWindows(tile.ratio, sizes);
      const windows = { ratio: tile.ratio, regions, embeddings: await embed(photoId, regions) };
      kept.set(key, windows);
      return windows;
    },
  };
}
