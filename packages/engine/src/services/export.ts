// Copies of photos for elsewhere. The originals are read, never touched.
import { randomUUID } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import { type ExportReport, type PhotoSet, SemblanceError } from '@semblance/contract';
import { LRUCache } from 'lru-cache';
import { copyInto } from '../export/copy.ts';
import { downloadOf } from '../export/download.ts';
import { type ExportFile, gather } from '../export/gather.ts';
import type { HostPort } from '../ports.ts';

export interface ExportService {
  /** @throws SemblanceError PHOTO_NOT_FOUND when none of them can be reached, DISK_FULL, FOLDER_NOT_FOUND */
  photos(set: PhotoSet): Promise<ExportReport>;
  /** Answers `/media/export/<ticket>`; null for any other address. */
  respond(request: Request): Promise<Response> | null;
}

interface Ticket {
  files: ExportFile[];
  fileName: string;
}

export function createExport(catalog: Catalog, host: HostPort): ExportService {
  const tickets = new LRUCache<string, Ticket>({ max: 16, ttl: 60 * 60 * 1000 });

  async function collect(set: PhotoSet, taken: Iterable<string>) {
    const found = await gather(catalog, catalog.photoIds(set), taken);
    if (found.units.length > 0) return found;
    throw new SemblanceError('PHOTO_NOT_FOUND', 'None of these photos can be reached now.');
  }

  async function copy(set: PhotoSet, chosen: string): Promise<ExportReport> {
    const folder = await realpath(chosen).catch(() => {
      throw new SemblanceError('FOLDER_NOT_FOUND', `The folder ${chosen} does not exist.`);
    });
    const found = await collect(set, await readdir(folder));
    return copyInto(folder, found);
  }

  async function prepare(set: PhotoSet): Promise<ExportReport> {
    const { units, bytes, missing } = await collect(set, []);
    const files = units.flat();
    const [only] = files;
    const fileName = files.length === 1 && only !== undefined ? basename(only.path) : 'photos.zip';
    const ticket = randomUUID();
    tickets.set(ticket, { files, fileName });
    return { kind: 'download', ticket, fileName, photos: units.length, bytes, missing };
  }

  return {
    async photos(set) {
      if (host.chooseExportFolder === undefined) return prepare(set);
      const folder = await host.chooseExportFolder();
      return folder === null ? { kind: 'cancelled' } : copy(set, folder);
    },
    respond(request) {
      const ticket = /[/]export[/]([\w-]+)$/.exec(new URL(request.url).pathname)?.[1];
      if (ticket === undefined) return null;
      const held = tickets.get(ticket);
      if (request.method !== 'GET') return Promise.resolve(new Response('Only GET.', { status: 405 }));
      if (held === undefined)
        return Promise.resolve(new Response('This download is no longer offered.', { status: 404 }));
      return downloadOf(held.files, held.fileName);
    },
  };
}
