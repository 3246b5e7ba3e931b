// What a model's folder says of where it came from and what must be in it: `semblance.json`. Its hashes are the pins:
// whatever is fetched again later must be the same.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelCheck } from '@semblance/contract';
import { atomicWrite } from '@semblance/scan';

export interface ManifestFile {
  path: string;
  bytes: number;
  /** SHA-256. */
  sha256: string;
}

export interface Manifest {
  format: 1;
  name: string;
  /** BCP 47 codes the catalogue states; null when nobody said. */
  languages: string[] | null;
  /** Null for a folder that a person added. */
  source: { repository: string; revision: string; commit: string } | null;
  /** The catalogue's patterns; null when the layout decided. */
  patterns: string[] | null;
  /** ISO 8601. */
  addedAt: string;
  files: ManifestFile[];
  /** Of its weights, the ones that are used; left out: the most exact. Written by the compute process too. */
  precision?: string;
}

export const MANIFEST = 'semblance.json';
const SUMS = 'SHA256SUMS';

/** Null when there is none, or none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const value: unknown = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    return isManifest(value) ? value : null;
  } catch {
    return null;
  }
}

/** Also writes the list that the encoders check before they load a file, unless the model brings its own. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const lines = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  const bringsOwn = manifest.files.some(({ path }) => path === SUMS);
  if (!bringsOwn) await writeFile(join(folder, SUMS), lines);
  await atomicWrite(join(folder, MANIFEST), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

/** Every file below a folder, hashed; what is hidden and our own notes left out. */
export async function hashFolder(folder: string): Promise<ManifestFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== MANIFEST && path !== SUMS && !/(?:^|\/)\./u.test(path))
    .sort();
  const files: ManifestFile[] = [];
  for (const path of paths) {
    const full = join(folder, ...path.split('/'));
    files.push({ path, bytes: (await stat(full)).size, sha256: await sha256Of(full) });
  }
  return files;
}

/** Hashes what the manifest names. @param onBytes told as it goes */
export async function checkFolder(
  folder: string,
  id: string,
  manifest: Manifest,
): Promise<Omit<ModelCheck, 'known'>> {
  const missing: string[] = [];
  const changed: string[] = [];
  for (const { path, bytes, sha256 } of manifest.files) {
    const full = join(folder, ...path.split('/'));
    const facts = await stat(full).catch(() => null);
    if (facts === null || !facts.isFile()) missing.push(path);
    else if (facts.size !== bytes || (await sha256Of(full)) !== sha256) changed.push(path);
  }
  return {
    id,
    fine: missing.length + changed.length === 0,
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    missing,
    changed,
    repairable: manifest.source !== null,
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { format, name, languages, source, patterns, files, precision } = value as Partial<
    Record<keyof Manifest, unknown>
  >;
  return (
    format === 1 &&
    typeof name === 'string' &&
    (languages === null || isStrings(languages)) &&
    (patterns === null || isStrings(patterns)) &&
    (precision === undefined || typeof precision === 'string') &&
    (source === null || isSource(source)) &&
    Array.isArray(files) &&
    files.every(isFile)
  );
}

function isSource(value: unknown): boolean {
  const { repository, revision, commit } = (value ?? {}) as Record<string, unknown>;
  return [repository, revision, commit].every((part) => typeof part === 'string');
}

function isFile(value: unknown): value is ManifestFile {
  const { path, bytes, sha256 } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof path === 'string' &&
    !path.split('/').some((part) => part === '' || part === '..' || part.includes('\\')) &&
    typeof bytes === 'number' &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/u.test(sha256)
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
