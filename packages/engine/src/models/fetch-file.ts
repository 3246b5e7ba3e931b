// One file of a model: fetched on from where it stopped, and only then called by its name when every byte is right.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SemblanceError } from '@semblance/contract';
import { codeOf, syncFolder } from '@semblance/scan';
import { type Http, type HttpAnswer, Transient } from './http.ts';
import { type ContentHash, type HubFile, refuseUnlessFine } from './hub.ts';
import { type Patience, patiently } from './patience.ts';

export interface FetchOptions extends Patience {
  http: Http;
  url: string;
  /** What the hub says of it. */
  file: HubFile;
  /** Where it goes, absolute; unfinished, `.part` is added. */
  target: string;
  model: string;
  /** More bytes on the disk, or less when some were thrown away. */
  onBytes(change: number): void;
}

/** Bytes that never were the right ones are fetched so many times. */
const MAX_CORRUPT = 3;
/** Less than this in an attempt is no progress. */
const PROGRESS_BYTES = 65_536;

/**
 * @returns SHA-256 of the file, which lies at `target`, fsynced
 * @throws SemblanceError DOWNLOAD_CORRUPT, DISK_FULL, HUB_*; the signal's reason
 */
export async function fetchFile(options: FetchOptions): Promise<string> {
  const { file, target } = options;
  const part = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  let corrupt = 0;
  return patiently(async (made) => {
    try {
      await fetchRest(options, part, made);
      const found = await sha256If(part, file.hash);
      if (found !== null) {
        await rm(`${part}.etag`, { force: true });
        await rename(part, target);
        await syncFolder(dirname(target));
        return found;
      }
    } catch (error) {
      throw explained(error, target);
    }
    await throwAway(part, options);
    corrupt += 1;
    const wrong = new SemblanceError(
      'DOWNLOAD_CORRUPT',
      `${new URL(options.url).host} sent other bytes for ${file.path} than the repository promises.`,
    );
    throw corrupt < MAX_CORRUPT ? new Transient(wrong) : wrong;
  }, options);
}

/**
 * SHA-256 of a file whose content is the one that `hash` names; null when it is another.
 *
 * @throws the system's error
 */
export async function sha256If(path: string, hash: ContentHash): Promise<string | null> {
  const { size } = await stat(path);
  const sha256 = createHash('sha256');
  // A git blob is hashed with a header: "blob <bytes>\0".
  const git = hash.kind === 'git' ? createHash('sha1').update(`blob ${size}\0`) : null;
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), async (pieces) => {
    for await (const piece of pieces) {
      sha256.update(piece);
      git?.update(piece);
    }
  });
  const digest = sha256.digest('hex');
  return (git?.digest('hex') ?? digest) === hash.hex ? digest : null;
}

/** Leaves `file.bytes` bytes in `part`, or throws Transient with what has come so far in it. */
async function fetchRest(options: FetchOptions, part: string, made: () => void): Promise<void> {
  const { http, url, file, model, signal, onBytes } = options;
  let have = await sizeOf(part);
  if (have > file.bytes) have = await throwAway(part, options);
  if (have === file.bytes && have > 0) return;
  const etag = have > 0 ? await readFile(`${part}.etag`, 'utf8').catch(() => null) : null;
  const resume = { range: `bytes=${have}-`, ...(etag !== null && { 'if-range': etag }) };
  const answer = await http.get(url, { purpose: 'file', model, headers: have > 0 ? resume : {}, signal });
  if (answer.status === 416) {
    answer.discard();
    await throwAway(part, options);
    throw broken(url, 'cannot go on where this download stopped');
  }
  refuseUnlessFine(answer, `${file.path} of this model`);
  if (have > 0 && !goesOn(answer, have, file.bytes, etag)) {
    // Another file by now, or a server that only ever begins at the beginning.
    have = await throwAway(part, options);
    if (answer.status === 206) {
      answer.discard();
      throw broken(url, 'went on with another file than the one that was begun');
    }
  }
  await keepEtag(part, answer);
  let gained = 0;
  const handle = await open(part, 'a');
  try {
    for await (const piece of answer.body) {
      if (have + gained + piece.length > file.bytes) {
        await handle.truncate(0);
        onBytes(-have - gained);
        throw broken(url, `sent more bytes of ${file.path} than the repository has`);
      }
      await handle.writeFile(piece);
      gained += piece.length;
      onBytes(piece.length);
      if (gained >= PROGRESS_BYTES) made();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (have + gained < file.bytes) throw broken(url, `stopped in the middle of ${file.path}`);
}

function goesOn(answer: HttpAnswer, have: number, bytes: number, etag: string | null): boolean {
  const [, from, all] = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(answer.headers['content-range'] ?? '') ?? [];
  const same = etag === null || answer.headers.etag === undefined || answer.headers.etag === etag;
  return answer.status === 206 && Number(from) === have && (all === '*' || Number(all) === bytes) && same;
}

/** Only a strong one says that the bytes are the same (RFC 9110, 13.1.5). */
async function keepEtag(part: string, { headers: { etag } }: HttpAnswer): Promise<void> {
  if (etag !== undefined && /^"[\u0021-\u007e]{0,200}"$/u.test(etag)) await writeFile(`${part}.etag`, etag);
  else await rm(`${part}.etag`, { force: true });
}

async function throwAway(part: string, { onBytes }: FetchOptions): Promise<0> {
  onBytes(-(await sizeOf(part)));
  await rm(part, { force: true });
  await rm(`${part}.etag`, { force: true });
  return 0;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
}

function broken(url: string, what: string): Transient {
  return new Transient(new SemblanceError('HUB_FAILED', `${new URL(url).host} ${what}.`));
}

function explained(error: unknown, target: string): unknown {
  const code = codeOf(error);
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new SemblanceError('DISK_FULL', `The disk is full; could not write ${target}`, { cause: error });
}
