// What helps with labels, put together: packs, proposals, export and import, sidecars, the adapter.
import { join } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import type { VectorTable } from '@semblance/vectors';
import type { ComputeClient } from '../compute/client.ts';
import { createSidecarTool } from '../sidecars/exiftool.ts';
import type { ActsService } from './acts.ts';
import { createLabelAdapter, type LabelAdapterService } from './label-adapter.ts';
import { createLabelPacks, type LabelPacksService } from './label-packs.ts';
import { createLabelProposals, type LabelProposalsService } from './label-proposals.ts';
import { createLabelTransfer, type LabelTransferService } from './label-transfer.ts';
import { createSidecars, type SidecarsService } from './sidecars.ts';

export interface LabelTools {
  packs: LabelPacksService;
  proposals: LabelProposalsService;
  transfer: LabelTransferService;
  sidecars: SidecarsService;
  adapter: LabelAdapterService;
}

export interface LabelToolsDeps {
  catalog: Catalog;
  vectors: VectorTable;
  acts: ActsService;
  /** Folder of the packs that ship with the app; undefined for none. */
  packs: string | undefined;
  /** Of the library. */
  directory: string;
  modelKey: string;
  /** Answers people. */
  interactive: ComputeClient;
  /** A fresh compute process without a model. */
  process: () => ComputeClient;
  anchors: () => Promise<readonly Float32Array[]>;
  onChange: () => void;
}

export function createLabelTools(deps: LabelToolsDeps): LabelTools {
  const { catalog, vectors, acts, directory, modelKey, process, anchors, onChange } = deps;
  const embed = async (text: string) => (await deps.interactive.call('embedText', [text])).embedding;
  const packs = createLabelPacks(catalog, acts, deps.packs);
  return {
    packs,
    proposals: createLabelProposals({ catalog, vectors, embed, vocabulary: packs.vocabulary }),
    transfer: createLabelTransfer(catalog, acts),
    sidecars: createSidecars({ catalog, tool: createSidecarTool(), backups: join(directory, 'backups') }),
    adapter: createLabelAdapter({ catalog, vectors, embed, anchors, process, directory, modelKey, onChange }),
  };
}
