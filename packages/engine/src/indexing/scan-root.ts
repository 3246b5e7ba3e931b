// One look at one folder: walk it, compare with the catalog, and record what is new, changed, missing or back.
import { randomUUID } from 'node:crypto';
import type { Catalog } from '@semblance/catalog';
import type { Folder } from '@semblance/contract';
import { diffScan, judgeRoot, type SeenFile } from '@semblance/core';
import { walk } from '@semblance/scan';

export interface ScanOutcome {
  /** False when the folder is offline: nothing in it was judged. */
  online: boolean;
  /** Photos seen. */
  seen: number;
}

export interface ScanOptions {
  signal: AbortSignal;
  /** The user said that what is missing is really gone. A folder that cannot be listed stays offline all the same. */
  accept: boolean;
  /** Called as files are found, with the count so far. */
  onSeen: (count: number) => void;
}

/**
 * @throws DOMException AbortError when the signal fires; the catalog is then as before
 */
export async function scanRoot(
  catalog: Catalog,
  root: Folder,
  { signal, accept, onSeen }: ScanOptions,
): Promise<ScanOutcome> {
  const seen: SeenFile[] = [];
  const unlisted: string[] = [];
  let problem: string | null = null;
  for await (const batch of walk(root.path, {
    signal,
    onProblem: ({ relPath, kind, code }) => {
      if (relPath === '') problem = code;
      if (kind === 'unlisted') unlisted.push(relPath);
    },
  })) {
    seen.push(...batch);
    onSeen(seen.length);
  }
  const known = accept ? 0 : catalog.presentFiles(root.id);
  const health = judgeRoot({ known, seen: seen.length, problem });
  catalog.setRootState(root.id, health.state, health.note);
  if (health.state === 'offline') return { online: false, seen: seen.length };
  catalog.applyScan(root.id, diffScan(catalog.knownFiles(root.id), seen, unlisted), randomUUID());
  return { online: true, seen: seen.length };
}
