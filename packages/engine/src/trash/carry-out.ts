// Moving one photo's file and what belongs to it: all of it, with what its keeper inherits, or nothing.
import type { Catalog, FileOperation } from '@semblance/catalog';
import { codeOf, type FileIdentity, identify } from '@semblance/scan';
import type { Inheritor } from './inheritors.ts';
import type { Moves } from './moves.ts';
import type { TrashPort, TrashReceipt } from './port.ts';
import { type Problem, problemOf, REFUSALS } from './sentences.ts';

export interface MovingDeps {
  catalog: Catalog;
  port: TrashPort;
  moves: Moves;
  inheritors: readonly Inheritor[];
}

/** Dates this close are the same, ms: file systems round them. */
const SAME_TIME_MS = 1;
/** Another trash on the same disk may still take the file. */
const TRY_NEXT: ReadonlySet<string> = new Set([
  'EXDEV',
  'EACCES',
  'EPERM',
  'EROFS',
  'EEXIST',
  'ENAMETOOLONG',
]);

/** One photo's file first, then its sidecars. They are `planned` in the journal, in this order. */
export interface Unit {
  operations: readonly FileOperation[];
  /** Per operation: the places that were chosen, best first. */
  places: readonly (readonly TrashReceipt[])[];
  /** The file kept instead, as it was when it was read; null when none is. */
  keeper: { path: string; identity: FileIdentity } | null;
}

/**
 * @returns null when done, else why not: the unit is then as before, or the journal says what could not be put back
 * @throws what the catalog throws when it cannot be written; the files are then back, as far as the disk allows
 */
export async function carryOut(deps: MovingDeps, unit: Unit): Promise<Problem | null> {
  const moved: FileOperation[] = [];
  try {
    await keeperIsThere(unit);
    for (const [at, operation] of unit.operations.entries()) {
      await put(deps, operation, unit.places[at] ?? [receiptOf(operation)]);
      moved.push(operation);
    }
    await keeperIsThere(unit);
    recordUnit(deps, unit.operations);
    return null;
  } catch (error) {
    const problem = problemOf(error);
    await putAllBack(deps, unit.operations, moved, problem.message);
    return problem;
  } finally {
    for (const { path } of unit.operations) deps.moves.end(path);
  }
}

/** In one transaction: the journal, the files on record, and what the keeper inherits. */
export function recordUnit({ catalog, inheritors }: MovingDeps, operations: readonly FileOperation[]): void {
  catalog.transaction(() => {
    for (const { id, fileId, photoId, keeperId } of operations) {
      const inherited =
        photoId === null || keeperId === null || photoId === keeperId
          ? []
          : inheritors.flatMap((inheritor) => {
              const change = inheritor.inherit(keeperId, photoId);
              return change === null ? [] : [{ key: inheritor.key, change }];
            });
      catalog.changeFileOperation(id, {
        state: 'done',
        message: null,
        inherited: inherited.length === 0 ? null : inherited,
      });
      if (fileId !== null) catalog.fileGone(fileId);
    }
  });
}

export function receiptOf(operation: FileOperation): TrashReceipt {
  return operation.receipt as TrashReceipt;
}

/** Moves one file, and makes sure that it was the one that was looked at. */
async function put(
  { catalog, port, moves }: MovingDeps,
  operation: FileOperation,
  places: readonly TrashReceipt[],
): Promise<void> {
  const { path } = operation;
  moves.begin(path);
  for (const [at, place] of places.entries()) {
    if (at > 0) {
      catalog.changeFileOperation(operation.id, { receipt: place });
      operation.receipt = place;
    }
    try {
      const now = await identify(path);
      if (now === null || !isSame(operation, now)) throw gone(now === null);
      await port.put(path, place);
      break;
    } catch (error) {
      if (at + 1 === places.length || !TRY_NEXT.has(codeOf(error))) throw error;
    }
  }
  const receipt = receiptOf(operation);
  if (receipt.kind === 'system') return;
  // A program may have saved over it in the last moment: its new bytes go back to where it put them.
  const there = await identify(receipt.path);
  if (there !== null && isSame(operation, there)) return;
  if (there !== null) await port.restore(receipt, path);
  throw gone(false);
}

function isSame(operation: FileOperation, now: FileIdentity): boolean {
  return now.inode === operation.inode && hasFacts(operation, now);
}

/** Moves keep size and date; on some disks the inode is another one after the next mount. */
function hasFacts({ bytes, modifiedAt }: FileOperation, now: FileIdentity): boolean {
  return now.bytes === bytes && Math.abs(now.modifiedAt - modifiedAt) <= SAME_TIME_MS;
}

/** Whether this file, and not another one of that name, lies where its receipt says. */
export async function liesInTrash(operation: FileOperation): Promise<boolean> {
  const receipt = receiptOf(operation);
  const there = receipt.kind === 'system' ? null : await identify(receipt.path);
  return there !== null && (isSame(operation, there) || hasFacts(operation, there));
}

function gone(missing: boolean): Error {
  return Object.assign(new Error(missing ? REFUSALS.missing : REFUSALS.changed), {
    code: missing ? 'ENOENT' : 'CHANGED',
  });
}

/**
 * Before, because an act may take minutes since its files were looked at; and after, because where a disk is mounted
 * twice, file and keeper may have been one and the same without anybody being able to tell.
 */
async function keeperIsThere({ keeper }: Unit): Promise<void> {
  if (keeper === null) return;
  const now = await identify(keeper.path);
  const { bytes, modifiedAt, sameFile } = keeper.identity;
  if (now?.bytes === bytes && now.modifiedAt === modifiedAt && now.sameFile === sameFile) return;
  throw Object.assign(new Error(REFUSALS['last-one']), { code: 'LAST_ONE' });
}

/** Last first. What cannot be put back stays recorded as done: it can be restored by undo, and nothing is lost. */
async function putAllBack(
  { catalog, port }: MovingDeps,
  operations: readonly FileOperation[],
  moved: readonly FileOperation[],
  why: string,
): Promise<void> {
  const stuck = new Map<FileOperation, string>();
  for (const operation of [...operations].reverse()) {
    const receipt = receiptOf(operation);
    if (moved.includes(operation)) {
      await port
        .restore(receipt, operation.path)
        .catch((error) => stuck.set(operation, problemOf(error).message));
    } else if (receipt.kind === 'folder') {
      await port.tidy(receipt).catch(() => undefined);
    }
  }
  catalog.transaction(() => {
    for (const operation of operations) {
      const problem = stuck.get(operation);
      catalog.changeFileOperation(operation.id, {
        state: problem === undefined ? 'failed' : 'done',
        message: problem === undefined ? why : `${why} It is in the trash: ${problem}`,
      });
      if (problem !== undefined && operation.fileId !== null) catalog.fileGone(operation.fileId);
    }
  });
}
