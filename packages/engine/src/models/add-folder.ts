// A model folder that a person has: looked at, copied beside the others, and pinned by its hashes.
import { constants } from 'node:fs';
import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { modelId, SemblanceError } from '@semblance/contract';
import { freeSpace, isInside } from '@semblance/scan';
import { renameFolder } from './download.ts';
import type { ModelInspector } from './inspector.ts';
import { lockModel } from './lock.ts';
import { hashFolder, readManifest, writeManifest } from './manifest.ts';
import type { StorePlaces } from './store-places.ts';

/**
 * The folder itself is left as it is.
 *
 * @returns the id of the model
 * @throws SemblanceError FOLDER_NOT_FOUND, MODEL_UNSUITABLE with what is missing, MODEL_EXISTS, DOWNLOAD_BUSY, DISK_FULL
 */
export async function addFolder(
  path: string,
  places: StorePlaces,
  inspector: Pick<ModelInspector, 'inspect'>,
): Promise<string> {
  const folder = resolve(path);
  const facts = await stat(folder).catch(() => null);
  if (!facts?.isDirectory())
    throw new SemblanceError('FOLDER_NOT_FOUND', `The folder ${folder} does not exist.`);
  const id = nameFor(folder);
  if (await places.taken(id)) {
    throw new SemblanceError(
      'MODEL_EXISTS',
      `There is a model ${id} already. Remove it first, or rename the folder.`,
    );
  }
  if ((await isInside(places.root, folder)) || (await isInside(folder, places.root))) {
    throw new SemblanceError('MODEL_UNSUITABLE', `${folder} holds the added models, or is one of them.`);
  }
  const verdict = await inspector.inspect(folder);
  if (!verdict.ok) throw new SemblanceError('MODEL_UNSUITABLE', verdict.message);
  const unlock = lockModel(places.lock(id));
  try {
    await rm(places.job(id), { recursive: true, force: true });
    await mkdir(places.job(id), { recursive: true });
    await refuseWithoutSpace(folder, places.root);
    const copy = places.staging(id);
    // Folders of the hub's own cache are full of links; what they lead to is what is wanted.
    await cp(folder, copy, { recursive: true, dereference: true, mode: constants.COPYFILE_FICLONE });
    const known = await readManifest(copy);
    const name = basename(folder);
    if (known === null) {
      await writeManifest(copy, {
        format: 1,
        name,
        languages: null,
        source: null,
        patterns: null,
        addedAt: new Date().toISOString(),
        files: await hashFolder(copy),
      });
    }
    await renameFolder(copy, places.installed(id));
    await rm(places.job(id), { recursive: true, force: true });
    return id;
  } catch (error) {
    await rm(places.job(id), { recursive: true, force: true });
    throw error;
  } finally {
    unlock();
  }
}

function nameFor(folder: string): string {
  const id = basename(folder)
    .replace(/[^\w.-]+/gu, '-')
    .replace(/^[^A-Za-z0-9]+|\.+$/gu, '')
    .slice(0, 100);
  if (modelId.safeParse(id).success) return id;
  throw new SemblanceError('MODEL_UNSUITABLE', `The folder ${folder} needs a name with letters or digits.`);
}

async function refuseWithoutSpace(folder: string, root: string): Promise<void> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const facts = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    if (facts?.isFile()) bytes += facts.size;
  }
  if ((await freeSpace(root)) >= bytes) return;
  throw new SemblanceError(
    'DISK_FULL',
    `The disk of ${root} has no room for the ${bytes} bytes of this model.`,
  );
}
