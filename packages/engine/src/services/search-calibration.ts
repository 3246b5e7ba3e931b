// What a query's cosines are judged against: a sample of the library, everyday prompts, and the photos near to all.
import type { PhotoId } from '@semblance/contract';
import {
  type Background,
  dot,
  type HubScale,
  hubPenalty,
  type Reference,
  summarizeBackground,
  summarizeHubs,
  summarizeReference,
} from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';

/** Photos that stand for "any photo" when a query's cosines are judged. */
const BACKGROUND_PHOTOS = 2048;
/** Of those, so many are compared with the prompts: one matrix product, whenever the library has grown. */
const REFERENCE_PHOTOS = 1024;
/** Photos that stand in for prompts when the query is a photo. */
const PHOTO_QUERIES = 64;
/** Hubs that are looked up by name. */
const KNOWN_HUBS = 2048;
/** The same library gives the same relevance twice. */
const SAMPLE_SEED = 1;
/** float32 cosine of a photo with itself, at least. */
const ITSELF = 0.999_99;

/** Everything below is drawn at one time, and again when the library has grown by a tenth. */
export interface Calibration {
  /** @param top highest cosine in the library, after `penalty` */
  judge(query: Float32Array, top: number, kind: 'text' | 'photo' | 'both'): Background;
  /** What to take off a photo's cosine with any text. */
  penalty(photoId: PhotoId): number;
}

export interface CalibrationDeps {
  vectors: VectorTable;
  /** Embeddings of the everyday prompts: unit vectors. */
  prompts: () => Promise<readonly Float32Array[]>;
}

export function createCalibration({ vectors, prompts }: CalibrationDeps): () => Promise<Calibration> {
  let drawn: { calibration: Calibration; count: number } | null = null;
  return async () => {
    const count = vectors.count();
    if (drawn === null || Math.abs(count - drawn.count) > drawn.count / 10) {
      drawn = { calibration: await draw(vectors, await prompts(), count), count };
    }
    return drawn.calibration;
  };
}

async function draw(
  vectors: VectorTable,
  prompts: readonly Float32Array[],
  librarySize: number,
): Promise<Calibration> {
  vectors.probes(prompts);
  const matrix = await vectors.sample(BACKGROUND_PHOTOS, SAMPLE_SEED);
  const { dimensions } = vectors;
  const part = matrix.subarray(0, REFERENCE_PHOTOS * dimensions);
  const references: Record<'text' | 'photo' | 'both', Reference | null> = {
    text: summarizeReference(prompts.map((prompt) => cosines(prompt, part))),
    photo: summarizeReference(
      rows(part, dimensions)
        .slice(0, PHOTO_QUERIES)
        .map((row) => withoutItself(cosines(row, part))),
    ),
    // A text with a photo lies between the two: its own cosines are all there is to go by.
    both: null,
  };
  const hubs = references.text === null ? null : await findHubs(vectors, prompts, matrix);
  return {
    judge(query, top, kind) {
      const sample = cosines(query, matrix);
      return summarizeBackground(kind === 'text' ? sample : withoutItself(sample), {
        reference: references[kind],
        top,
        librarySize,
      });
    },
    penalty(photoId) {
      const mean = hubs?.means.get(photoId);
      return hubs === null || mean === undefined ? 0 : hubPenalty(mean, hubs.scale);
    },
  };
}

/** A photo's mean cosine with the prompts is its dot product with their mean, so hubs are the neighbours of that. */
async function findHubs(
  vectors: VectorTable,
  prompts: readonly Float32Array[],
  matrix: Float32Array,
): Promise<{ means: Map<PhotoId, number>; scale: HubScale }> {
  const mean = new Float32Array(vectors.dimensions);
  for (const prompt of prompts) {
    prompt.forEach((value, i) => {
      mean[i] = (mean[i] ?? 0) + value / prompts.length;
    });
  }
  const length = Math.hypot(...mean);
  const nearest = await vectors.search(mean, KNOWN_HUBS);
  const means = new Map(nearest.map((hit) => [hit.photoId, hit.cosine * length]));
  const last = nearest.at(-1);
  const furthest = nearest.length < KNOWN_HUBS || last === undefined ? undefined : last.cosine * length;
  return { means, scale: summarizeHubs(cosines(mean, matrix), furthest) };
}

/** Cosine of a unit query with every row of a matrix of unit vectors. */
function cosines(query: Float32Array, matrix: Float32Array): Float32Array {
  return Float32Array.from(rows(matrix, query.length), (row) => dot(query, row));
}

function rows(matrix: Float32Array, dimensions: number): Float32Array[] {
  return Array.from({ length: matrix.length / dimensions }, (_, row) =>
    matrix.subarray(row * dimensions, (row + 1) * dimensions),
  );
}

function withoutItself(values: Float32Array): Float32Array {
  return values.map((cosine) => (cosine > ITSELF ? Number.NaN : cosine));
}
