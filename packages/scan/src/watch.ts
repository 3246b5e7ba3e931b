// Tells when something may have changed in a folder. A hint and no more: the scan is the truth.
import { type FSWatcher, watch } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLibrary, judgeFolder } from './formats.ts';

export interface RootWatch {
  /** Resolves when the watchers stand. Never rejects: what cannot be watched is scanned. */
  readonly ready: Promise<void>;
  close(): void;
}

export interface WatchOptions {
  /** Quiet time after the last event before the hint, ms: a copy of many files is one hint. */
  debounceMs?: number;
  /** Longest time a hint is held back by a stream of events, ms. */
  longestMs?: number;
  /** Linux only. inotify watches are a resource shared by the user's programs (fs.inotify.max_user_watches). */
  maxFolders?: number;
}

/**
 * Calls `onHint` some time after anything changed below `root`. Events may be lost, doubled or late; a watcher that
 * fails gives a hint and ends.
 *
 * macOS and Windows watch the tree as one. On Linux there is one watch per folder: Node's own recursive mode there
 * takes one per *file*, which 200,000 photos would exhaust.
 */
export function watchRoot(root: string, onHint: () => void, options: WatchOptions = {}): RootWatch {
  const { debounceMs = 2000, longestMs = 15_000, maxFolders = 8192 } = options;
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let firstEvent = 0;
  let closed = false;
  let away = false;

  const fire = () => {
    timer = undefined;
    firstEvent = 0;
    void stand();
    onHint();
  };
  const changed = () => {
    if (closed) return;
    const now = performance.now();
    if (firstEvent === 0) firstEvent = now;
    clearTimeout(timer);
    timer = setTimeout(fire, Math.max(0, Math.min(debounceMs, firstEvent + longestMs - now)));
    timer.unref();
  };
  const watchOne = (path: string, recursive: boolean) => {
    if (closed || watchers.has(path)) return;
    const drop = () => {
      watchers.get(path)?.close();
      watchers.delete(path);
      changed();
    };
    try {
      const watcher = watch(path, { recursive, persistent: false }, changed);
      watchers.set(path, watcher);
      watcher.on('error', drop);
    } catch {
      // Gone again, or more than the system watches: the next scan sees it.
    }
  };
  const stand = async () => {
    if (await isThere(root)) return perFolder ? watchFolders() : watchOne(root, true);
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
    void awaitReturn();
  };
  /** A drive that is away takes its watchers along. Its return is a hint; that it is still away is none. */
  const awaitReturn = async () => {
    if (away) return;
    away = true;
    while (!closed && !(await isThere(root))) await sleep(debounceMs, undefined, { ref: false });
    away = false;
    changed();
  };
  const perFolder = process.platform === 'linux';
  const watchFolders = async () => {
    const alive = new Set<string>();
    for await (const path of folders(root)) {
      if (closed || alive.size >= maxFolders) return;
      alive.add(path);
      watchOne(path, false);
    }
    for (const [path, watcher] of watchers) {
      if (alive.has(path)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };

  const ready = stand();
  return {
    ready,
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function* folders(root: string): AsyncGenerator<string> {
  const stack = [root];
  for (let folder = stack.pop(); folder !== undefined; folder = stack.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    if (isLibrary(entries.map((entry) => entry.name))) continue;
    yield folder;
    for (const entry of entries) {
      if (entry.isDirectory() && judgeFolder(entry.name) === 'walk') stack.push(join(folder, entry.name));
    }
  }
}
