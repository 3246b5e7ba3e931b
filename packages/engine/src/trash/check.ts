// What must hold before a file may be moved: it is the one that was indexed, and what is kept instead is there to be read.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Catalog, FileFacts } from '@semblance/catalog';
import type { FolderId } from '@semblance/contract';
import { type FileIdentity, hashFile, identify } from '@semblance/scan';
import type { RefusalReason } from './sentences.ts';

export interface TrashRequest {
  /** The act that undo will know it by. */
  kind: 'trash' | 'duplicates-apply';
  fileIds: readonly number[];
  /** For each file that goes, the one that is kept in its place. Duplicates never go without one. */
  keepers?: ReadonlyMap<number, number>;
  /** Nothing in these goes. Paths relative to their library folder, '' for all of it. */
  references?: readonly { folderId: FolderId; path: string }[];
}

export interface Refusal {
  path: string;
  why: RefusalReason;
}

/** A file that may go. */
export interface Accepted {
  facts: FileFacts & { photoId: string; contentHash: string };
  /** As it is on disk now. */
  identity: FileIdentity;
  /** Null for a photo that goes by itself. */
  keeper: { photoId: string | null; path: string; identity: FileIdentity } | null;
}

/** Files written this recently may change again without their date moving on, ms (FAT counts in steps of two seconds). */
const RACY_MS = 2000;
/** Dates this close are the same, ms: file systems round them. */
const SAME_TIME_MS = 1;

/** Looks at every file; in the order asked for. Moves nothing. */
export async function checkFiles(
  catalog: Catalog,
  request: TrashRequest,
): Promise<{ accepted: Accepted[]; refused: Refusal[] }> {
  const ids = [...new Set(request.fileIds)];
  const known = catalog.fileFacts([...ids, ...(request.keepers?.values() ?? [])]);
  const going = await goingFiles(ids, known);
  const keepers = new Map<number, Promise<FileIdentity | null>>();
  const refused: Refusal[] = [];
  const accepted: Accepted[] = [];
  for (const id of ids) {
    const facts = known.get(id);
    if (facts === undefined) {
      refused.push({ path: '', why: 'missing' });
      continue;
    }
    const verdict = await judge(facts);
    if (typeof verdict === 'string') refused.push({ path: facts.path, why: verdict });
    else accepted.push(verdict);
  }
  return { accepted, refused };

  async function judge(facts: FileFacts): Promise<Accepted | RefusalReason> {
    const { photoId, contentHash } = facts;
    if (request.references?.some((reference) => isIn(facts, reference))) return 'reference';
    if (!facts.online) return 'offline';
    if (!facts.present) return 'missing';
    if (!facts.ready || photoId === null || contentHash === null) return 'changed';
    const identity = await identify(facts.path).catch(() => null);
    if (identity === null)
      return (await identify(facts.folderPath).catch(() => null)) ? 'missing' : 'offline';
    if (!identity.regular) return 'link';
    if (!(await isAsIndexed(facts, contentHash, identity))) return 'changed';
    if (!(await mayChange(dirname(facts.path)))) return 'read-only';
    const keeperId = request.keepers?.get(facts.fileId);
    if (keeperId === undefined) {
      if (request.kind === 'duplicates-apply') return 'last-one';
      return { facts: { ...facts, photoId, contentHash }, identity, keeper: null };
    }
    const keeper = known.get(keeperId);
    if (keeper === undefined || ids.includes(keeperId)) return 'last-one';
    const looked = keepers.get(keeperId) ?? lookAtKeeper(keeper);
    keepers.set(keeperId, looked);
    const there = await looked;
    if (there === null) return 'last-one';
    // Two names of one file free nothing, and on a folder that is mounted twice they are even one and the same name.
    if (there.sameFile !== null && there.sameFile === identity.sameFile) return 'link';
    if (there.sameFile !== null && there.names === 1 && going.has(there.sameFile)) return 'last-one';
    const kept = { photoId: keeper.photoId, path: keeper.path, identity: there };
    return { facts: { ...facts, photoId, contentHash }, identity, keeper: kept };
  }
}

/** Device and inode of every file that is asked to go: none of them may be what is kept, seen through another mount. */
async function goingFiles(
  ids: readonly number[],
  known: ReadonlyMap<number, FileFacts>,
): Promise<ReadonlySet<string>> {
  const going = new Set<string>();
  for (const id of ids) {
    const path = known.get(id)?.path;
    const sameFile = path === undefined ? null : (await identify(path).catch(() => null))?.sameFile;
    if (sameFile) going.add(sameFile);
  }
  return going;
}

/** Read to the end. A link is no copy to keep: its file may be the very one that goes, now or another time. */
async function lookAtKeeper(keeper: FileFacts): Promise<FileIdentity | null> {
  if (!keeper.online || !keeper.present || !keeper.ready || keeper.contentHash === null) return null;
  try {
    const identity = await identify(keeper.path);
    if (identity === null || !identity.regular) return null;
    return (await hashFile(keeper.path)).contentHash === keeper.contentHash ? identity : null;
  } catch {
    return null;
  }
}

/** By size, date and inode; by content whenever these leave a doubt. */
async function isAsIndexed(facts: FileFacts, contentHash: string, now: FileIdentity): Promise<boolean> {
  if (now.bytes !== facts.bytes) return false;
  const sameDate = Math.abs(now.modifiedAt - facts.modifiedAt) <= SAME_TIME_MS;
  const recent = Date.now() - now.modifiedAt < RACY_MS;
  if (sameDate && !recent && now.inode !== null && now.inode === facts.inode) return true;
  const read = await hashFile(facts.path).catch(() => null);
  return read?.contentHash === contentHash;
}

async function mayChange(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function isIn(facts: FileFacts, { folderId, path }: { folderId: FolderId; path: string }): boolean {
  return facts.folderId === folderId && (path === '' || facts.relPath.startsWith(`${path}/`));
}
