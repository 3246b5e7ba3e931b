// Folders that come from outside the window's own dialog. Where nobody named the folder itself, a native dialog asks:
// no path enters the library without a gesture that only a person can make.
import { statSync } from 'node:fs';
import { arrivalsOf, type Kind } from './decisions/arrivals.ts';
import { askToAdd, tell } from './dialogs.ts';
import type { EngineProcess } from './engine-process.ts';
import { words } from './looks.ts';

/** Named on the command line, by "open with", or dropped on the app's icon. */
export function receivePaths(engine: Pick<EngineProcess, 'post'>, paths: readonly string[]): void {
  const { folders, files, around, missing } = arrivalsOf(paths, kindOf);
  // The engine says what is wrong with one that is not there.
  addFolders(engine, [...folders, ...missing]);
  // Most pictures that are opened lie in the library already; the engine knows, shows them, and answers with the others.
  if (files.length > 0) engine.post({ type: 'look-around', files, folders: around });
}

/** Dropped on the window: the page hands on what it was given, so the person is asked about every folder. */
export async function receiveDrop(
  engine: Pick<EngineProcess, 'post'>,
  paths: readonly string[],
): Promise<void> {
  const { folders, around } = arrivalsOf(paths, kindOf);
  const all = [...folders, ...around];
  if (all.length === 0) return tell(words().noFolder);
  if (await askToAdd(all)) addFolders(engine, all);
}

/** The engine does not know these folders, which pictures that were opened lie in. */
export async function offerFolders(engine: Pick<EngineProcess, 'post'>, paths: string[]): Promise<void> {
  if (await askToAdd(paths)) addFolders(engine, paths);
  // Nobody waits any longer for what was opened.
  else engine.post({ type: 'look-around', files: [], folders: [] });
}

export function addFolders(engine: Pick<EngineProcess, 'post'>, paths: string[]): void {
  if (paths.length > 0) engine.post({ type: 'add-folders', paths });
}

function kindOf(path: string): Kind {
  try {
    const found = statSync(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'none';
  } catch {
    return 'none';
  }
}
