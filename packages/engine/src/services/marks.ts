// Favourites, ratings, hidden photos.
import type { Catalog, Marks, MarksChange } from '@semblance/catalog';
import type { ActResult, MarkRequest, PhotoId } from '@semblance/contract';
import type { ActsService } from './acts.ts';
import { countShown } from './count-shown.ts';

export interface MarksService {
  mark(request: MarkRequest): ActResult;
}

/** Marks as they were, by photo. */
type Before = [PhotoId, Marks][];

interface Marked {
  wanted: MarksChange;
  before: Before;
}

export function createMarks(catalog: Catalog, acts: ActsService): MarksService {
  // Older acts have only what was there before.
  acts.register<Marked | Before>('mark', (payload) => {
    const { wanted, before } = Array.isArray(payload) ? { wanted: null, before: payload } : payload;
    catalog.transaction(() => {
      const now = catalog.marks(before.map(([id]) => id));
      for (const [id, marks] of before) {
        catalog.mark([id], wanted === null ? marks : standing(wanted, marks, now.get(id)));
      }
    });
    return before.length;
  });

  return {
    mark: ({ photos, ...wanted }) =>
      acts.perform('mark', () => {
        const shown = catalog.photoIds(photos);
        const before: Before = [...catalog.marks(catalog.actOn(shown))].filter(([, marks]) =>
          differs(marks, wanted),
        );
        if (before.length === 0) return null;
        catalog.mark(
          before.map(([id]) => id),
          wanted,
        );
        return {
          payload: { wanted, before },
          photos: countShown(
            shown,
            before.map(([id]) => id),
          ),
        };
      }),
  };
}

/** What to set again: only what the act has set, where nothing else has changed it since. */
function standing(wanted: MarksChange, before: Marks, now: Marks | undefined): MarksChange {
  const isOurs = (key: keyof Marks): boolean => wanted[key] !== undefined && now?.[key] === wanted[key];
  return {
    ...(isOurs('favourite') && { favourite: before.favourite }),
    ...(isOurs('rating') && { rating: before.rating }),
    ...(isOurs('hidden') && { hidden: before.hidden }),
  };
}

function differs(marks: Marks, wanted: MarksChange): boolean {
  return (Object.keys(wanted) as (keyof Marks)[]).some(
    (key) => wanted[key] !== undefined && wanted[key] !== marks[key],
  );
}
