// Taking back: files to where they were, and what was inherited to whom it belonged. Also finishes what a crash cut short.
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import type { FileOperation } from '@semblance/catalog';
import type { ActId, PhotoId, RestoreReport } from '@semblance/contract';
import { codeOf, hashFile, identify } from '@semblance/scan';
import { liesInTrash, type MovingDeps, receiptOf, recordUnit } from './carry-out.ts';
import { problemOf } from './sentences.ts';

const INTERRUPTED =
  'Semblance was ended in the middle of this act, and took it back when it was opened again.';

interface Taken {
  /** For the journal: why, when nobody asked for it. */
  why?: string | null;
  /** These units of the act only. */
  units?: ReadonlySet<number>;
}

/**
 * Brings back every file of an act that is in the trash, or of some units of it.
 * @returns also how many photos they belong to
 */
export async function putBack(
  deps: MovingDeps,
  actId: ActId,
  { why = null, units: wanted }: Taken = {},
): Promise<RestoreReport & { photos: number }> {
  const { catalog } = deps;
  catalog.transaction(() => {
    for (const { id, state, unit } of catalog.fileOperations(actId)) {
      if (state === 'done' && wanted?.has(unit) !== false)
        catalog.changeFileOperation(id, { state: 'undoing' });
    }
  });
  const report: RestoreReport = { restored: 0, renamed: [], failed: [] };
  const photos = new Set<PhotoId>();
  /** Per unit: what its photo was called, and what it is called now. */
  const names = new Map<number, Renamed>();
  for (const { unit, fileId, state, path, message } of catalog.fileOperations(actId)) {
    // An earlier try has brought back the photo alone.
    if (fileId !== null && state === 'undone' && message !== null && isAbsolute(message))
      names.set(unit, { from: path, to: message });
  }
  // Last first, so that what a keeper inherited from several is given back in the order that it came in.
  const units = [...Map.groupBy(catalog.fileOperations(actId), ({ unit }) => unit).values()].reverse();
  for (const operation of units.flat()) {
    if (operation.state !== 'undoing') continue;
    const { path } = operation;
    deps.moves.begin(path);
    try {
      const to = await bringBack(deps, operation, wantedPath(operation, names.get(operation.unit)));
      if (operation.fileId !== null) names.set(operation.unit, { from: path, to });
      await record(deps, operation, to, why);
      report.restored++;
      if (operation.photoId !== null) photos.add(operation.photoId);
      if (to !== path) {
        deps.moves.begin(to);
        deps.moves.end(to);
        report.renamed.push({ path, to });
      }
    } catch (error) {
      const problem = problemOf(error);
      catalog.changeFileOperation(operation.id, { state: 'done', message: problem.message });
      report.failed.push({ path, ...problem });
    } finally {
      deps.moves.end(path);
    }
  }
  report.renamed.reverse();
  report.failed.reverse();
  return { ...report, photos: photos.size };
}

/**
 * Acts that were cut short, found by looking: an act that had not moved its last file is taken back whole, an undo goes
 * on. Where the system's bin gives nothing back, what has moved stays moved, photo by photo. Never throws for a file.
 */
export async function recover(deps: MovingDeps): Promise<void> {
  const { catalog, port } = deps;
  for (const actId of catalog.unfinishedActs()) {
    const operations = catalog.fileOperations(actId);
    const forward = operations.some((operation) => receiptOf(operation).kind === 'system');
    for (const operation of operations) {
      if (operation.state !== 'planned') continue;
      if (forward ? await isAway(operation) : await liesInTrash(operation)) {
        recordUnit(forward ? deps : { ...deps, inheritors: [] }, [operation]);
      } else {
        await port.tidy(receiptOf(operation)).catch(() => undefined);
        catalog.changeFileOperation(operation.id, { state: 'failed', message: INTERRUPTED });
      }
    }
    // Which files were to come back was on record before the first of them moved; no others come along.
    const undoing = operations.filter(({ state }) => state === 'undoing');
    if (undoing.length > 0) await putBack(deps, actId, { units: new Set(undoing.map(({ unit }) => unit)) });
    else if (!forward) await putBack(deps, actId, { why: INTERRUPTED });
  }
}

interface Renamed {
  from: string;
  to: string;
}

/** What belongs to a photo follows its name: under its old one it would belong to the picture that has taken that. */
function wantedPath({ path, fileId }: FileOperation, photo: Renamed | undefined): string {
  if (fileId !== null || photo === undefined || photo.to === photo.from) return path;
  const [name, was, is] = [path, photo.from, photo.to].map((one) => basename(one)) as [
    string,
    string,
    string,
  ];
  const whole = name.toLowerCase().startsWith(was.toLowerCase());
  const rest = name.slice(whole ? was.length : was.length - extname(was).length);
  return join(dirname(path), (whole ? is : is.slice(0, is.length - extname(is).length)) + rest);
}

/** @returns where it is now: the wanted path, or one beside it when that is taken */
async function bringBack({ port }: MovingDeps, operation: FileOperation, wanted: string): Promise<string> {
  const { path } = operation;
  const receipt = receiptOf(operation);
  if (receipt.kind === 'system') {
    // Put back by hand, or by the system's own undo.
    if (await isItself(operation)) return path;
    await port.restore(receipt, path);
    return path;
  }
  if (!(await liesInTrash(operation))) {
    if (await isItself(operation)) {
      await port.tidy(receipt).catch(() => undefined);
      return path;
    }
    throw Object.assign(new Error('not in the trash'), { code: 'EMPTIED' });
  }
  if (await isItself(operation)) {
    // A copy that the person has made: it is enough, and the trash keeps its own. (Two names of one file are what a
    // crash in the middle of restoring leaves; restoring again ends it.)
    const [here, there] = [await identify(path), await identify(receipt.path)];
    if (here?.sameFile !== there?.sameFile) return path;
  }
  for (let n = 0; ; n++) {
    const to = n === 0 ? wanted : beside(wanted, n);
    try {
      await port.restore(receipt, to);
      return to;
    } catch (error) {
      // Where nothing has the name it was something else, and would be again for every other name.
      if (codeOf(error) !== 'EEXIST' || (await identify(to)) === null) throw error;
    }
  }
}

/** `a.jpg` -> `a (restored).jpg`, `a (restored 2).jpg`. */
function beside(path: string, n: number): string {
  const ending = extname(path);
  const stem = basename(path, ending);
  return join(dirname(path), `${stem} (restored${n === 1 ? '' : ` ${n}`})${ending}`);
}

async function record(
  { catalog, inheritors }: MovingDeps,
  operation: FileOperation,
  to: string,
  why: string | null,
): Promise<void> {
  const now = await identify(to);
  catalog.transaction(() => {
    catalog.changeFileOperation(operation.id, { state: 'undone', message: to === operation.path ? why : to });
    for (const { key, change } of (operation.inherited ?? []) as { key: string; change: unknown }[]) {
      inheritors.find((inheritor) => inheritor.key === key)?.giveBack(change);
    }
    if (operation.contentHash === null || now === null) return;
    const { fileId, contentHash } = operation;
    catalog.fileBack({ ...now, fileId, path: to, contentHash });
  });
}

/** Whether what lies at the old place is this file, by name or by content. */
async function isItself({ path, bytes, inode, contentHash }: FileOperation): Promise<boolean> {
  const now = await identify(path);
  if (now === null || !now.regular || now.bytes !== bytes) return false;
  if (contentHash === null) return now.inode !== null && now.inode === inode;
  return (await hashFile(path).catch(() => null))?.contentHash === contentHash;
}

/** Its folder is there, and it is not. */
async function isAway({ path }: FileOperation): Promise<boolean> {
  return (await identify(dirname(path))) !== null && (await identify(path)) === null;
}
