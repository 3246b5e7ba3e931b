// Which files an export is made of: the best file of each photo that can be reached, and its sidecars.
import { stat } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import type { PhotoId } from '@semblance/contract';
import { createCompanionFinder, isInside } from '@semblance/scan';
import { createNames } from './names.ts';

export interface ExportFile {
  path: string;
  /** What the copy is called. */
  name: string;
  bytes: number;
  /** Milliseconds since 1970 UTC. */
  modifiedAt: number;
}

/** `units` has the files of one photo each, the photo first. */
export interface Gathered {
  units: ExportFile[][];
  bytes: number;
  /** Photos that cannot be reached. */
  missing: number;
}

/** @param taken names that are in use where the copies go */
export async function gather(
  catalog: Catalog,
  ids: readonly PhotoId[],
  taken: Iterable<string>,
): Promise<Gathered> {
  const roots = new Map(catalog.listRoots().map((root) => [root.id, root.path]));
  const paths = new Set<string>();
  let missing = 0;
  for (const id of ids) {
    const file = catalog.photo(id, null)?.files.find((one) => one.reachable);
    const root = file === undefined ? undefined : roots.get(file.folderId);
    // A link may have been swapped in since the scan.
    const safe = file !== undefined && root !== undefined && (await isInside(root, file.path));
    if (safe) paths.add(file.path);
    else missing += 1;
  }
  const names = createNames(taken);
  const companions = createCompanionFinder();
  const units: ExportFile[][] = [];
  for (const path of paths) {
    const beside = await companions.of(path, (other) => paths.has(other)).catch(() => []);
    const unit: ExportFile[] = [];
    for (const file of names(path, beside)) {
      const facts = await stat(file.path).catch(() => null);
      if (facts?.isFile()) unit.push({ ...file, bytes: facts.size, modifiedAt: facts.mtimeMs });
    }
    if (unit[0]?.path === path) units.push(unit);
    else missing += 1;
  }
  return { units, missing, bytes: units.flat().reduce((sum, file) => sum + file.bytes, 0) };
}
