// What every stage of indexing costs by itself: one photo after the other, one stage after the other, in a process of
// its own. Several of these run at once, one per core, because a core that shares its machine is slower than one alone.
import { randomUUID, webcrypto } from 'node:crypto';
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
import { readPhoto } from '../../../packages/compute/src/read.ts';

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

/** Milliseconds of processor time a photo. */
export type StageCosts = Record<Stage, number>;

async function measure(modelDirectory: string, paths: string[]): Promise<StageCosts> {
  const scratch = await mkdtemp(join(tmpdir(), 'semblance-stages-'));
  const folder = await readModelFolder(modelDirectory);
  const encoder = await loadImageEncoder(folder);
  const costs = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as StageCosts;
  const timed = async <T>(stage: Stage, work: () => Promise<T> | T): Promise<T> => {
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    costs[stage] += (user + system) / 1000 / paths.length;
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
    for (const path of rehearsal ? paths.slice(0, 8) : paths) {
      const { data, modifiedAt } = await timed('read', () => readPhoto(path));
      const digest = await timed('hash', () => webcrypto.subtle.digest('SHA-256', data));
      const { picture, facts: seen } = await timed('decode', () =>
        decode(data, decodeSide(folder.imageSize)),
      );
      const hash = Buffer.from(digest).toString('hex');
      await timed('thumbnail', () => writeThumbnail(picture, scratch, hash));
      const square = await timed('small square', () => squareOf(picture));
      const placeholder = await timed('placeholder', () => placeholderOf(square, picture));
      const signature = await timed('signature', () => signatureOfSquare(square));
      const metadata = await timed('metadata', () => gatherMetadata(path, data, seen.format));
      facts.push({
        contentHash: hash,
        bytes: data.length,
        modifiedAt,
        ...seen,
        ...metadata,
        placeholder,
        signature,
      });
      inputs.push(await timed('model input', () => preprocess(picture, encoder.config)));
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
