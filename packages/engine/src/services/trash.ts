// Files to the trash and back. One act at a time, every move in the journal before it happens, nothing ever deleted.
import type { Catalog, FileOperationPlan } from '@semblance/catalog';
import {
  type ActId,
  type PhotoSet,
  type RestoreReport,
  SemblanceError,
  type Stayed,
  type ThrownAway,
  type TrashReport,
} from '@semblance/contract';
import { createCompanionFinder, type FileIdentity, identify } from '@semblance/scan';
import { carryOut, type MovingDeps, type Unit } from '../trash/carry-out.ts';
import { type Accepted, checkFiles, type Refusal, type TrashRequest } from '../trash/check.ts';
import { placeOf } from '../trash/place-of.ts';
import type { TrashReceipt } from '../trash/port.ts';
import { putBack, recover } from '../trash/put-back.ts';
import { type Problem, problem, problemOf } from '../trash/sentences.ts';
import type { ActsService } from './acts.ts';

export interface TrashService {
  /** What `trash` would do now: the same looks, and no move. */
  check(request: TrashRequest): Promise<{ files: number; bytes: number; refused: Refusal[] }>;
  /** One act. Files that may not go or cannot are in the report, and as they were. */
  trash(request: TrashRequest): Promise<TrashReport>;
  /** All files of these photos. */
  photos(set: PhotoSet): Promise<TrashReport>;
  /** Of all sessions, newest first. Looks at the trash of every file on the page. */
  list(page: {
    offset: number;
    limit: number;
  }): Promise<{ total: number; bytes: number; files: ThrownAway[] }>;
  /** @throws SemblanceError NOTHING_TO_UNDO when unknown, or all of it is back */
  restore(actId: ActId): Promise<RestoreReport>;
  /** The same for some of what `list` shows, by its ids, with what went with each. What is back already is passed over. */
  putBack(ids: readonly number[]): Promise<RestoreReport>;
  /** Takes off the list what cannot be put back from here: these, or (without ids) all that are gone. */
  dismiss(ids?: readonly number[]): Promise<{ files: number }>;
  /** Finishes or takes back what a crash has cut short. Before anything else looks at the files. */
  recover(): Promise<void>;
  /** Ends after the photo in hand; the rest of its act stays where it is, and its report says so. */
  dispose(): Promise<void>;
}

export interface TrashDeps extends MovingDeps {
  acts: ActsService;
  onChange: () => void;
}

/** More than anybody throws away. */
const EVERYTHING = 1_000_000;

/** Not yet in the journal. */
interface PlannedUnit {
  plans: Omit<FileOperationPlan, 'actId'>[];
  places: TrashReceipt[][];
  keeper: Unit['keeper'];
}

export function createTrash(deps: TrashDeps): TrashService {
  const { catalog, acts, onChange } = deps;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  async function undo(actId: ActId): Promise<RestoreReport & { photos: number }> {
    return oneAtATime(async () => {
      const open = catalog.fileOperations(actId).some(({ state }) => state === 'done' || state === 'undoing');
      if (!open) throw new SemblanceError('NOTHING_TO_UNDO', 'All files of this act are back.');
      return bringBack(actId);
    });
  }

  async function bringBack(actId: ActId, units?: ReadonlySet<number>) {
    const report = await putBack(deps, actId, units && { units });
    rememberWritten(catalog, actId);
    onChange();
    return report;
  }

  for (const kind of ['trash', 'duplicates-apply']) {
    acts.register(kind, async (_payload, actId) => {
      const { failed, restored, photos } = await undo(actId);
      if (failed.length === 0) return photos;
      const [first] = failed;
      throw new SemblanceError(
        'UNDO_INCOMPLETE',
        `${restored} files are back, ${failed.length} are not. ${first?.path}: ${first?.message}`,
      );
    });
  }

  async function run(request: TrashRequest): Promise<TrashReport> {
    const { accepted, refused } = await checkFiles(catalog, request);
    const failed: Stayed[] = refused.map(({ path, why }) => ({ path, ...problem(why) }));
    const planned = await plan(deps, accepted, failed);
    if (planned.length === 0) return { actId: null, trashed: 0, bytes: 0, failed };
    const { actId, units } = record(catalog, request.kind, planned);
    const report: TrashReport = { actId, trashed: 0, bytes: 0, failed };
    for (const unit of units) {
      const [file] = unit.operations;
      if (file === undefined) continue;
      const stopped = closed ? giveUp(catalog, unit) : await carryOut(deps, unit);
      if (stopped !== null) {
        failed.push({ path: file.path, ...stopped });
        continue;
      }
      report.trashed++;
      report.bytes += unit.operations.reduce((sum, operation) => sum + operation.bytes, 0);
    }
    return catalog.act(actId)?.undone ? { ...report, actId: null } : report;
  }

  return {
    async check(request) {
      const { accepted, refused } = await checkFiles(catalog, request);
      const bytes = accepted.reduce((sum, { facts }) => sum + facts.bytes, 0);
      return { files: accepted.length, bytes, refused };
    },
    trash: (request) =>
      oneAtATime(async () => {
        try {
          return await run(request);
        } catch (error) {
          // The catalog could not be written in the middle: the act is taken back now, or else on the next open.
          await recover(deps).catch(() => undefined);
          throw error;
        } finally {
          onChange();
        }
      }),
    photos(set) {
      return this.trash({ kind: 'trash', fileIds: catalog.filesOf(catalog.actOn(catalog.photoIds(set))) });
    },
    async list(page) {
      const { files, ...sums } = catalog.thrownAway(page);
      return {
        ...sums,
        files: await Promise.all(
          files.map(async (operation) => {
            const { id, actId, at, path, unitBytes: bytes, unitFiles } = operation;
            const tile = catalog.tileOfBytes(operation.photoId, operation.contentHash);
            const place = await placeOf(operation);
            return { id, actId, at, path, bytes, companions: unitFiles - 1, tile, place };
          }),
        ),
      };
    },
    async restore(actId) {
      const { restored, renamed, failed } = await undo(actId);
      return { restored, renamed, failed };
    },
    putBack: (ids) =>
      oneAtATime(async () => {
        const whole: RestoreReport = { restored: 0, renamed: [], failed: [] };
        const acts = Map.groupBy(catalog.fileOperationsById(ids), ({ actId }) => actId);
        // Newest act first, as if they were undone one after the other.
        for (const [actId, operations] of [...acts].sort(([a], [b]) => b - a)) {
          const report = await bringBack(actId, new Set(operations.map(({ unit }) => unit)));
          whole.restored += report.restored;
          whole.renamed.push(...report.renamed);
          whole.failed.push(...report.failed);
        }
        return whole;
      }),
    dismiss: (ids) =>
      oneAtATime(async () => {
        const listed = catalog.thrownAway({ offset: 0, limit: EVERYTHING }).files;
        const wanted = ids && new Set(ids);
        const lost: number[] = [];
        for (const file of listed) {
          if (wanted?.has(file.id) === false) continue;
          const place = await placeOf(file);
          if (place === 'gone' || (wanted !== undefined && place === 'system')) lost.push(file.id);
        }
        catalog.dismissThrownAway(lost);
        if (lost.length > 0) onChange();
        return { files: lost.length };
      }),
    recover: () => oneAtATime(() => recover(deps)),
    async dispose() {
      closed = true;
      await last;
    },
  };
}

/** Each file with what belongs to it, and where it could go. What no trash would take is added to `failed`. */
async function plan(
  { port }: MovingDeps,
  accepted: readonly Accepted[],
  failed: TrashReport['failed'],
): Promise<PlannedUnit[]> {
  const finder = createCompanionFinder();
  const going = new Set(accepted.map(({ facts }) => facts.path));
  const taken = new Set<string>();
  const companions = new Set<string>();
  const units: PlannedUnit[] = [];
  for (const { facts, identity, keeper } of accepted) {
    const { fileId, photoId, contentHash, path } = facts;
    const unit: PlannedUnit = { plans: [], places: [], keeper };
    const add = async (at: string, now: FileIdentity, own: Partial<FileOperationPlan>): Promise<void> => {
      const places = await port.plan(at, taken);
      const [receipt] = places;
      if (receipt === undefined) throw Object.assign(new Error('no trash'), { code: 'EXDEV' });
      for (const place of places) if (place.kind === 'folder') taken.add(place.path);
      const { bytes, modifiedAt, inode } = now;
      const none = { fileId: null, photoId: null, keeperId: null, contentHash: null };
      unit.plans.push({ unit: units.length, path: at, bytes, modifiedAt, inode, receipt, ...none, ...own });
      unit.places.push(places);
    };
    try {
      await add(path, identity, { fileId, photoId, contentHash, keeperId: keeper?.photoId ?? null });
      for (const companion of await finder.of(path, (other) => going.has(other))) {
        const now = companions.has(companion) ? null : await identify(companion);
        companions.add(companion);
        if (now !== null) await add(companion, now, {});
      }
      units.push(unit);
    } catch (error) {
      failed.push({ path, ...problemOf(error) });
    }
  }
  return units;
}

/** Older acts do not have it. */
interface TrashAct {
  /** Per file: the labels that were written into its sidecar, or into itself. */
  written?: Record<number, string[][]>;
}

function writtenInto(catalog: Catalog, planned: readonly PlannedUnit[]): TrashAct {
  const written: Record<number, string[][]> = {};
  for (const { fileId, photoId } of planned.flatMap(({ plans }) => plans)) {
    const file = photoId === null ? [] : catalog.sidecarFiles(photoId).filter((one) => one.fileId === fileId);
    for (const one of file) if (one.written.length > 0) written[one.fileId] = one.written;
  }
  return { written };
}

/** Or they would pass for somebody else's, and stay when the label goes. Files that are not back are left out. */
function rememberWritten(catalog: Catalog, actId: ActId): void {
  const { written = {} } = (catalog.act(actId)?.payload ?? {}) as TrashAct;
  catalog.transaction(() => {
    for (const [fileId, tags] of Object.entries(written)) catalog.setSidecar(Number(fileId), tags);
  });
}

/** The whole intent, durable before the first move. */
function record(
  catalog: Catalog,
  kind: string,
  planned: readonly PlannedUnit[],
): { actId: ActId; units: Unit[] } {
  return catalog.transaction(() => {
    const actId = catalog.recordAct(kind, writtenInto(catalog, planned));
    catalog.planFileOperations(planned.flatMap(({ plans }) => plans.map((plan) => ({ ...plan, actId }))));
    const operations = Map.groupBy(catalog.fileOperations(actId), (operation) => operation.unit);
    const units = planned.map(({ places, keeper }, unit) => ({
      operations: operations.get(unit) ?? [],
      places,
      keeper,
    }));
    return { actId, units };
  });
}

function giveUp(catalog: Catalog, unit: Unit): Problem {
  const closed = problem('closed');
  catalog.transaction(() => {
    for (const { id } of unit.operations)
      catalog.changeFileOperation(id, { state: 'failed', message: closed.message });
  });
  return closed;
}
