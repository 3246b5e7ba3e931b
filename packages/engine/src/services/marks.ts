// Favourites, ratings, hidden photos.
import type { Catalog, Marks, MarksChange } from '@semblance/catalog';
import type { ActResult, MarkRequest, PhotoId } from '@semblance/contract';
import type { ActsService, Trace } from './acts.ts';
import { countShown } from './count-shown.ts';

export interface MarksService {
  mark(request: MarkRequest): ActResult;
}

/** Marks as they were, by photo. */
type Before = [PhotoId, Marks][];

interface Marked {
  /** Null in older acts, which have only what was there before. */
  wanted: MarksChange | null;
  before: Before;
}

const FIELDS = ['favourite', 'rating', 'hidden'] as const;

export function createMarks(catalog: Catalog, acts: ActsService): MarksService {
  acts.register<Marked>('mark', {
    read: (payload) =>
      Array.isArray(payload) ? { wanted: null, before: payload as Before } : (payload as Marked),
    *traces({ wanted, before }): Generator<Trace> {
      for (const [id, marks] of before) {
        for (const field of FIELDS) {
          if (wanted !== null && wanted[field] === undefined) continue;
          yield {
            key: keyOf(id, field),
            before: marks[field],
            inherit: (value) => Object.assign(marks, { [field]: value }),
          };
        }
      }
    },
    undo({ wanted, before }, stands) {
      const now = catalog.marks(before.map(([id]) => id));
      const back = before.filter(([id, marks]) => {
        const current = now.get(id);
        const isOurs = (field: keyof Marks): boolean =>
          stands(keyOf(id, field)) && (wanted === null || isAsGiven(field, wanted, current));
        const change: MarksChange = {
          ...(isOurs('favourite') && { favourite: marks.favourite }),
          ...(isOurs('rating') && { rating: marks.rating }),
          ...(isOurs('hidden') && { hidden: marks.hidden }),
        };
        if (current === undefined || !differs(current, change)) return false;
        catalog.mark([id], change);
        return true;
      });
      return back.length;
    },
  });

  return {
    mark: ({ photos, ...wanted }) =>
      acts.perform('mark', () => {
        const shown = catalog.photoIds(photos);
        // Also of photos that are marked so already: this was said of them too, and stays when what said it first goes.
        const before: Before = [...catalog.marks(catalog.actOn(shown))];
        const changed = before.filter(([, marks]) => differs(marks, wanted)).map(([id]) => id);
        if (changed.length === 0) return null;
        catalog.mark(changed, wanted);
        return { payload: { wanted, before }, photos: countShown(shown, changed) };
      }),
  };
}

function keyOf(id: PhotoId, field: keyof Marks): string {
  return `mark ${id} ${field}`;
}

/** False also when something else than an act has changed it since. */
function isAsGiven(field: keyof Marks, wanted: MarksChange, now: Marks | undefined): boolean {
  return wanted[field] !== undefined && now?.[field] === wanted[field];
}

function differs(marks: Marks, wanted: MarksChange): boolean {
  return FIELDS.some((field) => wanted[field] !== undefined && wanted[field] !== marks[field]);
}
