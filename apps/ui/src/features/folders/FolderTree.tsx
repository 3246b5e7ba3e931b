// The folders on the disk, as a tree in the sidebar: counts, and the ones out of reach in grey.
import { IconChevronRight, IconFolder, IconFolderOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import classes from './FolderTree.module.css';
import { useFolders } from './store.ts';
import { folderTree, pathsTo, type TreeNode } from './tree.ts';

interface FolderTreeProps {
  current: { id: number; path: string } | null;
  onOpen(folder: { id: number; path: string }): void;
}

export function FolderTree({ current, onOpen }: FolderTreeProps) {
  const folders = useFolders((state) => state.folders);
  const tree = useFolders((state) => state.tree);
  const watchTree = useFolders((state) => state.watchTree);
  useEffect(() => watchTree(), [watchTree]);
  const roots = useMemo(() => folderTree(folders, tree), [folders, tree]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const here = current === null ? null : `${current.id}:${current.path}`;
  const around = useMemo(
    () => new Set(current === null ? [] : pathsTo(current.id, current.path).slice(0, -1)),
    [current],
  );
  const isOpen = (key: string) => toggled.get(key) ?? around.has(key);

  return (
    <ul className={classes.tree}>
      {roots.map((root) => (
        <Branch
          key={root.folderId}
          node={root}
          depth={0}
          here={here}
          isOpen={isOpen}
          onToggle={(key) => setToggled(new Map(toggled).set(key, !isOpen(key)))}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}

interface BranchProps {
  node: TreeNode;
  depth: number;
  here: string | null;
  isOpen(key: string): boolean;
  onToggle(key: string): void;
  onOpen(folder: { id: number; path: string }): void;
}

function Branch(props: BranchProps) {
  const { node, depth, here, isOpen, onToggle, onOpen } = props;
  const { t, i18n } = useTranslation();
  const key = `${node.folderId}:${node.path}`;
  const open = isOpen(key);
  return (
    <li>
      <div
        className={classes.line}
        data-offline={node.offline || undefined}
        data-current={here === key || undefined}
        style={{ paddingLeft: Math.min(depth, 8) * 14 }}
      >
        {node.children.length > 0 ? (
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={open}
            aria-label={t('nav.subfolders', { name: node.name })}
            onClick={() => onToggle(key)}
          >
            <IconChevronRight size={14} aria-hidden />
          </button>
        ) : (
          <span className={classes.toggle} />
        )}
        <button
          type="button"
          className={classes.folder}
          aria-current={here === key ? 'page' : undefined}
          title={node.offline ? t('nav.offline', { name: node.name }) : undefined}
          onClick={() => onOpen({ id: node.folderId, path: node.path })}
        >
          {node.offline ? <IconFolderOff size={18} aria-hidden /> : <IconFolder size={18} aria-hidden />}
          <span className={classes.name}>{node.name}</span>
          <span className={classes.count}>{number(i18n.language, node.photos)}</span>
        </button>
      </div>
      {open && node.children.length > 0 && (
        <ul className={classes.tree}>
          {node.children.map((child) => (
            <Branch key={child.path} {...props} node={child} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}
