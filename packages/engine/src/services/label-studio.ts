// What a label would do, shown while it is being made.
import type { LabelId, LabelledPhoto, LabelPreview, labelRequests } from '@semblance/contract';
import type { z } from 'zod';

export interface LabelStudioService {
  preview(request: z.output<(typeof labelRequests)['preview']>): Promise<LabelPreview>;
  questions(id: LabelId, limit: number): Promise<LabelledPhoto[]>;
}

export function createLabelStudio(): LabelStudioService {
  return {
    preview: async () => ({
      photos: [],
      border: { inside: [], outside: [] },
      histogram: new Array<number>(40).fill(0),
      threshold: 1,
      inside: 0,
      expectedPrecision: null,
      basis: 'calibration',
      collisions: [],
      wording: null,
      unknownWords: [],
      searched: 0,
      milliseconds: 0,
    }),
    questions: async () => [],
  };
}
