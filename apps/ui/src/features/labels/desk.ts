// A label under the hand: what was typed and answered but not saved yet. Pure, so that nothing is lost by accident.
import type { Label, LabelDraft, LabelId, LabelledPhoto, LabelPreview, Verdict } from '@semblance/contract';
import type { PreviewRequest } from './calls.ts';

export interface Answer {
  photoId: string;
  /** Null takes an answer back. */
  verdict: Verdict | null;
}

export interface Desk {
  /** Null: the label does not exist yet. */
  id: LabelId | null;
  /** As typed, blank lines and all. */
  draft: LabelDraft;
  /** As the library has it; for a new label what one starts from. */
  saved: LabelDraft;
  /** In the order they were given; the last one for a photo counts. */
  answers: readonly Answer[];
  preview: LabelPreview | null;
}

const PREVIEW_LIMIT = 200;

const COLORS = ['blue', 'green', 'orange', 'violet', 'teal', 'red', 'yellow', 'pink'] as const;

/** An empty label; its colour is the next in turn. */
export function newDesk(labels: number, seed: Partial<LabelDraft> = {}): Desk {
  const draft: LabelDraft = {
    name: '',
    descriptions: [''],
    exclusions: [],
    parentId: null,
    color: COLORS[labels % COLORS.length] ?? 'gray',
    precision: 0.8,
    automatic: false,
    sensitive: false,
  };
  return { id: null, draft: { ...draft, ...seed }, saved: draft, answers: [], preview: null };
}

export function deskOf(label: Label): Desk {
  const { name, descriptions, exclusions, parentId, color, precision, automatic, sensitive } = label;
  const saved = { name, descriptions, exclusions, parentId, color, precision, automatic, sensitive };
  return { id: label.id, draft: saved, saved, answers: [], preview: null };
}

/** Without the blanks that typing leaves. */
export function clean(draft: LabelDraft): LabelDraft {
  const lines = (list: readonly string[]) => list.map((line) => line.trim()).filter((line) => line !== '');
  return {
    ...draft,
    name: draft.name.trim(),
    descriptions: lines(draft.descriptions),
    exclusions: lines(draft.exclusions),
  };
}

/** The fields in which the draft differs from what is saved. */
export function changes(desk: Desk): Partial<LabelDraft> {
  const [now, before] = [clean(desk.draft), clean(desk.saved)];
  const keys = Object.keys(now) as (keyof LabelDraft)[];
  const changed = keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]));
  return Object.fromEntries(changed.map((key) => [key, now[key]]));
}

export function isDirty(desk: Desk): boolean {
  return desk.answers.length > 0 || Object.keys(changes(desk)).length > 0;
}

/** The answer that counts, for each photo. */
export function verdicts(answers: readonly Answer[]): Map<string, Verdict | null> {
  return new Map(answers.map(({ photoId, verdict }) => [photoId, verdict]));
}

/** What to ask the engine; null while there are no words to go by. */
export function previewRequest(desk: Desk): PreviewRequest | null {
  const { name, ...draft } = clean(desk.draft);
  if (name === '' && draft.descriptions.length === 0) return null;
  const answers = [...verdicts(desk.answers)].flatMap(([photoId, verdict]) =>
    verdict === null ? [] : [{ photoId, verdict }],
  );
  return { id: desk.id, draft: name === '' ? draft : { ...draft, name }, answers, limit: PREVIEW_LIMIT };
}

/** Photos as they stand with the answers that the engine may not have heard yet. */
export function withAnswers(
  photos: readonly LabelledPhoto[],
  answers: readonly Answer[],
): readonly LabelledPhoto[] {
  if (answers.length === 0) return photos;
  const given = verdicts(answers);
  return photos.map((photo) => {
    const verdict = given.get(photo.id);
    return verdict === undefined || verdict === photo.verdict ? photo : { ...photo, verdict };
  });
}
