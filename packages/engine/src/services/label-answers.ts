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
import type { ActsService, Undoing } from './acts.ts';
import { existence, type Made, type Said, said, unmake, verdictKey } from './label-traces.ts';

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

interface Answers extends Made {
  answers: Answered[];
}

interface GivenLabel {
  name: string;
  source: 'you' | 'rule' | 'suggested';
  /** 0 to 1; null where only a person has said so. */
  score: number | null;
}

export function createLabelAnswers(catalog: Catalog, acts: ActsService): LabelAnswersService {
  const undoing: Undoing<Answers> = {
    // Older acts are only what was there before.
    read: (payload) => (Array.isArray(payload) ? { answers: payload as Answered[] } : (payload as Answers)),
    *traces(payload) {
      for (const id of new Set(payload.answers.map(({ labelId }) => labelId))) yield existence(id, payload);
      for (const answer of payload.answers) {
        yield {
          key: verdictKey(answer.labelId, answer.photoId),
          before: said(answer),
          inherit: (before) => Object.assign(answer, before),
        };
      }
    },
    undo({ answers, made }, stands) {
      const back = standing(answers.filter(({ labelId, photoId }) => stands(verdictKey(labelId, photoId))));
      const changed = catalog.answerLabels(back);
      unmake(catalog, made, stands);
      return new Set(changed.map((answer) => answer.photoId)).size;
    },
  };
  acts.register('label-answer', undoing);
  acts.register('label-assign', undoing);

  /** Those that nothing else than an act has changed since. */
  function standing(before: Answered[]): Answered[] {
    return [...Map.groupBy(before, (answer) => answer.labelId)].flatMap(([labelId, answers]) => {
      const now = verdicts(labelId, answers);
      return answers.filter(
        ({ photoId, given }) => given === undefined || (now.get(photoId)?.verdict ?? null) === given,
      );
    });
  }

  function verdicts(labelId: LabelId, of: readonly { photoId: PhotoId }[]): Map<PhotoId, Said> {
    const rows = catalog.labelRows(
      labelId,
      of.map(({ photoId }) => photoId),
    );
    return new Map(rows.map((row) => [row.photoId, said(row)]));
  }

  function perform(kind: 'label-answer' | 'label-assign', decisions: () => LabelDecision[]): ActResult {
    return acts.perform(kind, () => {
      const now = Date.now();
      const wanted = decisions();
      // Also of photos that are answered so already: it was said of them too, and stays when what said it first goes.
      const answers = [...Map.groupBy(wanted, ({ labelId }) => labelId)].flatMap(([labelId, some]) => {
        if (catalog.label(labelId) === null) return [];
        const before = verdicts(labelId, some);
        const last = new Map(some.map(({ photoId, verdict }) => [photoId, verdict]));
        return [...last].map(([photoId, given]): Answered => {
          const { verdict, decidedAt } = before.get(photoId) ?? { verdict: null, decidedAt: null };
          return { labelId, photoId, verdict, decidedAt, given };
        });
      });
      const changed = catalog.answerLabels(
        wanted.map((decision) => ({ ...decision, decidedAt: decision.verdict === null ? null : now })),
      );
      if (changed.length === 0) return null;
      const payload: Answers = { answers };
      return { payload, photos: new Set(changed.map((answer) => answer.photoId)).size };
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
