// SHA-256 of model files: written when a model is packed, checked before it is used. The list is a plain
// `SHA256SUMS` file, so `sha256sum -c SHA256SUMS` checks it as well.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { modelDamaged, modelMissing, reasonOf } from './errors.ts';

const CHECKSUM_FILE = 'SHA256SUMS';

/** Lower-case hex SHA-256 by path relative to the folder, with forward slashes. */
export type Checksums = ReadonlyMap<string, string>;

/**
 * SHA-256 of a file's bytes, 64 lower-case hex digits, in constant memory.
 *
 * @throws SemblanceError `MODEL_MISSING` when the file cannot be read
 */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw modelMissing(`The model file ${path} cannot be read: ${reasonOf(error)}`);
  }
  return hash.digest('hex');
}

/** Relative path as checksum lists spell it on every platform. */
export function listedPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/**
 * Lists all files of a model folder (hidden ones and the list itself left out), sorted by path.
 * Same files, same bytes: the build may run it again and again.
 */
export async function writeChecksums(folder: string): Promise<Checksums> {
  const paths = await filesBelow(folder);
  const sums = new Map<string, string>();
  for (const path of paths) sums.set(listedPath(folder, path), await sha256OfFile(path));
  const lines = [...sums].map(([path, digest]) => `${digest}  ${path}\n`);
  await writeFile(join(folder, CHECKSUM_FILE), lines.join(''));
  return sums;
}

/**
 * @returns null when the folder has no list
 * @throws SemblanceError `MODEL_DAMAGED` when the list has a line that is no checksum
 */
export async function readChecksums(folder: string): Promise<Checksums | null> {
  const listPath = join(folder, CHECKSUM_FILE);
  const text = await readFile(listPath, 'utf8').catch(() => null);
  if (text === null) return null;
  const sums = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    // GNU coreutils: digest, a space, a space or an asterisk (binary mode), path.
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw modelDamaged(
        `The checksum list ${listPath} has a line that is no checksum: "${line.slice(0, 80)}".`,
      );
    }
    sums.set(match[2], match[1]);
  }
  return sums;
}

/**
 * Hashes files and compares them with the folder's list.
 *
 * @param paths the files about to be used; all listed files when left out
 * @throws SemblanceError `MODEL_MISSING` for a listed file that is not there; `MODEL_DAMAGED` for one whose bytes
 *   differ, or that the list does not name
 */
export async function verifyChecksums(folder: string, sums: Checksums, paths?: string[]): Promise<void> {
  for (const path of paths ?? [...sums.keys()].map((listed) => join(folder, ...listed.split('/')))) {
    const listed = listedPath(folder, path);
    const expected = sums.get(listed);
    if (expected === undefined) {
      throw modelDamaged(`The model file ${path} is not named in ${CHECKSUM_FILE}, so it cannot be trusted.`);
    }
    const exists = await stat(path).then(
      (s) => s.isFile(),
      () => false,
    );
    if (!exists) throw modelMissing(`The model file ${path} is missing.`);
    const actual = await sha256OfFile(path);
    if (actual !== expected) {
      throw modelDamaged(
        `The model file ${path} is not the one that was installed: its SHA-256 begins with ` +
          `${actual.slice(0, 12)}, ${CHECKSUM_FILE} says ${expected.slice(0, 12)}.`,
      );
    }
  }
}

/** Regular files below a folder, sorted by their listed path; hidden files and the checksum list left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && entry.name !== CHECKSUM_FILE)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (listedPath(folder, a) < listedPath(folder, b) ? -1 : 1));
}
