// The labels of a copy that goes pass to the photo that is kept, as a person's answers: nobody is asked twice.
import type { Catalog, LabelAnswer } from '@semblance/catalog';
import type { Inheritor } from './inheritors.ts';

/** An answer that the keeper has already, yes or no, stays. */
export function createLabelInheritor(catalog: Catalog): Inheritor<LabelAnswer[]> {
  return {
    key: 'labels',
    inherit(keeper, from) {
      const known = new Map(catalog.labelsOf(keeper).map(({ id, state }) => [id, state]));
      const missing = catalog.labelsOf(from).flatMap(({ id, state }): LabelAnswer[] => {
        const own = known.get(id);
        const has = own === 'yours' || own === 'tagged' || own === 'refused';
        if (has || (state !== 'yours' && state !== 'tagged')) return [];
        return [{ labelId: id, photoId: keeper, verdict: 'yes', decidedAt: Date.now() }];
      });
      const before = missing.length === 0 ? [] : catalog.answerLabels(missing);
      return before.length === 0 ? null : before;
    },
    giveBack(before) {
      // Only where the inherited yes still stands; the photo may have been asked about meanwhile.
      const standing = before.filter(({ labelId, photoId }) =>
        catalog.labelRows(labelId, [photoId]).some(({ verdict }) => verdict === 'yes'),
      );
      catalog.answerLabels(standing);
    },
  };
}
