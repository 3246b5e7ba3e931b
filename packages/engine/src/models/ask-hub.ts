// Which files of which commit a download is about. The first answer is pinned: whatever is asked or fetched later under the
// same name is of the same commit.
import { SemblanceError } from '@semblance/contract';
import { chooseFiles } from './choose-files.ts';
import type { Hub, HubFile } from './hub.ts';
import type { Job } from './job.ts';
import { writePins } from './pins.ts';
import type { StorePlaces } from './store-places.ts';

export interface AskedHub {
  commit: string;
  files: HubFile[];
}

/**
 * @throws SemblanceError HUB_*, MODEL_UNSUITABLE; DOWNLOAD_CORRUPT when the hub now says that a file that was fetched before
 *   is another one; the signal's reason
 */
export async function askHub(
  job: Job,
  places: Pick<StorePlaces, 'pins'>,
  hub: Hub,
  signal: AbortSignal,
): Promise<AskedHub> {
  const { repository, revision, patterns, pins } = job;
  const known = job.commit ?? pins?.commit ?? null;
  const listed = await listFiles(job, known, hub, signal);
  const files = pinned(chooseFiles(listed.files, patterns, repository), job);
  if (pins === null && listed.commit !== known) {
    await writePins(places.pins, repository, revision, { commit: listed.commit, files: null });
  }
  return { commit: listed.commit, files };
}

async function listFiles(
  { repository, revision, pins }: Job,
  known: string | null,
  hub: Hub,
  signal: AbortSignal,
): Promise<AskedHub> {
  const commit = known ?? (await hub.commit(repository, revision, signal));
  try {
    return { commit, files: await hub.files(repository, commit, signal) };
  } catch (error) {
    // A commit that was seen and never fetched from protects nothing: repositories are sometimes begun anew.
    const replaceable = known !== null && pins === null && known !== revision;
    if (!replaceable || !(error instanceof SemblanceError) || error.kind !== 'HUB_NOT_FOUND') throw error;
    const now = await hub.commit(repository, revision, signal);
    if (now === known) throw error;
    return { commit: now, files: await hub.files(repository, now, signal) };
  }
}

/** Files of an earlier download are the ones to fetch, and the hub may not say they were others. */
function pinned(files: HubFile[], { pins, repository }: Job): HubFile[] {
  if (pins === null) return files;
  const { files: hashes } = pins;
  for (const { path, hash } of files) {
    if (hash.kind === 'sha256' && hashes[path] !== undefined && hashes[path] !== hash.hex) {
      throw changed(repository, path);
    }
  }
  const known = files.filter(({ path }) => hashes[path] !== undefined);
  const gone = Object.keys(hashes).find((path) => !known.some((file) => file.path === path));
  if (gone !== undefined) throw new SemblanceError('HUB_NOT_FOUND', `${repository} has no ${gone} any more.`);
  return known;
}

export function changed(repository: string, path: string): SemblanceError {
  return new SemblanceError(
    'DOWNLOAD_CORRUPT',
    `${path} of ${repository} is not the file that was fetched the first time.`,
  );
}
