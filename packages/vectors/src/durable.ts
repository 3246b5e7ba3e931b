// Makes a LanceDB table survive a power cut: LanceDB itself never fsyncs on a local disk (lancedb/lancedb#2423).
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const WINDOWS = process.platform === 'win32';

/**
 * Fsyncs what is new in a table's folder, then the folders, so that names are on disk too. Lance writes every file once
 * and under a new name, so a file that was synced stays synced.
 *
 * @param synced paths that are known to be on disk; grows. Start with an empty set: the first call syncs everything.
 */
export async function syncTable(directory: string, synced: Set<string>): Promise<void> {
  await syncFolder(directory, synced);
}

async function syncFolder(folder: string, synced: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  let news = false;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      await syncFolder(path, synced);
      news ||= !synced.has(path);
      synced.add(path);
    } else if (!synced.has(path)) {
      await sync(path, WINDOWS ? 'r+' : 'r');
      news = true;
      // The hint is the one file that Lance writes again, and it may be lost: versions are found without it.
      if (entry.name !== 'latest_version_hint.json') synced.add(path);
    }
  }
  if (news && !WINDOWS) await sync(folder, 'r');
}

async function sync(path: string, flags: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path, flags);
  } catch (error) {
    // Gone since it was listed: a temporary file, or pruned. Then there is nothing to keep.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
