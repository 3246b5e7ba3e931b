// One look at one folder: walk it, compare with the catalog, and record what is new, changed, missing or back.
import { randomUUID } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import type { Folder } from '@semblance/contract';
import { diffScan, type ExplainedProblem, explainProblem, judgeRoot, type SeenFile } from '@semblance/core';
import { identify, walk } from '@semblance/scan';
import type { Moves, MovesWatch } from '../trash/moves.ts';

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
  { signal, accept, moves, onSeen }: ScanOptions,
): Promise<ScanOutcome> {
  const touched = moves.watch();
  try {
    return await scan(catalog, root, touched, { signal, accept, onSeen });
  } finally {
    touched.close();
  }
}

async function scan(
  catalog: Catalog,
  root: Folder,
  touched: MovesWatch,
  { signal, accept, onSeen }: Omit<ScanOptions, 'moves'>,
): Promise<ScanOutcome> {
  let seen: SeenFile[] = [];
  const unlisted: string[] = [];
  const troubles: ({ relPath: string } & ExplainedProblem)[] = [];
  let problem: string | null = null;
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
  const known = accept ? 0 : catalog.presentFiles(root.id);
  const health = judgeRoot({ known, seen: seen.length, problem });
  catalog.setRootState(root.id, health.state, health.note);
  if (health.state === 'offline') return { online: false, seen: seen.length };
  catalog.applyScan(root.id, diffScan(catalog.knownFiles(root.id), seen, unlisted), randomUUID());
  catalog.setScanProblems(root.id, troubles);
  return { online: true, seen: seen.length };
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
