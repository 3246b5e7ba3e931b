// Which file system a path lies on, as Linux tells it: /proc/self/mountinfo and the links of /dev/disk/by-uuid. Pure.

export interface Mount {
  /** The folder of the file system that is mounted; `/` but for bind mounts and subvolumes. */
  root: string;
  mountPoint: string;
  type: string;
  /** `/dev/sda1`, `//server/share`, `server:/export`, or a word that means nothing. */
  source: string;
}

/** @param text of /proc/self/mountinfo (proc_pid_mountinfo(5)); lines that make no sense are left out */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, mountPoint] = before.split(' ');
    const [type, source] = after.split(' ');
    if (!root?.startsWith('/') || !mountPoint?.startsWith('/') || !type || source === undefined) return [];
    return [{ root: unescaped(root), mountPoint: unescaped(mountPoint), type, source: unescaped(source) }];
  });
}

/** Blanks, tabs, line ends and backslashes are written as `\040` and so on. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** The mount that a real path lies on: the innermost one, and of several in one place the last. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    const deeper = mount.mountPoint.length >= (found?.mountPoint.length ?? 0);
    if (deeper && below(mount.mountPoint, path) !== null) found = mount;
  }
  return found;
}

/**
 * A name of the file system that is the same wherever it is mounted; null when its source says nothing.
 *
 * @param uuids by device name (`sda1`, `dm-0`), as /dev/disk/by-uuid links them
 * @param device the name of the device behind the source, links followed; null when there is none
 */
export function volumeName(
  { source }: Mount,
  uuids: ReadonlyMap<string, string>,
  device: string | null,
): string | null {
  const uuid = device === null ? undefined : uuids.get(device);
  if (uuid !== undefined) return `uuid:${uuid}`;
  const isShare = /^\/\/[^/]+\/./.test(source) || /^[^/]+:\/?/.test(source);
  return isShare ? `share:${source}` : null;
}

/** Path inside of the file system, without a slash at its ends. */
export function insideOf(mount: Mount, path: string): string {
  return [trimmed(mount.root), below(mount.mountPoint, path) ?? ''].filter((part) => part !== '').join('/');
}

/** Where a mount shows what lies at `inside` of its file system; null when it shows another part of it. */
export function shownAt(mount: Mount, inside: string): string | null {
  const part = below(mount.root, `/${inside}`);
  if (part === null) return null;
  return part === '' ? mount.mountPoint : `${mount.mountPoint === '/' ? '' : mount.mountPoint}/${part}`;
}

/** Relative path; '' for the folder itself, null when it is not inside. */
function below(folder: string, path: string): string | null {
  if (folder === path) return '';
  const start = folder === '/' ? '/' : `${folder}/`;
  return path.startsWith(start) ? trimmed(path.slice(start.length)) : null;
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
