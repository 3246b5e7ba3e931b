// The folders of the library. Paths come from the native dialog, the command line or a host's list; never from a window.
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import {
  type Folder,
  type FolderId,
  type OfferedFolder,
  SemblanceError,
  type Subfolder,
} from '@semblance/contract';
import { isInside } from '@semblance/scan';
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
  /** @throws SemblanceError FOLDER_NOT_FOUND, FOLDER_NOT_ALLOWED */
  add(path: string): Promise<Folder>;
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
  onChange: () => void;
  /** Drops what can be made again of photos that have no file any more. */
  forget: (photos: readonly { photoId: string; contentHash: string }[]) => Promise<void>;
}

export function createFolders(deps: FoldersDeps): FoldersService {
  const { catalog, host } = deps;
  const offers = deps.offeredFolders.map((path) => resolve(path));

  async function add(path: string): Promise<Folder> {
    const real = await realFolder(path);
    if (await isInside(deps.libraryDirectory, real)) {
      throw new SemblanceError('FOLDER_NOT_ALLOWED', `${path} belongs to the library itself.`);
    }
    const folder = catalog.addRoot(real);
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
