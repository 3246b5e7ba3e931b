// After a change of the model: tags that rules have given are given anew, from the same words and answers.
import type { Catalog } from '@semblance/catalog';
import type { LabelRunsService } from '../services/label-runs.ts';
import { labelsInUse } from './label-changes.ts';
import type { ModelRecord } from './model-record.ts';

export interface Renewal {
  /** If the record says that tags are to be given anew; one such run after the other. */
  begin(): void;
  /** When none is under way. */
  settled(): Promise<void>;
  /** None begins from here on. */
  close(): void;
}

export interface RenewalDeps {
  catalog: Catalog;
  record: ModelRecord;
  labelRuns: LabelRunsService;
  onChange: () => void;
  tell: () => void;
}

export function createRenewal({ catalog, record, labelRuns, onChange, tell }: RenewalDeps): Renewal {
  let renewing: Promise<void> = Promise.resolve();
  let closed = false;

  async function renew(): Promise<void> {
    const { previous } = record.get();
    if (previous?.labelsWanted !== true || closed) return;
    const labels = labelsInUse(catalog).map(({ id }) => id);
    if (labels.length === 0) {
      record.change({ previous: { ...previous, labelsWanted: false } });
      return;
    }
    const run = labelRuns.start(labels, { kind: 'all' });
    record.change({ previous: { ...previous, run: run.id } });
    tell();
    await labelRuns.finished(run.id);
    const after = record.get().previous;
    // Cut short, it is as if it had never been, and begins again with the next start.
    if (after !== null) record.change({ previous: { ...after, labelsWanted: false } });
    onChange();
  }

  return {
    begin() {
      renewing = renewing
        .then(renew)
        .catch(() => undefined)
        .then(() => void (closed || tell()));
    },
    settled: () => renewing,
    close() {
      closed = true;
    },
  };
}
