// What labels there are: made, changed, removed, merged; each act can be taken back.
import type { Catalog, LabelledRow, LabelRecord } from '@semblance/catalog';
import {
  type ActResult,
  type Label,
  type LabelAct,
  type LabelDraft,
  type LabelId,
  type PhotoId,
  SemblanceError,
} from '@semblance/contract';
import { foldName } from '@semblance/core';
import type { ActsService } from './acts.ts';

export interface LabelsService {
  list(): Label[];
  /** These throw SemblanceError LABEL_NOT_FOUND; with a name or parent also LABEL_EXISTS and LABEL_CYCLE. */
  get(id: LabelId): Label;
  create(draft: LabelDraft, pack?: string | null): LabelAct;
  change(id: LabelId, change: { [Key in keyof LabelDraft]?: LabelDraft[Key] | undefined }): LabelAct;
  remove(id: LabelId): ActResult;
  merge(from: LabelId, into: LabelId): LabelAct;
}

interface Changed {
  before: LabelRecord;
  after: LabelRecord;
}

interface Removed {
  label: LabelRecord;
  rows: LabelledRow[];
  children: LabelId[];
}

interface Merged {
  from: Removed;
  into: LabelRecord;
  /** What was on record for the second label, of the photos that the first one brought. */
  rows: LabelledRow[];
  photos: PhotoId[];
  /** Labels that lay below the first one. */
  moved: LabelId[];
}

const MAX_DESCRIPTIONS = 20;

export function createLabels(catalog: Catalog, acts: ActsService): LabelsService {
  acts.register<{ id: LabelId }>('label-create', ({ id }) => {
    const photos = catalog.labelRows(id).length;
    catalog.removeLabel(id);
    return photos;
  });
  // Older acts have only what was there before.
  acts.register<Changed | LabelRecord>('label-change', (payload) => {
    const { before, after } = 'before' in payload ? payload : { before: payload, after: null };
    const { id } = before;
    const now = catalog.label(id);
    if (now === null) return 0;
    const back = after === null ? before : standing(before, after, now);
    // The parent of then may be gone, or lie below the label by now; and another label may have the name.
    const parentId = back.parentId !== null && canLieBelow(id, back.parentId) ? back.parentId : null;
    catalog.changeLabel(id, { ...back, parentId, name: isFree(back.name, id) ? back.name : now.name });
    return 0;
  });
  acts.register<Removed>('label-remove', (removed) => {
    restore(removed);
    return removed.rows.length;
  });
  acts.register<Merged>('label-merge', ({ from, into, rows, photos, moved }) => {
    catalog.transaction(() => {
      restore(from);
      if (catalog.label(into.id) === null) return;
      catalog.clearLabelRows(into.id, photos);
      catalog.setLabelRows(into.id, rows);
      for (const id of moved) {
        if (id !== into.id && catalog.label(id)?.parentId === into.id) {
          catalog.changeLabel(id, { parentId: from.label.id });
        }
      }
      const { descriptions, parentId } = into;
      const below = parentId !== null && canLieBelow(into.id, parentId);
      catalog.changeLabel(into.id, { descriptions, parentId: below ? parentId : null });
    });
    return photos.length;
  });

  function restore({ label, rows, children }: Removed): void {
    if (catalog.label(label.id) !== null) return;
    catalog.restoreLabel({ ...label, name: freeName(label.name) }, rows, children);
  }

  function known(id: LabelId): LabelRecord {
    const label = catalog.label(id);
    if (label === null) throw new SemblanceError('LABEL_NOT_FOUND', 'This label does not exist any more.');
    return label;
  }

  /** False also when the wished parent does not exist. */
  function canLieBelow(id: LabelId, parentId: LabelId): boolean {
    const parents = new Map(catalog.labels().map((label) => [label.id, label.parentId]));
    if (!parents.has(parentId)) return false;
    for (let at: LabelId | null = parentId; at !== null; at = parents.get(at) ?? null) {
      if (at === id) return false;
    }
    return true;
  }

  function namesake(name: string, id: LabelId | null): LabelRecord | undefined {
    return catalog.labels().find((label) => label.id !== id && foldName(label.name) === foldName(name));
  }

  function isFree(name: string, id: LabelId): boolean {
    return namesake(name, id) === undefined;
  }

  /** The name itself, or with a number when another label has taken it meanwhile. */
  function freeName(name: string): string {
    for (let n = 1; ; n++) {
      const wanted = n === 1 ? name : `${name} ${n}`;
      if (namesake(wanted, null) === undefined) return wanted;
    }
  }

  function checkName(name: string, id: LabelId | null): void {
    const same = namesake(name, id);
    if (same !== undefined) {
      throw new SemblanceError('LABEL_EXISTS', `There is a label "${same.name}" already.`);
    }
  }

  function view(id: LabelId): Label {
    return views([known(id)])[0] as Label;
  }

  function views(records: LabelRecord[]): Label[] {
    const counts = catalog.labelCounts();
    return records.map(({ createdAt: _, ...label }) => {
      const { yes = 0, no = 0, tagged = 0, suggested = 0 } = counts.get(label.id) ?? {};
      return { ...label, examples: { yes, no }, tagged, suggested };
    });
  }

  function removal(id: LabelId): Removed {
    const label = known(id);
    const rows = catalog.labelRows(id);
    return { label, rows, children: catalog.removeLabel(id) };
  }

  return {
    list: () => views(catalog.labels()),
    get: view,
    create(draft, pack = null) {
      let id = 0;
      const result = acts.perform('label-create', () => {
        checkName(draft.name, null);
        if (draft.parentId !== null) known(draft.parentId);
        id = catalog.createLabel({ ...draft, pack });
        return { payload: { id }, photos: 0 };
      });
      return { ...result, label: view(id) };
    },
    change(id, change) {
      const result = acts.perform('label-change', () => {
        const before = known(id);
        if (change.name !== undefined) checkName(change.name, id);
        if (change.parentId !== undefined && change.parentId !== null) {
          known(change.parentId);
          if (!canLieBelow(id, change.parentId)) {
            throw new SemblanceError('LABEL_CYCLE', 'A label cannot lie below itself.');
          }
        }
        catalog.changeLabel(id, change);
        const after = known(id);
        if (JSON.stringify(after) === JSON.stringify(before)) return null;
        const payload: Changed = { before, after };
        return { payload, photos: 0 };
      });
      return { ...result, label: view(id) };
    },
    remove: (id) =>
      acts.perform('label-remove', () => {
        const payload = removal(id);
        return { payload, photos: payload.rows.length };
      }),
    merge(fromId, intoId) {
      const result = acts.perform('label-merge', () => {
        const into = known(intoId);
        if (fromId === intoId) return null;
        const moved = catalog.labels().filter((label) => label.parentId === fromId);
        // Below the first one, the second takes its place before the first one goes.
        if (!canLieBelow(fromId, intoId)) catalog.changeLabel(intoId, { parentId: known(fromId).parentId });
        const from = removal(fromId);
        const photos = from.rows.map((row) => row.photoId);
        const rows = catalog.labelRows(intoId, photos);
        const own = new Map(rows.map((row) => [row.photoId, row]));
        catalog.setLabelRows(
          intoId,
          from.rows.map((row) => united(row, own.get(row.photoId))),
        );
        for (const { id } of moved) if (id !== intoId) catalog.changeLabel(id, { parentId: intoId });
        catalog.changeLabel(intoId, { descriptions: unitedDescriptions(into, from.label) });
        const payload: Merged = { from, into, rows, photos, moved: moved.map((label) => label.id) };
        return { payload, photos: photos.length };
      });
      return { ...result, label: view(intoId) };
    },
  };
}

/** The label as it is now, with what one change has set put back where nothing else has changed it since. */
function standing(before: LabelRecord, after: LabelRecord, now: LabelRecord): LabelRecord {
  const isOurs = (key: keyof LabelRecord): boolean => JSON.stringify(now[key]) === JSON.stringify(after[key]);
  const ours = Object.entries(before).filter(([key]) => isOurs(key as keyof LabelRecord));
  return { ...now, ...Object.fromEntries(ours) };
}

/** A yes to either is a yes to both together; answers go before rules, and the second label's own finding stays. */
function united(from: LabelledRow, into: LabelledRow | undefined): LabelledRow {
  if (into === undefined) return from;
  const answered = [into, from].filter((row) => row.verdict !== null);
  const answer = answered.find((row) => row.verdict === 'yes') ?? answered[0];
  const findings = [into.finding, from.finding];
  return {
    photoId: into.photoId,
    verdict: answer?.verdict ?? null,
    decidedAt: answer?.decidedAt ?? null,
    finding: findings.find((finding) => finding?.rule === 'tagged') ?? into.finding ?? from.finding,
  };
}

/** What either is described by; a label without descriptions is described by its name. */
function unitedDescriptions(into: LabelRecord, from: LabelRecord): string[] {
  const all = [into, from].flatMap((label) =>
    label.descriptions.length > 0 ? label.descriptions : [label.name],
  );
  const once = [...new Map(all.map((text) => [foldName(text), text])).values()];
  return into.descriptions.length === 0 && once.length === 1 ? [] : once.slice(0, MAX_DESCRIPTIONS);
}
