// Notices that disks come and go: mounting over an empty folder, and unplugging, send no event to a watcher.
import { stat } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import type { Folder, FolderId } from '@semblance/contract';
import { codeOf, type Volumes } from '@semblance/scan';
import { findAgain } from './recognise.ts';

export interface DiskWatcher {
  /** Resolves when every folder was looked at once, and is looked at again from then on. */
  begin(): Promise<void>;
  close(): void;
}

/** Gives a hint when what lies at a folder's path is another thing than before, or an offline folder is found elsewhere. */
export function watchDisks(
  catalog: Catalog,
  volumes: Volumes,
  onHint: (folder: FolderId) => void,
  everyMs: number,
): DiskWatcher {
  const seen = new Map<FolderId, string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function look(root: Folder): Promise<void> {
    const there = await whatIsAt(root.path);
    const before = seen.get(root.id);
    seen.set(root.id, there);
    const moved = root.state === 'offline' && (await findAgain(catalog, volumes, root)) !== root.foundAt;
    if (!closed && (moved || (before !== undefined && before !== there))) onHint(root.id);
  }

  /** One round after the other: a network share that does not answer must not pile them up. */
  async function round(): Promise<void> {
    for (const root of catalog.listRoots()) {
      if (closed) return;
      await look(root).catch(() => undefined);
    }
    if (!closed) timer = setTimeout(round, everyMs).unref();
  }

  let first: Promise<void> | undefined;
  return {
    begin() {
      first ??= round();
      return first;
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function whatIsAt(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(({ dev, ino }) => `${dev}:${ino}`, codeOf);
}
