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
import {
  answersIn,
  existence,
  inheritRemoval,
  labelKey,
  type Made,
  making,
  type RemovedLabel,
  removalTraces,
  said,
  unmake,
  verdictKey,
  withAnswers,
} from './label-traces.ts';

export interface LabelsService {
  list(): Label[];
  /** These throw SemblanceError LABEL_NOT_FOUND; with a name or parent also LABEL_EXISTS and LABEL_CYCLE. */
  get(id: LabelId): Label;
  create(draft: LabelDraft, pack?: string | null): LabelAct;
  change(id: LabelId, change: { [Key in keyof LabelDraft]?: LabelDraft[Key] | undefined }): LabelAct;
  remove(id: LabelId): ActResult;
  merge(from: LabelId, into: LabelId): LabelAct;
}

type Field = keyof LabelRecord;
type Stands = (key: string) => boolean;

interface Created extends Made {
  id: LabelId;
  /** The label it was made below; older acts do not say. */
  parentId?: LabelId | null;
}

interface Changed extends Made {
  before: LabelRecord;
  /** Null in older acts, which have only what was there before. */
  after: LabelRecord | null;
  /** What a person has set; older acts do not say. */
  fields?: Field[];
}

interface Merged extends Made {
  from: RemovedLabel;
  into: LabelRecord;
  /** What was on record for the second label, of the photos that the first one brought. */
  rows: LabelledRow[];
  photos: PhotoId[];
  /** Labels that lay below the first one. */
  moved: LabelId[];
}

const MAX_DESCRIPTIONS = 20;

export function createLabels(catalog: Catalog, acts: ActsService): LabelsService {
  acts.register<Created>('label-create', {
    *traces(payload) {
      yield making(payload.id);
      if (payload.parentId != null) yield existence(payload.parentId, payload);
    },
    undo({ id, made }, stands) {
      const photos = unmake(catalog, [id], stands);
      unmake(catalog, made, stands);
      return photos;
    },
  });
  acts.register<Changed>('label-change', {
    read: (payload) => {
      const old = payload as Changed | LabelRecord;
      return 'before' in old ? old : { before: old, after: null };
    },
    *traces(payload) {
      const { before, after } = payload;
      for (const field of fieldsOf(payload)) {
        yield {
          key: labelKey(before.id, field),
          before: before[field],
          inherit: (value) => Object.assign(before, { [field]: value }),
        };
      }
      const parentId = after?.parentId ?? null;
      if (parentId !== null && parentId !== before.parentId) yield existence(parentId, payload);
    },
    undo(payload, stands) {
      const { before, after, made } = payload;
      const { id } = before;
      const now = catalog.label(id);
      if (now !== null) {
        const isOurs = (field: Field): boolean =>
          stands(labelKey(id, field)) && (after === null || isSame(now[field], after[field]));
        const ours = fieldsOf(payload).filter(isOurs);
        const back = { ...now, ...Object.fromEntries(ours.map((field) => [field, before[field]])) };
        // The parent of then may be gone, or lie below the label by now; and another label may have the name.
        const parentId = back.parentId !== null && canLieBelow(id, back.parentId) ? back.parentId : null;
        catalog.changeLabel(id, { ...back, parentId, name: isFree(back.name, id) ? back.name : now.name });
      }
      unmake(catalog, made, stands);
      return 0;
    },
  });
  acts.register<RemovedLabel>('label-remove', {
    traces: removalTraces,
    inherit: inheritRemoval,
    undo(removed, stands) {
      restore(removed, stands);
      return removed.rows.length;
    },
  });
  acts.register<Merged>('label-merge', {
    *traces(payload) {
      const { from, into, rows, photos, moved } = payload;
      yield* removalTraces(from);
      yield existence(into.id, payload);
      const own = new Map(rows.map((row) => [row.photoId, row]));
      const inherit = (): void => undefined;
      for (const photo of photos) {
        const before = said(own.get(photo) ?? { verdict: null, decidedAt: null });
        yield { key: verdictKey(into.id, photo), before, inherit };
      }
      for (const field of ['descriptions', 'parentId'] as const) {
        yield { key: labelKey(into.id, field), before: into[field], inherit };
      }
      for (const id of moved) {
        if (id !== into.id) yield { key: labelKey(id, 'parentId'), before: from.label.id, inherit };
      }
    },
    inherit(payload, left) {
      const { from, into, rows, photos } = payload;
      const brought = new Set(photos);
      const answers = new Map([...answersIn(into.id, left)].filter(([photo]) => brought.has(photo)));
      payload.rows = withAnswers(rows, answers);
      const others = [...left].filter(([key, before]) => {
        const field = (['descriptions', 'parentId'] as const).find((one) => key === labelKey(into.id, one));
        if (field !== undefined) Object.assign(into, { [field]: before });
        else if (key === labelKey(into.id)) existence(into.id, payload).inherit(before);
        else return false;
        return true;
      });
      const ofInto = [
        ...others.map(([key]) => key),
        ...[...answers.keys()].map((photo) => verdictKey(into.id, photo)),
      ];
      const rest = new Map(left);
      for (const key of ofInto) rest.delete(key);
      return [...ofInto, ...inheritRemoval(from, rest)];
    },
    undo(payload, stands) {
      const { from, into, rows, photos, moved, made } = payload;
      restore(from, stands);
      if (catalog.label(into.id) !== null) {
        const back = new Set(photos.filter((photo) => stands(verdictKey(into.id, photo))));
        catalog.clearLabelRows(into.id, [...back]);
        catalog.setLabelRows(
          into.id,
          rows.filter((row) => back.has(row.photoId)),
        );
        const kept = new Set(from.children);
        for (const id of moved) {
          if (kept.has(id) && id !== into.id && catalog.label(id)?.parentId === into.id) {
            catalog.changeLabel(id, { parentId: from.label.id });
          }
        }
        const { descriptions, parentId } = into;
        const below = parentId !== null && canLieBelow(into.id, parentId);
        catalog.changeLabel(into.id, {
          ...(stands(labelKey(into.id, 'descriptions')) && { descriptions }),
          ...(stands(labelKey(into.id, 'parentId')) && { parentId: below ? parentId : null }),
        });
      }
      unmake(catalog, made, stands);
      return photos.length;
    },
  });

  function restore({ label, rows, children, made, elsewhere = [] }: RemovedLabel, stands: Stands): void {
    if (catalog.label(label.id) !== null || made?.includes(label.id) || !stands(labelKey(label.id))) return;
    catalog.restoreLabel({ ...label, name: freeName(label.name) }, rows, children);
    for (const [id, parentId] of elsewhere) {
      if (!stands(labelKey(id, 'parentId')) || catalog.label(id) === null) continue;
      if (parentId === null || canLieBelow(id, parentId)) catalog.changeLabel(id, { parentId });
    }
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

  function removal(id: LabelId): RemovedLabel {
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
        return { payload: { id, parentId: draft.parentId }, photos: 0 };
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
        if (isSame(after, before)) return null;
        const fields = (Object.keys(change) as Field[]).filter(
          (field) => change[field as keyof LabelDraft] !== undefined,
        );
        const payload: Changed = { before, after, fields };
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

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function fieldsOf({ before, after, fields }: Changed): Field[] {
  const differs = (field: Field): boolean => after === null || !isSame(before[field], after[field]);
  return fields ?? (Object.keys(before) as Field[]).filter(differs);
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
