// From the flat list of folders that hold photos to the tree the sidebar shows.
import type { Folder, Subfolder } from '@semblance/contract';

export interface TreeNode {
  folderId: number;
  /** Relative to the library folder; '' for the library folder itself. */
  path: string;
  name: string;
  /** In it and everything below it; a photo with files in several folders counts in each. */
  photos: number;
  offline: boolean;
  children: TreeNode[];
}

/** One tree for each library folder, children by name as a person sorts them. Folders without photos lead on only. */
export function folderTree(folders: readonly Folder[], subfolders: readonly Subfolder[]): TreeNode[] {
  const roots = new Map<number, TreeNode>();
  const nodes = new Map<string, TreeNode>();
  for (const { id, name, state } of folders) {
    const node = { folderId: id, path: '', name, photos: 0, offline: state === 'offline', children: [] };
    roots.set(id, node);
    nodes.set(`${id}:`, node);
  }
  for (const { folderId, path, photos } of subfolders) {
    let node = roots.get(folderId);
    if (node === undefined) continue;
    node.photos += photos;
    let reached = '';
    for (const name of path === '' ? [] : path.split('/')) {
      reached = reached === '' ? name : `${reached}/${name}`;
      const key = `${folderId}:${reached}`;
      let child = nodes.get(key);
      if (child === undefined) {
        child = { folderId, path: reached, name, photos: 0, offline: node.offline, children: [] };
        nodes.set(key, child);
        node.children.push(child);
      }
      child.photos += photos;
      node = child;
    }
  }
  const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  for (const node of nodes.values()) node.children.sort((a, b) => byName.compare(a.name, b.name));
  return [...roots.values()];
}

/** The folder and all it lies in, as keys of `expanded`. */
export function pathsTo(folderId: number, path: string): string[] {
  const parts = path === '' ? [] : path.split('/');
  return [`${folderId}:`, ...parts.map((_, i) => `${folderId}:${parts.slice(0, i + 1).join('/')}`)];
}
