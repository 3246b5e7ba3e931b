// Which disk a folder lies on, by a name that survives unplugging, other mount points and other drive letters. The
// device number does not (but on Windows, where it is the volume's serial number); nothing is ever written.
import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, parse, relative, sep } from 'node:path';
import { isBelow } from './inside.ts';
import { insideOf, type Mount, mountOf, parseMounts, shownAt, volumeName } from './volume-linux.ts';

/** Where a folder lies, said so that it can be found again when its disk is mounted elsewhere. */
export interface VolumePlace {
  /** `uuid:`, `serial:` and `share:` name the file system; `born:` says when its top folder was made, to the nanosecond. */
  volume: string;
  /** Path of the folder on that volume, `/` separated; '' for its top. */
  inside: string;
}

export interface Volumes {
  /** Null where the system tells nothing that lasts. */
  placeOf(folder: string): Promise<VolumePlace | null>;
  /** Where the disks that are connected now show that place: absolute paths, most often one or none. */
  find(place: VolumePlace): Promise<string[]>;
}

/** Of this machine. */
export const volumes: Volumes = {
  placeOf: (folder) => guarded(() => here().placeOf(folder), null),
  find: (place) => guarded(() => here().find(place), []),
};

function here(): Volumes {
  if (process.platform === 'linux') return linux;
  return process.platform === 'win32' ? windows : others;
}

/** What cannot be found out is unknown, never an error: the files themselves still tell. */
async function guarded<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  return work().catch(() => otherwise);
}

const BY_UUID = '/dev/disk/by-uuid';

const linux: Volumes = {
  async placeOf(folder) {
    const path = await realpath(folder);
    const mount = mountOf(await mounts(), path);
    if (mount === null) return null;
    const volume = await nameOf(mount, await uuids());
    if (volume !== null) return { volume, inside: insideOf(mount, path) };
    return placeBelow(mount.mountPoint, path);
  },
  async find({ volume, inside }) {
    const known = await uuids();
    const found = new Set<string>();
    for (const mount of await mounts()) {
      const path = (await nameOf(mount, known)) === volume ? shownAt(mount, inside) : null;
      if (path !== null) found.add(path);
      if (volume.startsWith('born:') && isNear(mount) && (await birthOf(mount.mountPoint)) === volume) {
        found.add(join(mount.mountPoint, inside));
      }
    }
    return [...found];
  },
};

/** A share that does not answer, or is mounted by being looked at, must not hold up the search for a disk. */
function isNear({ source, type }: Mount): boolean {
  return source.startsWith('/dev/') || ['overlay', 'tmpfs', 'zfs', 'bcachefs'].includes(type);
}

async function mounts(): Promise<Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8'));
}

async function nameOf(mount: Mount, known: ReadonlyMap<string, string>): Promise<string | null> {
  const device = mount.source.startsWith('/dev/') ? await realpath(mount.source).catch(() => null) : null;
  return volumeName(mount, known, device === null ? null : basename(device));
}

/** UUIDs by device name. None in most containers. */
async function uuids(): Promise<Map<string, string>> {
  const names = await readdir(BY_UUID).catch(() => []);
  const links = await Promise.all(names.map((name) => readlink(join(BY_UUID, name)).catch(() => null)));
  return new Map(
    names.flatMap((name, at) => (links[at] ? [[basename(links[at]), name] as [string, string]] : [])),
  );
}

const windows: Volumes = {
  async placeOf(folder) {
    const path = await realpath(folder);
    const { root } = parse(path);
    const inside = relative(root, path).split(sep).join('/');
    if (root.startsWith('\\\\')) return { volume: `share:${root.toLowerCase()}`, inside };
    return { volume: await serialOf(root), inside };
  },
  async find({ volume, inside }) {
    if (volume.startsWith('share:')) return [join(volume.slice('share:'.length), inside)];
    const letters = [...'CDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`);
    const serials = await Promise.all(letters.map((letter) => serialOf(letter).catch(() => null)));
    return letters.filter((_, at) => serials[at] === volume).map((letter) => join(letter, inside));
  },
};

async function serialOf(root: string): Promise<string> {
  return `serial:${(await stat(root, { bigint: true })).dev.toString(16)}`;
}

/** macOS, and what is like it: disks are mounted in /Volumes, and file systems keep the birth date of their top. */
const others: Volumes = {
  async placeOf(folder) {
    const path = await realpath(folder);
    const { dev } = await stat(path);
    let top = path;
    while (dirname(top) !== top && (await stat(dirname(top))).dev === dev) top = dirname(top);
    return placeBelow(top, path);
  },
  async find({ volume, inside }) {
    const disks = (await readdir('/Volumes')).map((name) => join('/Volumes', name));
    const births = await Promise.all(disks.map((disk) => birthOf(disk).catch(() => null)));
    return disks.filter((_, at) => births[at] === volume).map((disk) => join(disk, inside));
  },
};

async function placeBelow(top: string, path: string): Promise<VolumePlace | null> {
  const volume = await birthOf(top);
  return volume === null ? null : { volume, inside: relative(top, path).split(sep).join('/') };
}

/** Null where file systems keep no birth date. */
async function birthOf(folder: string): Promise<string | null> {
  const { birthtimeNs, ino } = await stat(folder, { bigint: true });
  return birthtimeNs <= 0n ? null : `born:${birthtimeNs}-${ino}`;
}

/**
 * A file or folder itself, whatever it is called and wherever it is moved on its volume: inode and birth date, because
 * inodes are given again as soon as a file is deleted. Null where the file system has no such dates.
 */
export function serialNumber({ ino, birthtimeNs }: { ino: bigint; birthtimeNs: bigint }): string | null {
  return ino === 0n || birthtimeNs <= 0n ? null : `${ino}-${birthtimeNs}`;
}

/** Folders beside a place that is empty now: one of them may be what lay there, renamed. */
export async function renamedFrom(path: string, serial: string): Promise<string[]> {
  const parent = dirname(path);
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const other = join(parent, entry.name);
    if (!entry.isDirectory() || other === path || !isBelow(parent, other)) continue;
    const facts = await stat(other, { bigint: true }).catch(() => null);
    if (facts !== null && serialNumber(facts) === serial) found.push(other);
  }
  return found;
}

/** `serialNumber` of a folder; null when it cannot be told. */
export async function serialOfFolder(path: string): Promise<string | null> {
  return stat(path, { bigint: true }).then(serialNumber, () => null);
}
