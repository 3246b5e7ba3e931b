// Runs of labels over photos.
import type { Catalog } from '@semblance/catalog';
import { type LabelId, type LabelRun, type PhotoSet, SemblanceError } from '@semblance/contract';

export interface LabelRunsService {
  start(labels: readonly LabelId[], over: PhotoSet): LabelRun;
  list(limit: number): LabelRun[];
}

export function createLabelRuns(catalog: Catalog): LabelRunsService {
  return {
    start() {
      throw new SemblanceError('NOT_SUPPORTED_HERE', 'Labels cannot be run yet.');
    },
    list: (limit) => catalog.labelRuns(limit),
  };
}
