// Whether a model is still what it was: every file hashed, against the manifest, or the list that a bundled model has.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCheck } from '@semblance/contract';
import { checkFolder, hashFolder, type Manifest, readManifest, writeManifest } from './manifest.ts';

/** @param pin whether what is there counts as right from here on, when nobody knew the right hashes */
export async function verifyModel(folder: string, id: string, pin: boolean): Promise<ModelCheck> {
  const known = (await readManifest(folder)) ?? (await fromSums(folder, id));
  if (known !== null) return { ...(await checkFolder(folder, id, known)), known: true };
  const manifest: Manifest = { ...EMPTY, name: id, files: await hashFolder(folder) };
  if (pin) await writeManifest(folder, { ...manifest, addedAt: new Date().toISOString() });
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    id,
    fine: true,
    known: false,
    files: manifest.files.length,
    bytes,
    missing: [],
    changed: [],
    repairable: false,
  };
}

const EMPTY: Manifest = {
  format: 1,
  name: '',
  languages: null,
  source: null,
  patterns: null,
  addedAt: '',
  files: [],
};

/** `SHA256SUMS`, as `sha256sum` writes it: a bundled model has no manifest. Sizes are those of now. */
async function fromSums(folder: string, id: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, 'SHA256SUMS'), 'utf8').catch(() => null);
  if (text === null) return null;
  const files = await Promise.all(
    [...text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gmu)].map(async ([, sha256 = '', path = '']) => {
      const facts = await stat(join(folder, ...path.split('/'))).catch(() => null);
      return { path, sha256, bytes: facts?.size ?? 0 };
    }),
  );
  return files.length === 0 ? null : { ...EMPTY, name: id, files };
}
