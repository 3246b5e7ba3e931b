// What the library holds: counts, timeline, one photo, failures.
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import {
  type Failure,
  type FailureReason,
  type LibraryStatus,
  type PhotoDetail,
  type PhotoId,
  type PhotoSet,
  type PhotoTile,
  type PhotoView,
  SemblanceError,
} from '@semblance/contract';
import type { HostPort } from '../ports.ts';
import type { FoldersService } from './folders.ts';
import type { HealthService } from './health.ts';
import type { ModelsService } from './models.ts';

/** A permission or a slow disk may be another one next time, although the file has not changed. */
const PASSING: readonly FailureReason[] = ['unreadable', 'timeout'];

export interface LibraryDeps {
  catalog: Catalog;
  directory: string;
  /** Where the vectors of the model in use are kept. */
  modelKey: () => string;
  host: HostPort;
  folders: FoldersService;
  models: ModelsService;
  health: Pick<HealthService, 'backup'>;
  revision: () => number;
}

interface Page {
  offset: number;
  limit: number;
}

interface FilesIn {
  /** What could not be listed as a file was found all the same. */
  files: number;
  failures: Failure[];
  /** Files that wait for their first or a new look, those that are still being copied included. */
  pending: number;
  /** Of these files, how many lie in the places. */
  among(fileIds: Iterable<number>): number;
}

export interface LibraryService {
  status(): Promise<LibraryStatus>;
  timeline(page: Page & { view?: PhotoView }): { total: number; revision: number; photos: PhotoTile[] };
  failures(page: Page & { reason?: FailureReason | undefined }): {
    total: number;
    reasons: { reason: FailureReason; files: number }[];
    failures: Failure[];
  };
  /** Files present in these places (absolute and real), those of them that failed, and how many still wait. */
  filesIn(places: readonly string[]): FilesIn;
  /** @returns how many files were queued again: all that failed, those that failed for passing reasons only, or these */
  retryFailures(which?: 'all' | 'passing' | readonly number[]): number;
  /** @throws SemblanceError PHOTO_NOT_FOUND */
  photo(id: string): PhotoDetail;
  /** @throws SemblanceError NOT_SUPPORTED_HERE, PHOTO_NOT_FOUND */
  reveal(id: string): Promise<void>;
  /** For the command line: the photo of a file, null when it is not in the library. */
  photoAt(path: string): Promise<PhotoId | null>;
  /** The photos of a library folder or of a folder in one. @throws SemblanceError FOLDER_NOT_FOUND */
  folderAt(path: string): Promise<PhotoSet>;
  /** Best file of each photo. */
  pathsOf(ids: readonly PhotoId[]): Map<PhotoId, string>;
}

export function createLibrary(deps: LibraryDeps): LibraryService {
  const { catalog, directory, modelKey, host } = deps;
  return {
    async status() {
      const counts = catalog.counts(modelKey());
      const [all, vectors, thumbnails] = await Promise.all([
        folderBytes(directory, /^catalog\./),
        folderBytes(join(directory, 'vectors')),
        folderBytes(join(directory, 'thumbnails')),
      ]);
      return {
        directory,
        counts,
        folders: deps.folders.list(),
        model: (await deps.models.list()).find((model) => model.active) ?? null,
        backup: deps.health.backup(),
        sizes: { catalog: all, vectors, thumbnails },
      };
    },
    timeline: ({ view, ...page }) => ({ ...catalog.timeline(page, view), revision: deps.revision() }),
    failures: (page) => catalog.failures(page),
    filesIn(places) {
      const { failures } = catalog.failures({ offset: 0, limit: Number.MAX_SAFE_INTEGER });
      const here = failures.filter(({ path }) => places.some((place) => isBelow(place, path)));
      const { present, pending } = catalog.filesBelow(places);
      return {
        files: present.size + here.filter(({ fileId }) => fileId === null).length,
        failures: here,
        pending,
        among: (fileIds) => [...fileIds].filter((id) => present.has(id)).length,
      };
    },
    retryFailures: (which = 'all') =>
      typeof which === 'string'
        ? catalog.retryFailed(which === 'all' ? null : PASSING)
        : catalog.retryFailed(null, which),
    photo(id) {
      const photo = catalog.photo(id, modelKey());
      if (photo === null) throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
      return photo;
    },
    async reveal(id) {
      if (host.reveal === undefined) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', 'Files can be shown from the desktop app only.');
      }
      const file = catalog.pathOf(id);
      if (!file?.reachable) {
        throw new SemblanceError('PHOTO_NOT_FOUND', 'The file of this photo cannot be reached.');
      }
      await host.reveal(file.path);
    },
    // The catalog knows real paths only.
    photoAt: async (path) => catalog.photoByPath(await realpath(path).catch(() => path)),
    async folderAt(path) {
      const real = await realpath(path).catch(() => path);
      const root = catalog.listRoots().find((folder) => isBelow(folder.path, real));
      if (root === undefined) {
        throw new SemblanceError('FOLDER_NOT_FOUND', `${path} is not a folder of this library.`);
      }
      return { kind: 'folder', id: root.id, path: relative(root.path, real).split(sep).join('/') };
    },
    pathsOf: (ids) => new Map([...catalog.pathsOf(ids)].map(([id, { path }]) => [id, path])),
  };
}

/** By names alone: both paths are the catalog's own. */
function isBelow(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}

/** Bytes of the files below a folder; with a pattern, of the matching files directly in it. One folder at a time. */
async function folderBytes(folder: string, pattern?: RegExp): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile() && (pattern === undefined || pattern.test(entry.name)))
    .map((entry) =>
      stat(join(folder, entry.name)).then(
        (facts) => facts.size,
        () => 0,
      ),
    );
  let total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  if (pattern !== undefined) return total;
  for (const entry of entries) if (entry.isDirectory()) total += await folderBytes(join(folder, entry.name));
  return total;
}
