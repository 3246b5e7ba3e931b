// Looks again when something changes in a folder. Only a hint starts the scan; the scan alone decides what changed.
import type { Catalog } from '@semblance/catalog';
import type { FolderId } from '@semblance/contract';
import { type RootWatch, watchRoot } from '@semblance/scan';

export interface FolderWatcher {
  /** Watches the folders of the library as they are now. */
  refresh(): void;
  close(): void;
}

export function watchFolders(catalog: Catalog, onHint: (folder: FolderId) => void): FolderWatcher {
  const watches = new Map<FolderId, { path: string; watch: RootWatch }>();

  function end(id: FolderId): void {
    watches.get(id)?.watch.close();
    watches.delete(id);
  }

  return {
    refresh() {
      const roots = catalog.listRoots();
      for (const [id, { path }] of watches) {
        if (!roots.some((root) => root.id === id && root.path === path)) end(id);
      }
      for (const { id, path } of roots) {
        if (!watches.has(id)) watches.set(id, { path, watch: watchRoot(path, () => onHint(id)) });
      }
    },
    close() {
      for (const id of [...watches.keys()]) end(id);
    },
  };
}
