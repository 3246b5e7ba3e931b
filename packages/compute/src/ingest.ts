// One photo from path to facts: read once, decode once, derive everything.
import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { release } from '@semblance/clip';
import { edgesOf } from './cut.ts';
import { decode, isSlow } from './decode.ts';
import { placeholderOf, thumbnailPath, writeThumbnail } from './derive.ts';
import { classifyFailure, PictureError } from './failures.ts';
import type { Gate } from './gate.ts';
import { signatureOfSquare, squareOf } from './likeness.ts';
import { THUMBNAIL_SHORT_SIDE } from './limits.ts';
import { gatherMetadata } from './metadata/index.ts';
import type { Picture } from './picture.ts';
import type { IngestFailure, IngestRequest, IngestResult } from './protocol.ts';
import { readPhoto, withPhoto } from './read.ts';

export interface IngestContext {
  thumbnailDirectory: string;
  /** Input side of the image encoder in pixels; undefined in a process without a model. */
  inputSize: number | undefined;
  /** Has read the picture when it returns, not when the embedding comes. */
  embed: (picture: Picture) => Promise<Float32Array>;
  /** A picture for `embed` is on its way. @returns to be called when it has come, or will not come soon */
  expect?: () => () => void;
  /** Where those that are to be decoded wait for a core. */
  gate?: Gate;
}

/** Shorter side to decode to: enough for the thumbnail, and twice the encoder's input (measured: DESIGN.md 5). */
export function decodeSide(inputSize: number | undefined): number {
  return Math.max(THUMBNAIL_SHORT_SIDE, 2 * (inputSize ?? 0));
}

export async function ingest(request: IngestRequest, context: IngestContext): Promise<IngestResult> {
  const arrived = (request.embed && context.expect?.()) || (() => undefined);
  try {
    const { picture, ...photo } = await see(request.path, context, arrived);
    const embedding = request.embed ? context.embed(picture) : null;
    const edges = request.embed ? edgesOf(picture, photo) : [];
    const crops = edges.map(context.embed);
    for (const { data } of edges) release(data);
    arrived();
    const made = [
      squareOf(picture),
      writeMissingThumbnail(picture, context.thumbnailDirectory, photo.contentHash),
    ] as const;
    // Whatever becomes of one of them, the other may still be reading.
    void Promise.allSettled(made).then(() => release(picture.data));
    const derived = await Promise.all([embedding, Promise.all(crops), ...made]);
    return {
      ok: true,
      ...photo,
      embedding: derived[0],
      crops: derived[1],
      placeholder: placeholderOf(derived[2], picture),
      signature: signatureOfSquare(derived[2]),
    };
  } catch (error) {
    if (isDiskFull(error)) return { ok: false, halt: 'disk-full' };
    return classifyFailure(error, request.path);
  } finally {
    arrived();
  }
}

/** All that needs the file's bytes: they are let go before anything waits for the encoder. */
function see(path: string, { inputSize, gate }: IngestContext, wait: () => void) {
  return withPhoto(path, async ({ data, modifiedAt }) => {
    const slow = isSlow(data);
    if (slow) wait();
    const work = () => decode(data, decodeSide(inputSize));
    const decoding = slow || gate === undefined ? work() : gate.through(work);
    // Here and not on the thread pool: the digest takes less time than a copy of the file for another thread.
    const contentHash = sha256(data);
    const { picture, facts } = await decoding;
    const metadata = await gatherMetadata(path, data, facts.format);
    return { picture, contentHash, bytes: data.length, modifiedAt, ...facts, ...metadata };
  });
}

export async function remakeThumbnail(
  path: string,
  contentHash: string,
  directory: string,
): Promise<{ ok: true } | IngestFailure> {
  try {
    const { data } = await readPhoto(path);
    // Thumbnails are kept by content for ever: the picture of an edited file must not get the name of the old one.
    if (sha256(data) !== contentHash) {
      throw new PictureError('unreadable', 'The file has changed since it was indexed.');
    }
    const { picture } = await decode(data, THUMBNAIL_SHORT_SIDE);
    await writeThumbnail(picture, directory, contentHash);
    return { ok: true };
  } catch (error) {
    return classifyFailure(error, path);
  }
}

async function writeMissingThumbnail(
  picture: Picture,
  directory: string,
  contentHash: string,
): Promise<void> {
  const there = await access(thumbnailPath(directory, contentHash)).then(
    () => true,
    () => false,
  );
  if (!there) await writeThumbnail(picture, directory, contentHash);
}

/** A full disk is the library's trouble, not the photo's: it must stop the run, not mark photos as failed. */
function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EROFS';
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
