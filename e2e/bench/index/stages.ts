// What every stage of indexing costs by itself: one photo after the other, one stage after the other, in a process of
// its own. Several of these run at once, one per core, because a core that shares its machine is slower than one alone.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openCatalog, type PhotoFacts } from '@semblance/catalog';
import { loadImageEncoder, preprocess, readModelFolder } from '@semblance/clip';
import { diffScan } from '@semblance/core';
import { hashVector, openVectors } from '@semblance/vectors';
import { decode } from '../../../packages/compute/src/decode.ts';
import { placeholderOf, writeThumbnail } from '../../../packages/compute/src/derive.ts';
import { decodeSide } from '../../../packages/compute/src/ingest.ts';
import { signatureOfSquare, squareOf } from '../../../packages/compute/src/likeness.ts';
import { ENCODER_BATCH } from '../../../packages/compute/src/limits.ts';
import { gatherMetadata } from '../../../packages/compute/src/metadata/index.ts';
import { withPhoto } from '../../../packages/compute/src/read.ts';

export const STAGES = [
  'read',
  'hash',
  'decode',
  'thumbnail',
  'small square',
  'placeholder',
  'signature',
  'metadata',
  'model input',
  'encode',
  'record',
] as const;
export type Stage = (typeof STAGES)[number];

/** The first photos are not measured: compilers and caches warm up. */
const REHEARSED = 8;

/** Milliseconds of processor time a photo. */
export type StageCosts = Record<Stage, number>;

async function measure(modelDirectory: string, paths: string[]): Promise<StageCosts> {
  const measured = paths.slice(REHEARSED);
  const scratch = await mkdtemp(join(tmpdir(), 'semblance-stages-'));
  const folder = await readModelFolder(modelDirectory);
  const encoder = await loadImageEncoder(folder);
  const costs = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as StageCosts;
  const begin = (stage: Stage): (() => void) => {
    const before = process.cpuUsage();
    return () => {
      const { user, system } = process.cpuUsage(before);
      costs[stage] += (user + system) / 1000 / measured.length;
    };
  };
  const timed = async <T>(stage: Stage, work: () => Promise<T> | T): Promise<T> => {
    const end = begin(stage);
    const result = await work();
    end();
    return result;
  };
  const catalog = openCatalog(scratch);
  const store = await openVectors(join(scratch, 'vectors'));
  const vectors = await store.table(folder.key, folder.dimensions);

  const root = catalog.addRoot(scratch);
  async function record(facts: PhotoFacts[], embedded: Float32Array[]): Promise<void> {
    const files = facts.map(({ contentHash, bytes, modifiedAt }) => ({
      relPath: `${contentHash}.jpg`,
      size: bytes,
      mtimeMs: modifiedAt,
      inode: null,
    }));
    catalog.applyScan(root.id, diffScan(catalog.knownFiles(root.id), files), randomUUID());
    const waiting = catalog.nextPending({ limit: files.length });
    const byName = new Map(facts.map((photo, i) => [`${photo.contentHash}.jpg`, i]));
    const rows = catalog.transaction(() =>
      waiting.flatMap((file) => {
        const i = byName.get(basename(file.path)) ?? -1;
        const [photo, vector] = [facts[i], embedded[i]];
        const settled = photo && catalog.finishFile(file.fileId, photo, folder.key);
        return settled && vector ? [{ photoId: settled.photoId, vector }] : [];
      }),
    );
    if (rows.length === 0) throw new Error('Nothing was recorded.');
    await vectors.append(rows);
    catalog.markEmbedded(
      rows.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      folder.key,
    );
  }

  for (const rehearsal of [true, false]) {
    const inputs: Float32Array[] = [];
    const facts: PhotoFacts[] = [];
    if (!rehearsal) for (const stage of STAGES) costs[stage] = 0;
    for (const path of rehearsal ? paths.slice(0, REHEARSED) : measured) {
      const read = begin('read');
      await withPhoto(path, async ({ data, modifiedAt }) => {
        read();
        const contentHash = await timed('hash', () => createHash('sha256').update(data).digest('hex'));
        const side = decodeSide(folder.imageSize);
        const { picture, facts: seen } = await timed('decode', () => decode(data, side));
        const metadata = await timed('metadata', () => gatherMetadata(path, data, seen.format));
        await timed('thumbnail', () => writeThumbnail(picture, scratch, contentHash));
        const square = await timed('small square', () => squareOf(picture));
        const placeholder = await timed('placeholder', () => placeholderOf(square, picture));
        const signature = await timed('signature', () => signatureOfSquare(square));
        const bytes = data.length;
        facts.push({ contentHash, bytes, modifiedAt, ...seen, ...metadata, placeholder, signature });
        inputs.push(await timed('model input', () => preprocess(picture, encoder.config)));
      });
    }
    const embedded: Float32Array[] = [];
    for (let i = 0; i < inputs.length; i += ENCODER_BATCH) {
      embedded.push(...(await timed('encode', () => encoder.encode(inputs.slice(i, i + ENCODER_BATCH)))));
    }
    await timed('record', () => record(facts, embedded));
  }
  await encoder.dispose();
  catalog.close();
  await store.close();
  await rm(scratch, { recursive: true, force: true });
  return costs;
}

if (import.meta.main) {
  const [model = '', ...paths] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(model, paths)));
}
