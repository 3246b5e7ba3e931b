// Looks again when something changes in a folder, when a disk comes or goes, and now and then without a hint: events get
// lost, mounting sends none, and neither do network shares. Only a hint starts the scan; the scan alone decides.
import type { Catalog } from '@semblance/catalog';
import type { FolderId } from '@semblance/contract';
import { type RootWatch, type Volumes, watchRoot } from '@semblance/scan';
import { watchDisks } from './watch-disks.ts';

export interface FolderWatcher {
  /** Watches the folders of the library as they are now. */
  refresh(): void;
  close(): void;
}

export interface FolderWatchOptions {
  onHint: (folder: FolderId) => void;
  /** Tells disks apart. */
  volumes: Volumes;
  /** As often as that a folder is looked at without a hint: milliseconds. */
  lookAgainMs?: number;
  /** As often as that it is asked whether a folder's disk is still the one it was: milliseconds. */
  disksMs?: number;
}

const LOOK_AGAIN_MS = 30 * 60_000;
const DISKS_MS = 10_000;

export function watchFolders(catalog: Catalog, options: FolderWatchOptions): FolderWatcher {
  const { onHint, lookAgainMs = LOOK_AGAIN_MS, disksMs = DISKS_MS } = options;
  let rounds: NodeJS.Timeout | undefined;
  const watches = new Map<FolderId, { path: string; watch: RootWatch }>();
  const disks = watchDisks(catalog, options.volumes, onHint, disksMs);

  function end(id: FolderId): void {
    watches.get(id)?.watch.close();
    watches.delete(id);
  }

  return {
    refresh() {
      rounds ??= setInterval(() => {
        for (const { id } of catalog.listRoots()) onHint(id);
      }, lookAgainMs).unref();
      void disks.begin();
      const roots = catalog.listRoots();
      for (const [id, { path }] of watches) {
        if (!roots.some((root) => root.id === id && root.path === path)) end(id);
      }
      for (const { id, path } of roots) {
        if (!watches.has(id)) watches.set(id, { path, watch: watchRoot(path, () => onHint(id)) });
      }
    },
    close() {
      clearInterval(rounds);
      disks.close();
      for (const id of [...watches.keys()]) end(id);
    },
  };
}
