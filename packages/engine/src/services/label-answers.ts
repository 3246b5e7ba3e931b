// What a person says of photos and labels: yes, no, undecided again; and what waits to be asked.
import type { Catalog, LabelAnswer } from '@semblance/catalog';
import {
  type ActResult,
  type LabelAssignment,
  type LabelDecision,
  type LabelId,
  type LabelQuestion,
  type PhotoId,
  type PhotoSet,
  SemblanceError,
  type Verdict,
} from '@semblance/contract';
import type { ActsService } from './acts.ts';

export interface LabelAnswersService {
  of(photoId: PhotoId): LabelAssignment[];
  answer(decisions: readonly LabelDecision[]): ActResult;
  /** @throws SemblanceError LABEL_NOT_FOUND */
  assign(id: LabelId, photos: PhotoSet, on: boolean): ActResult;
  /** What photos of a set have by hand, by rule, or on suggestion, of these labels; photos that have none are left out. */
  given(labels: readonly LabelId[], photos: PhotoSet): Map<PhotoId, GivenLabel[]>;
  queue(request: { labelId: LabelId | null; offset: number; limit: number }): {
    total: number;
    items: LabelQuestion[];
  };
}

/** What was there before an answer. */
interface Answered extends LabelAnswer {
  /** The answer; older acts do not have it. */
  given?: Verdict | null;
}

interface GivenLabel {
  name: string;
  source: 'you' | 'rule' | 'suggested';
  /** 0 to 1; null where only a person has said so. */
  score: number | null;
}

export function createLabelAnswers(catalog: Catalog, acts: ActsService): LabelAnswersService {
  const takeBack = (before: Answered[]): number => {
    catalog.transaction(() => catalog.answerLabels(standing(before)));
    return new Set(before.map((answer) => answer.photoId)).size;
  };
  acts.register<Answered[]>('label-answer', takeBack);
  acts.register<Answered[]>('label-assign', takeBack);

  /** Those that nobody has answered otherwise since. */
  function standing(before: Answered[]): Answered[] {
    return [...Map.groupBy(before, (answer) => answer.labelId)].flatMap(([labelId, answers]) => {
      const rows = catalog.labelRows(
        labelId,
        answers.map((answer) => answer.photoId),
      );
      const now = new Map(rows.map((row) => [row.photoId, row.verdict]));
      return answers.filter(
        ({ photoId, given }) => given === undefined || (now.get(photoId) ?? null) === given,
      );
    });
  }

  function perform(kind: 'label-answer' | 'label-assign', decisions: () => LabelDecision[]): ActResult {
    return acts.perform(kind, () => {
      const now = Date.now();
      const wanted = decisions();
      const before = catalog.answerLabels(
        wanted.map((decision) => ({ ...decision, decidedAt: decision.verdict === null ? null : now })),
      );
      if (before.length === 0) return null;
      const given = new Map(
        wanted.map(({ labelId, photoId, verdict }) => [`${labelId} ${photoId}`, verdict]),
      );
      const payload = before.map(
        (answer): Answered => ({
          ...answer,
          given: given.get(`${answer.labelId} ${answer.photoId}`) ?? null,
        }),
      );
      return { payload, photos: new Set(before.map((answer) => answer.photoId)).size };
    });
  }

  return {
    of: (photoId) => catalog.labelsOf(photoId),
    answer: (decisions) =>
      perform('label-answer', () =>
        decisions.flatMap((decision) =>
          catalog.actOn([decision.photoId]).map((photoId) => ({ ...decision, photoId })),
        ),
      ),
    assign: (labelId, photos, on) =>
      perform('label-assign', () => {
        if (catalog.label(labelId) === null) {
          throw new SemblanceError('LABEL_NOT_FOUND', 'This label does not exist any more.');
        }
        const ids = catalog.actOn(catalog.photoIds(photos));
        if (on) return ids.map((photoId) => ({ labelId, photoId, verdict: 'yes' }));
        // A photo that never had it is not an example of what it is not.
        const having = new Set(catalog.labelRows(labelId, ids).map((row) => row.photoId));
        return ids.flatMap((photoId) => (having.has(photoId) ? [{ labelId, photoId, verdict: 'no' }] : []));
      }),
    given(labels, photos) {
      const scope = new Set(catalog.photoIds(photos));
      const given = new Map<PhotoId, GivenLabel[]>();
      for (const id of labels) {
        const name = catalog.label(id)?.name;
        for (const { photoId, verdict, finding } of name === undefined ? [] : catalog.labelRows(id)) {
          if (name === undefined || !scope.has(photoId) || verdict === 'no') continue;
          const byRule = finding?.rule === 'tagged' ? 'rule' : 'suggested';
          const source = verdict === 'yes' ? 'you' : byRule;
          given.set(photoId, [
            ...(given.get(photoId) ?? []),
            { name, source, score: finding?.score ?? null },
          ]);
        }
      }
      return given;
    },
    queue: ({ labelId, offset, limit }) => {
      const { total, items } = catalog.labelQueue(labelId, { offset, limit });
      const tiles = catalog.tiles(items.map((item) => item.photoId));
      return {
        total,
        items: items.flatMap(({ label, photoId, score }) => {
          const tile = tiles.get(photoId);
          if (tile === undefined) return [];
          return [{ label, photo: { ...tile, score, verdict: null, state: 'suggested' as const } }];
        }),
      };
    },
  };
}
