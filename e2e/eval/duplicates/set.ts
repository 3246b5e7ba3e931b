// The measured pictures: photos of a folder, what is made of them, and pictures whose likeness somebody has written down.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom, seedFrom } from '@semblance/testkit';
import type { KnownPhoto } from '../search/photo-folder.ts';
import { OPERATION_NAMES, writeVariants } from './variants.ts';

export type Truth = 'exact' | 'resaved' | 'edited';

export interface KnownFile {
  /** Where it lies in the measured folder. */
  path: string;
  /** Files of one origin are copies of one another. */
  origin: string;
  /** Null: the original, or nothing but itself. */
  made: { operation: string; kind: Truth } | null;
}

/** Operations per photo: half of them, so that every operation is seen on half of the photos. */
const SHARE = 0.5;

/** Copies the photos into the folder and makes their variants beside them, in other folders. */
export async function writeMadeSet(
  photos: readonly KnownPhoto[],
  folder: string,
  seed: number,
): Promise<KnownFile[]> {
  const files: KnownFile[] = [];
  await mkdir(join(folder, 'originals'), { recursive: true });
  for (const photo of photos) {
    const random = seededRandom(seedFrom('variants', seed, photo.file));
    const name = photo.file.replace(/\.[^.]*$/, '');
    const path = join(folder, 'originals', photo.file);
    await copyFile(photo.path, path);
    files.push({ path, origin: photo.file, made: null });
    const operations = OPERATION_NAMES.filter(() => random() < SHARE);
    try {
      for (const variant of await writeVariants(path, join(folder, 'made'), name, random, operations)) {
        const { operation, kind } = variant;
        files.push({ path: variant.path, origin: photo.file, made: { operation, kind } });
      }
    } catch {
      // A few of the photos are not what every program opens; they stay without variants.
    }
    if (random() < SHARE) files.push(await writeCopy(path, folder, photo.file, 'copy'));
    if (random() < SHARE && /\.jpe?g$/.test(photo.file)) {
      files.push(await writeCopy(path, folder, photo.file, 'other metadata'));
    }
  }
  return files;
}

async function writeCopy(from: string, folder: string, file: string, operation: string): Promise<KnownFile> {
  const target = join(folder, operation.replace(' ', '-'));
  await mkdir(target, { recursive: true });
  const path = join(target, file);
  if (operation === 'copy') await copyFile(from, path);
  else await writeFile(path, withComment(await readFile(from)));
  return { path, origin: file, made: { operation, kind: 'exact' } };
}

/** A comment segment (ITU-T T.81, B.2.4.5) after the first marker: other bytes, the same pixels. */
function withComment(jpeg: Buffer): Buffer {
  const text = Buffer.from('made elsewhere');
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
}

const KINDS: Readonly<Record<string, Truth>> = {
  resize: 'resaved',
  thumbnail: 'resaved',
  jpeg: 'resaved',
  'low jpeg quality': 'resaved',
  'named png': 'exact',
  webp: 'resaved',
};

/** `duplicates.tsv` (file, group, relation) beside `duplicates/`. Series and distractors are copies of nothing. */
export async function writeLabelledSet(source: string, folder: string): Promise<KnownFile[]> {
  const [, ...lines] = (await readFile(join(source, 'duplicates.tsv'), 'utf8')).trim().split(/\r?\n/);
  const target = join(folder, 'labelled');
  await mkdir(target, { recursive: true });
  const files: KnownFile[] = [];
  for (const line of lines) {
    const [file = '', group = '', relation = ''] = line.split('\t');
    const path = join(target, file);
    await copyFile(join(source, 'duplicates', file), path);
    const alone = relation === 'distractor' || relation.includes('not copy');
    const original = relation === 'original' || (relation === 'jpeg' && group === 'ukb09380');
    files.push({
      path,
      origin: alone ? file : group,
      made: alone || original ? null : { operation: relation, kind: KINDS[relation] ?? 'edited' },
    });
  }
  return files;
}
