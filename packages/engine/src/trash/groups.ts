// Groups of duplicates, as the plan has them, become one act: in each, the first file kept inherits from all that go.
import type { TrashReport } from '@semblance/contract';
import type { TrashService } from '../services/trash.ts';

/** Files that stay, the suggested one first, and those that go. */
export interface DecidedGroup {
  keep: readonly number[];
  trash: readonly number[];
}

/** A file that one group wants to keep stays, whatever another one says of it. */
export function trashGroups(trash: TrashService, groups: readonly DecidedGroup[]): Promise<TrashReport> {
  const kept = new Set(groups.flatMap((group) => group.keep));
  const keepers = new Map<number, number>();
  for (const { keep, trash: going } of groups) {
    const [keeper] = keep;
    if (keeper === undefined) continue;
    for (const file of going) if (!kept.has(file)) keepers.set(file, keeper);
  }
  return trash.trash({ kind: 'duplicates-apply', fileIds: [...keepers.keys()], keepers });
}
