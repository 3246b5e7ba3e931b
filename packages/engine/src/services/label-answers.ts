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

interface GivenLabel {
  name: string;
  source: 'you' | 'rule' | 'suggested';
  /** 0 to 1; null where only a person has said so. */
  score: number | null;
}

export function createLabelAnswers(catalog: Catalog, acts: ActsService): LabelAnswersService {
  const takeBack = (before: LabelAnswer[]): number => {
    catalog.answerLabels(before);
    return new Set(before.map((answer) => answer.photoId)).size;
  };
  acts.register<LabelAnswer[]>('label-answer', takeBack);
  acts.register<LabelAnswer[]>('label-assign', takeBack);

  function perform(kind: 'label-answer' | 'label-assign', decisions: () => LabelDecision[]): ActResult {
    return acts.perform(kind, () => {
      const now = Date.now();
      const before = catalog.answerLabels(
        decisions().map((decision) => ({ ...decision, decidedAt: decision.verdict === null ? null : now })),
      );
      if (before.length === 0) return null;
      return { payload: before, photos: new Set(before.map((answer) => answer.photoId)).size };
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
