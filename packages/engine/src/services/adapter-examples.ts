// What a network of one's own learns from: photos that a person has said yes to, and what other programs wrote of them.
import type { Catalog } from '@semblance/catalog';
import { type PhotoId, SemblanceError } from '@semblance/contract';
import { fold, normalise, randomNumbers, shuffled } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';

interface Example {
  vector: Float32Array;
  /** Positions of its texts. */
  labels: number[];
}

export interface AdapterExamples {
  texts: Float32Array[];
  train: Example[];
  /** For stopping early, and for judging: photos that training never sees. */
  heldOut: Example[];
  judged: Example[];
  /** Photos that nobody has said anything of. */
  others: Float32Array[];
}

export interface AdapterExamplesDeps {
  catalog: Catalog;
  vectors: VectorTable;
  /** Unit vector of a text. */
  embed: (text: string) => Promise<Float32Array>;
}

/** The same photos give the same network. */
export const SEED = 1;
/** Fewer photos of one text cannot be told from chance. */
const LEAST_PER_LABEL = 5;
const LEAST_LABELS = 3;
const LEAST_EXAMPLES = 30;
/** Each is a text of its own for the model to read, some 10 ms. */
const MOST_CAPTIONS = 500;
const OTHER_PHOTOS = 2000;
/** Of five parts of the photos one is judged by, one stops the training, three are learnt from. */
const PARTS = 5;

interface Said {
  /** Ways to say it, averaged. */
  wordings: string[];
  photos: PhotoId[];
}

/**
 * Labels and keywords with enough photos, and captions. A keyword that is called like a label belongs to it, except for the
 * photos that it was denied.
 *
 * @throws SemblanceError TOO_FEW_EXAMPLES
 */
export async function gatherExamples({
  catalog,
  vectors,
  embed,
}: AdapterExamplesDeps): Promise<AdapterExamples> {
  const random = randomNumbers(SEED);
  const taught = [...named(catalog), ...captioned(catalog, random)];
  const labelsOf = new Map<PhotoId, number[]>();
  const part = new Map<PhotoId, number>();
  taught.forEach(({ photos }, at) => {
    // A caption has one photo, which must not always fall into the same part.
    const order = photos.length === 1 ? [Math.floor(random() * PARTS)] : shuffled(photos.length, random);
    photos.forEach((photoId, i) => {
      labelsOf.set(photoId, [...(labelsOf.get(photoId) ?? []), at]);
      if (!part.has(photoId)) part.set(photoId, (order[i] ?? 0) % PARTS);
    });
  });
  if (taught.length < LEAST_LABELS || labelsOf.size < LEAST_EXAMPLES) {
    throw new SemblanceError(
      'TOO_FEW_EXAMPLES',
      `This needs at least ${LEAST_EXAMPLES} photos with a caption, or with labels that you have said yes to or keywords, ${LEAST_LABELS} of them with ${LEAST_PER_LABEL} photos or more each.`,
    );
  }
  const examples: AdapterExamples = {
    texts: [],
    train: [],
    heldOut: [],
    judged: [],
    others: await unlabelled(vectors, labelsOf),
  };
  for (const { wordings } of taught) {
    const sum = new Float32Array(vectors.dimensions);
    for (const prompt of await Promise.all(wordings.map(embed))) {
      prompt.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + value;
      });
    }
    examples.texts.push(normalise(sum));
  }
  for (const [photoId, labels] of labelsOf) {
    const vector = await vectors.get(photoId);
    if (vector === null) continue;
    const at = part.get(photoId) ?? 0;
    (at === 0 ? examples.judged : at === 1 ? examples.heldOut : examples.train).push({ vector, labels });
  }
  return examples;
}

function named(catalog: Catalog): Said[] {
  const keywords = new Map<string, { name: string; photos: Set<PhotoId> }>();
  for (const { photoId, keyword } of catalog.written().keywords) {
    const name = keyword.split('/').at(-1)?.trim() ?? '';
    // Numbers are years and camera models, and say nothing of the picture.
    if (!/\p{L}/u.test(name)) continue;
    const known = keywords.get(fold(name)) ?? { name, photos: new Set() };
    keywords.set(fold(name), known);
    known.photos.add(photoId);
  }
  const labels = catalog.labels().map((label): Said => {
    const rows = catalog.labelRows(label.id);
    const photos = new Set(rows.filter(({ verdict }) => verdict === 'yes').map(({ photoId }) => photoId));
    const denied = new Set(rows.filter(({ verdict }) => verdict === 'no').map(({ photoId }) => photoId));
    for (const id of keywords.get(fold(label.name))?.photos ?? []) if (!denied.has(id)) photos.add(id);
    keywords.delete(fold(label.name));
    return { wordings: [label.name, ...label.descriptions], photos: [...photos] };
  });
  const others = [...keywords.values()].map(
    ({ name, photos }): Said => ({ wordings: [name], photos: [...photos] }),
  );
  return [...labels, ...others]
    .filter(({ photos }) => photos.length >= LEAST_PER_LABEL)
    .map((said) => ({ ...said, photos: byContent(catalog, said.photos) }));
}

function captioned(catalog: Catalog, random: () => number): Said[] {
  const photos = new Map<string, PhotoId[]>();
  for (const { photoId, caption } of catalog.written().captions) {
    photos.set(caption, [...(photos.get(caption) ?? []), photoId]);
  }
  // Cameras write their own name into every photo's caption, which describes none of them.
  const own = [...photos]
    .filter(([, ids]) => ids.length < LEAST_PER_LABEL)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return [...shuffled(own.length, random)].slice(0, MOST_CAPTIONS).flatMap((at) => {
    const [caption, ids] = own[at] ?? ['', []];
    return caption === '' ? [] : [{ wordings: [caption], photos: byContent(catalog, ids) }];
  });
}

/** By content: the same photos and answers give the same network in every library. */
function byContent(catalog: Catalog, ids: readonly PhotoId[]): PhotoId[] {
  return ids
    .map((photoId) => ({ photoId, content: catalog.contentHash(photoId) ?? '' }))
    .sort((a, b) => a.content.localeCompare(b.content))
    .map(({ photoId }) => photoId);
}

async function unlabelled(
  vectors: VectorTable,
  labelled: ReadonlyMap<string, unknown>,
): Promise<Float32Array[]> {
  const every = Math.max(1, Math.floor(vectors.count() / OTHER_PHOTOS));
  const others: Float32Array[] = [];
  let at = 0;
  for await (const rows of vectors.scan()) {
    for (const { photoId, vector } of rows)
      if (at++ % every === 0 && !labelled.has(photoId)) others.push(vector);
  }
  return others;
}
