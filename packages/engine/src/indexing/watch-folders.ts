// Looks again when something changes in a folder, and now and then without a hint: events get lost, and network shares
// send none. Only a hint starts the scan; the scan alone decides what changed.
import type { Catalog } from '@semblance/catalog';
import type { FolderId } from '@semblance/contract';
import { type RootWatch, watchRoot } from '@semblance/scan';

export interface FolderWatcher {
  /** Watches the folders of the library as they are now. */
  refresh(): void;
  close(): void;
}

/** As often as that a folder is looked at without a hint: milliseconds. */
const LOOK_AGAIN_MS = 30 * 60_000;

export function watchFolders(
  catalog: Catalog,
  onHint: (folder: FolderId) => void,
  lookAgainMs = LOOK_AGAIN_MS,
): FolderWatcher {
  let rounds: NodeJS.Timeout | undefined;
  const watches = new Map<FolderId, { path: string; watch: RootWatch }>();

  function end(id: FolderId): void {
    watches.get(id)?.watch.close();
    watches.delete(id);
  }

  return {
    refresh() {
      rounds ??= setInterval(() => {
        for (const { id } of catalog.listRoots()) onHint(id);
      }, lookAgainMs).unref();
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
      for (const id of [...watches.keys()]) end(id);
    },
  };
}
