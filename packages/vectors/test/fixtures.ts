// A vector store in a temporary folder, and made-up vectors for it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openVectors, type VectorRow, type VectorStore, type VectorTable } from '../src/index.ts';

export const DIMENSIONS = 8;
export const MODEL = 'model/one@1';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-vectors-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function open(folder: string): Promise<{ store: VectorStore; table: VectorTable }> {
  const store = await openVectors(folder);
  onTestFinished(() => store.close());
  return { store, table: await store.table(MODEL, DIMENSIONS) };
}

export function id(n: number): string {
  return n.toString(16).padStart(20, '0');
}

/** A unit vector that depends on `n` only, and points somewhere else for every `n`. */
export function unit(n: number, dimensions = DIMENSIONS): Float32Array {
  let state = (n + 1) * 2_654_435_761;
  const raw = Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

export function rows(from: number, to: number): VectorRow[] {
  return Array.from({ length: to - from }, (_, i) => ({ photoId: id(from + i), vector: unit(from + i) }));
}

/** Path of the model's table folder. */
export function tableFolder(folder: string): string {
  const name = readdirSync(folder).find((entry) => entry.endsWith('.lance'));
  if (name === undefined) throw new Error(`no table in ${folder}`);
  return join(folder, name);
}
