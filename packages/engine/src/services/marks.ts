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

export function createMarks(catalog: Catalog, acts: ActsService): MarksService {
  acts.register<Before>('mark', (before) => {
    catalog.transaction(() => {
      for (const [id, marks] of before) catalog.mark([id], marks);
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
          payload: before,
          photos: countShown(
            shown,
            before.map(([id]) => id),
          ),
        };
      }),
  };
}

function differs(marks: Marks, wanted: MarksChange): boolean {
  return (Object.keys(wanted) as (keyof Marks)[]).some(
    (key) => wanted[key] !== undefined && wanted[key] !== marks[key],
  );
}
