// The precision a person or a test decided on, kept beside the model: list, indexing and search must take the same.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelDamaged, reasonOf } from './errors.ts';
import { readJsonObject } from './json.ts';
import { WEIGHT_PRECISIONS, type WeightPrecision } from './model-files.ts';

const FILE = 'semblance.json';

/** Null when nothing was kept. */
export async function keptPrecision(directory: string): Promise<WeightPrecision | null> {
  const text = await readFile(join(directory, FILE), 'utf8').catch(() => '{}');
  try {
    const { precision } = JSON.parse(text) as { precision?: unknown };
    return WEIGHT_PRECISIONS.find((known) => known === precision) ?? null;
  } catch {
    return null;
  }
}

/**
 * What else the file says stays: where the model came from, and the hashes of its files.
 *
 * @throws SemblanceError `MODEL_DAMAGED` when the folder cannot be written to
 */
export async function writeKeptPrecision(directory: string, precision: WeightPrecision): Promise<void> {
  const file = join(directory, FILE);
  const part = `${file}.${process.pid}.part`;
  try {
    const kept = { ...(await readJsonObject(file).catch(() => ({}))), precision };
    await writeFile(part, `${JSON.stringify(kept, null, 2)}\n`);
    await rename(part, file);
  } catch (error) {
    throw modelDamaged(`The choice cannot be kept in ${directory}: ${reasonOf(error)}`, error);
  }
}
