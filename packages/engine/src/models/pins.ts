// Trust on first use: a repository that was asked for once is fetched from the same commit ever after, and once it was
// fetched, each of its files must have the same SHA-256. Kept beside the models, because it outlives a model that is removed.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { atomicWrite } from '@semblance/scan';
import type { ManifestFile } from './manifest.ts';

export interface Pins {
  commit: string;
  /** SHA-256 by path. */
  files: Record<string, string>;
}

/** As kept: a commit that was seen and not yet fetched has no files. */
interface Kept {
  commit: string;
  files: Record<string, string> | null;
}

export function pinsOf(commit: string, files: readonly ManifestFile[]): Pins {
  return { commit, files: Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])) };
}

export async function readPins(file: string, repository: string, revision: string): Promise<Kept | null> {
  return (await readAll(file))[keyOf(repository, revision)] ?? null;
}

export async function writePins(
  file: string,
  repository: string,
  revision: string,
  pins: Kept,
): Promise<void> {
  const all = { ...(await readAll(file)), [keyOf(repository, revision)]: pins };
  await mkdir(dirname(file), { recursive: true });
  await atomicWrite(file, Buffer.from(`${JSON.stringify(all, null, 1)}\n`));
}

function keyOf(repository: string, revision: string): string {
  return `${repository}@${revision}`;
}

async function readAll(file: string): Promise<Record<string, Kept>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, Kept>) : {};
  } catch {
    return {};
  }
}
