// The folders of the library. Paths come from the native dialog, the command line or a host's list; never from a window.
import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import {
  type Folder,
  type FolderId,
  type OfferedFolder,
  SemblanceError,
  type Subfolder,
} from '@semblance/contract';
import { isInside, type Volumes } from '@semblance/scan';
import { comparePlaces, findAgain, holdsFilesOf, identityOf } from '../indexing/recognise.ts';
import type { HostPort } from '../ports.ts';
import { placeSamples } from './samples.ts';

export interface FoldersService {
  list(): Folder[];
  tree(): Subfolder[];
  offered(): OfferedFolder[];
  addOffered(offerId: number): Promise<Folder>;
  choose(): Promise<Folder[]>;
  readonly canAddSamples: boolean;
  /** @throws SemblanceError NOT_SUPPORTED_HERE, LIBRARY_NOT_WRITABLE */
  addSamples(): Promise<Folder>;
  /**
   * An offline folder that is found to lie there, or below, comes along with everything that was said of its photos.
   *
   * @throws SemblanceError FOLDER_NOT_FOUND, FOLDER_NOT_ALLOWED
   */
  add(path: string): Promise<Folder>;
  /** Goes on with an offline folder where it was found (`Folder.foundAt`). @throws SemblanceError FOLDER_NOT_FOUND */
  follow(id: FolderId): Promise<Folder>;
  /**
   * The folder that was at one path lies at another one now. For the command line.
   *
   * @throws SemblanceError FOLDER_NOT_FOUND, and FOLDER_NOT_ALLOWED where hardly any of its files lie there
   */
  move(from: string, to: string): Promise<Folder>;
  /** @throws SemblanceError FOLDER_NOT_FOUND */
  remove(id: FolderId): Promise<void>;
}

export interface FoldersDeps {
  catalog: Catalog;
  host: HostPort;
  offeredFolders: readonly string[];
  /** The sample pictures that come with the app. */
  samplesDirectory: string | undefined;
  /** The library's own folder: indexing it would index thumbnails. */
  libraryDirectory: string;
  /** Tells disks apart. */
  volumes: Volumes;
  onChange: () => void;
  /** Drops what can be made again of photos that have no file any more. */
  forget: (photos: readonly { photoId: string; contentHash: string }[]) => Promise<void>;
}

export function createFolders(deps: FoldersDeps): FoldersService {
  const { catalog, host, volumes } = deps;
  const offers = deps.offeredFolders.map((path) => resolve(path));

  async function add(path: string): Promise<Folder> {
    const real = await allowedFolder(path);
    const come = await offlineFoldersAt(real);
    const [same] = come.filter(({ at }) => at === real);
    // The folder itself keeps its number; those below become parts of it.
    if (same !== undefined) catalog.moveRoot(same.root.id, real);
    let folder = catalog.addRoot(real);
    for (const { root, at } of come) {
      if (root.id !== same?.root.id && catalog.root(root.id) !== null) folder = catalog.moveRoot(root.id, at);
    }
    deps.onChange();
    return folder;
  }

  async function allowedFolder(path: string): Promise<string> {
    const real = await realFolder(path);
    if (await isInside(deps.libraryDirectory, real)) {
      throw new SemblanceError('FOLDER_NOT_ALLOWED', `${path} belongs to the library itself.`);
    }
    return real;
  }

  /** Offline folders whose photos lie in this folder now, and where. */
  async function offlineFoldersAt(path: string): Promise<{ root: Folder; at: string }[]> {
    const found: { root: Folder; at: string }[] = [];
    for (const root of catalog.listRoots()) {
      if (root.state === 'online' || root.path === path) continue;
      const at = (await isSame(root, path)) ? path : await findAgain(catalog, volumes, root);
      if (at !== null && isBelow(path, at)) found.push({ root, at });
    }
    return found;
  }

  /** On another disk it is a copy, and a folder of its own: the one that is away will come back. */
  async function isSame(root: Folder, path: string): Promise<boolean> {
    const place = comparePlaces(catalog.rootIdentity(root.id), await identityOf(volumes, path));
    return place !== 'other' && holdsFilesOf(catalog, root, path);
  }

  function moveTo(id: FolderId, path: string): Folder {
    const folder = catalog.moveRoot(id, path);
    deps.onChange();
    return folder;
  }

  return {
    list: () => catalog.listRoots(),
    tree: () => catalog.subfolders(),
    offered: () =>
      offers.map((path, offerId) => ({
        offerId,
        path,
        added: catalog.listRoots().some((f) => f.path === path),
      })),
    async addOffered(offerId) {
      const path = offers[offerId];
      if (path === undefined) throw new SemblanceError('FOLDER_NOT_ALLOWED', 'This folder was not offered.');
      return add(path);
    },
    async choose() {
      if (host.chooseFolders === undefined) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', 'Folders can be chosen in the desktop app only.');
      }
      const added: Folder[] = [];
      for (const path of await host.chooseFolders()) added.push(await add(path));
      return added;
    },
    canAddSamples: deps.samplesDirectory !== undefined,
    async addSamples() {
      if (deps.samplesDirectory === undefined) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', 'No sample pictures came with this app.');
      }
      return add(await placeSamples(deps.samplesDirectory, deps.libraryDirectory));
    },
    add,
    async follow(id) {
      const root = catalog.root(id);
      const at = root === null ? null : await findAgain(catalog, volumes, root);
      if (at === null || catalog.root(id) === null) {
        throw new SemblanceError('FOLDER_NOT_FOUND', 'This folder is not found anywhere else now.');
      }
      return moveTo(id, await allowedFolder(at));
    },
    async move(from, to) {
      const real = await realpath(resolve(from)).catch(() => resolve(from));
      const root = catalog.listRoots().find(({ path }) => path === real || path === resolve(from));
      if (root === undefined) {
        throw new SemblanceError('FOLDER_NOT_FOUND', `${from} is not a folder of this library.`);
      }
      const target = await allowedFolder(to);
      if (root.photos > 0 && target !== root.path && !(await holdsFilesOf(catalog, root, target))) {
        throw new SemblanceError(
          'FOLDER_NOT_ALLOWED',
          `Hardly any photo known from ${root.path} lies in ${to}, so nothing was changed. Index ${to} instead: photos that are known keep everything.`,
        );
      }
      return moveTo(root.id, target);
    },
    async remove(id) {
      if (catalog.root(id) === null) {
        throw new SemblanceError('FOLDER_NOT_FOUND', 'This folder is not in the library.');
      }
      const orphans = catalog.removeRoot(id);
      deps.onChange();
      await deps.forget(orphans);
    },
  };
}

/** By names alone: both are real paths. */
function isBelow(folder: string, path: string): boolean {
  const between = relative(folder, path);
  return between !== '..' && !between.startsWith(`..${sep}`);
}

async function realFolder(path: string): Promise<string> {
  try {
    const real = await realpath(resolve(path));
    if ((await stat(real)).isDirectory()) return real;
    throw new SemblanceError('FOLDER_NOT_FOUND', `${path} is a file, not a folder.`);
  } catch (error) {
    if (error instanceof SemblanceError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'EACCES' || code === 'EPERM' ? 'may not be read' : 'does not exist';
    throw new SemblanceError('FOLDER_NOT_FOUND', `The folder ${path} ${why}.`, { cause: error });
  }
}
