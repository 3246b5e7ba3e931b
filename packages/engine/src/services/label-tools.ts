// What helps with labels, put together: packs, proposals, export and import, sidecars, the adapter.
import { join } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import { createSidecarTool } from '../sidecars/exiftool.ts';
import type { ActsService } from './acts.ts';
import type { LabelAdapterService } from './label-adapter.ts';
import type { LabelPacksService } from './label-packs.ts';
import type { LabelProposalsService } from './label-proposals.ts';
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
  acts: ActsService;
  /** Of the library. */
  directory: string;
  packs: LabelPacksService;
  proposals: LabelProposalsService;
  adapter: LabelAdapterService;
}

export function createLabelTools(deps: LabelToolsDeps): LabelTools {
  const { catalog, acts, directory, packs, proposals, adapter } = deps;
  return {
    packs,
    proposals,
    transfer: createLabelTransfer(catalog, acts),
    sidecars: createSidecars({ catalog, tool: createSidecarTool(), backups: join(directory, 'backups') }),
    adapter,
  };
}
