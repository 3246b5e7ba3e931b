// What acts have set of labels, thing by thing: that a label is there, what it is, and what a person said of photos.
import type { Catalog, LabelledRow, LabelRecord } from '@semblance/catalog';
import type { LabelId, PhotoId, Verdict } from '@semblance/contract';
import type { Trace } from './acts.ts';

/** For acts that want labels to be there. */
export interface Made {
  /** They came to be with this act: the ones that made them were undone. */
  made?: LabelId[];
}

/** What a person has said of a photo. */
export interface Said {
  verdict: Verdict | null;
  /** Milliseconds since 1970; null without a verdict. */
  decidedAt: number | null;
}

export interface RemovedLabel extends Made {
  label: LabelRecord;
  rows: LabelledRow[];
  children: LabelId[];
  /** Labels below it that are to lie elsewhere when it is back. */
  elsewhere?: [LabelId, LabelId | null][];
}

export function labelKey(id: LabelId, field?: keyof LabelRecord): string {
  return field === undefined ? `label ${id}` : `label ${id} ${field}`;
}

export function verdictKey(id: LabelId, photo: PhotoId): string {
  return `verdict ${id} ${photo}`;
}

/**
 * Answers and labels below it want a label to be there: undone, the act that made it leaves it to them, and it goes with the
 * last of them. Its name and its words go with it.
 */
export function existence(id: LabelId, payload: Made): Trace {
  return {
    key: labelKey(id),
    before: !payload.made?.includes(id),
    inherit(before) {
      const others = (payload.made ?? []).filter((one) => one !== id);
      payload.made = before === false ? [...others, id] : others;
    },
  };
}

/** The act that makes a label: nothing comes before it. */
export function making(id: LabelId): Trace {
  return { key: labelKey(id), before: false, inherit: () => undefined };
}

/** Takes away the labels that came to be with an act that is undone. @returns photos that had them */
export function unmake(
  catalog: Catalog,
  ids: readonly LabelId[] | undefined,
  stands: (key: string) => boolean,
): number {
  let photos = 0;
  for (const id of ids ?? []) {
    if (!stands(labelKey(id)) || catalog.label(id) === null) continue;
    photos += catalog.labelRows(id).length;
    catalog.removeLabel(id);
  }
  return photos;
}

export function said({ verdict, decidedAt }: Said): Said {
  return { verdict, decidedAt };
}

/** A removed label has taken everything away that was set of it. */
export function* removalTraces(removed: RemovedLabel): Generator<Trace> {
  const { label, rows, children } = removed;
  const inherit = (): void => undefined;
  yield existence(label.id, removed);
  for (const field of Object.keys(label) as (keyof LabelRecord)[]) {
    yield { key: labelKey(label.id, field), before: label[field], inherit };
  }
  for (const row of rows) yield { key: verdictKey(label.id, row.photoId), before: said(row), inherit };
  for (const child of children) yield { key: labelKey(child, 'parentId'), before: label.id, inherit };
}

/** @returns the keys that are about the removed label; when it is back, it is as they say */
export function inheritRemoval(removed: RemovedLabel, left: ReadonlyMap<string, unknown>): string[] {
  const { label } = removed;
  const fields = new Map(
    (Object.keys(label) as (keyof LabelRecord)[]).map((one) => [labelKey(label.id, one), one]),
  );
  const children = new Map(removed.children.map((one) => [labelKey(one, 'parentId'), one]));
  const answers = answersIn(label.id, left);
  removed.rows = withAnswers(removed.rows, answers);
  const others = [...left].flatMap(([key, before]) => {
    const field = fields.get(key);
    const child = children.get(key);
    if (key === labelKey(label.id)) existence(label.id, removed).inherit(before);
    else if (field !== undefined) Object.assign(label, { [field]: before });
    else if (child !== undefined) {
      removed.children = removed.children.filter((one) => one !== child);
      removed.elsewhere = [...(removed.elsewhere ?? []), [child, before as LabelId | null]];
    } else return [];
    return [key];
  });
  return [...others, ...[...answers.keys()].map((photo) => verdictKey(label.id, photo))];
}

/** What was said of photos for a label. */
export function answersIn(id: LabelId, left: ReadonlyMap<string, unknown>): Map<PhotoId, Said> {
  const start = verdictKey(id, '');
  const ours = [...left].filter(([key]) => key.startsWith(start));
  return new Map(ours.map(([key, before]) => [key.slice(start.length), before as Said]));
}

/** Rows in which photos have these answers, and what a rule has found of them as before. */
export function withAnswers(
  rows: readonly LabelledRow[],
  answers: ReadonlyMap<PhotoId, Said>,
): LabelledRow[] {
  if (answers.size === 0) return [...rows];
  const known = new Map(rows.map((row) => [row.photoId, row]));
  for (const [photoId, answer] of answers) {
    const finding = known.get(photoId)?.finding ?? null;
    if (answer.verdict === null && finding === null) known.delete(photoId);
    else known.set(photoId, { photoId, finding, ...said(answer) });
  }
  return [...known.values()];
}
