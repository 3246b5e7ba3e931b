// One look at one folder: walk it, compare with the catalog, and record what is new, changed, missing or back.
import { randomUUID } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import type { Folder } from '@semblance/contract';
import {
  countFamiliar,
  diffScan,
  type ExplainedProblem,
  explainProblem,
  judgeRoot,
  type SeenFile,
} from '@semblance/core';
import { identify, type Volumes, walk } from '@semblance/scan';
import type { Moves, MovesWatch } from '../trash/moves.ts';
import { comparePlaces, findAgain, identityOf } from './recognise.ts';

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
  /** Tells disks apart. */
  volumes: Volumes;
  /** Files that we move ourselves while the walk goes on. */
  moves: Moves;
  /** Called as files are found, with the count so far. */
  onSeen: (count: number) => void;
}

/**
 * @throws DOMException AbortError when the signal fires; the catalog is then as before
 */
export async function scanRoot(
  catalog: Catalog,
  root: Folder,
  { moves, ...options }: ScanOptions,
): Promise<ScanOutcome> {
  const touched = moves.watch();
  try {
    return await scan(catalog, root, touched, options);
  } finally {
    touched.close();
  }
}

async function scan(
  catalog: Catalog,
  root: Folder,
  touched: MovesWatch,
  { signal, accept, volumes, onSeen }: Omit<ScanOptions, 'moves'>,
): Promise<ScanOutcome> {
  let seen: SeenFile[] = [];
  const unlisted: string[] = [];
  const troubles: ({ relPath: string } & ExplainedProblem)[] = [];
  let problem: string | null = null;
  const before = await identityOf(volumes, root.path);
  for await (const batch of walk(root.path, {
    signal,
    onProblem: ({ relPath, kind, code }) => {
      if (relPath === '') problem = code;
      if (kind === 'unlisted') unlisted.push(relPath);
      const explained = explainProblem(code);
      if (relPath !== '' && explained !== null) troubles.push({ relPath, ...explained });
    },
  })) {
    seen.push(...batch);
    onSeen(seen.length);
  }
  // What we moved meanwhile may have been walked past before or after: it is looked at until nothing moves any more, so
  // that no file is taken for present that just left, or for missing that just came back.
  for (let paths = touched.take(); paths.length > 0; paths = touched.take()) {
    seen = await lookAgain(root.path, seen, paths);
  }
  const moving = new Set(touched.moving().map((path) => below(root.path, path)));
  unlisted.push(...[...moving].filter((relPath) => relPath !== null));
  seen = seen.filter((file) => !moving.has(file.relPath));
  const now = await identityOf(volumes, root.path);
  if (comparePlaces(before, now) === 'other') problem ??= 'CHANGED';
  const place = comparePlaces(catalog.rootIdentity(root.id), now);
  const known = catalog.presentFiles(root.id);
  const familiar = place === 'same' ? known : countFamiliar(catalog.knownFiles(root.id), seen);
  const health = judgeRoot({ known, seen: seen.length, familiar, place, problem });
  // Taken as it is only by who has been told what it is.
  const taken = accept && problem === null && (!health.stranger || root.stranger);
  if (health.state === 'offline' && !taken) {
    const foundAt = await findAgain(catalog, volumes, root);
    if (isStill(catalog, root)) catalog.setRootState(root.id, { ...health, foundAt });
    return { online: false, seen: seen.length };
  }
  if (!isStill(catalog, root)) return { online: false, seen: seen.length };
  catalog.setRootState(root.id, { state: 'online', stranger: false, note: null, why: null, foundAt: null });
  catalog.setRootIdentity(root.id, now);
  const diff = diffScan(catalog.knownFiles(root.id), seen, { unlisted, stranger: health.stranger });
  catalog.applyScan(root.id, diff, randomUUID());
  catalog.setScanProblems(root.id, troubles);
  return { online: true, seen: seen.length };
}

/** Removed or moved elsewhere meanwhile: then the walk was about a place that means nothing any more. */
function isStill(catalog: Catalog, { id, path }: Folder): boolean {
  return catalog.root(id)?.path === path;
}

async function lookAgain(root: string, seen: SeenFile[], paths: readonly string[]): Promise<SeenFile[]> {
  const files = new Map(seen.map((file) => [file.relPath, file]));
  for (const path of paths) {
    const relPath = below(root, path);
    if (relPath === null) continue;
    const now = await identify(path).catch(() => null);
    if (now?.regular) {
      files.set(relPath, { relPath, size: now.bytes, mtimeMs: now.modifiedAt, inode: now.inode });
    } else {
      files.delete(relPath);
    }
  }
  return [...files.values()];
}

/** Null for a path that is not below. */
function below(root: string, path: string): string | null {
  const relPath = relative(root, path).split(sep).join('/');
  return relPath === '' || relPath === '..' || relPath.startsWith('../') || isAbsolute(relPath)
    ? null
    : relPath;
}
