// What following the suggestions would do to files, looked at on the disk just before: changed, missing and last ones stay.
import { lstat } from 'node:fs/promises';
import type { DuplicateFile } from '@semblance/catalog';
import type { DuplicateGroupId, DuplicatePlan } from '@semblance/contract';
import { caredFor } from './duplicates-facts.ts';
import type { BuiltGroup } from './duplicates-groups.ts';

export interface PlannedGroup {
  id: DuplicateGroupId;
  /** Files that stay; at least one of them was seen on the disk. The first is the suggested one. */
  keep: number[];
  trash: number[];
}

export interface Planned {
  plan: DuplicatePlan;
  groups: PlannedGroup[];
}

type Skipped = DuplicatePlan['skipped'][number];

/** Groups whose every file stays are left out. */
export async function planGroups(
  wanted: readonly BuiltGroup[],
  options: { bestOfBursts: boolean },
): Promise<Planned> {
  const groups: PlannedGroup[] = [];
  const skipped: Skipped[] = [];
  const kept: DuplicateFile[] = [];
  let bytes = 0;
  for (const group of wanted) {
    const stay = stays(group, options.bestOfBursts);
    const [keep, go] = split(group, (file) => stay.has(file.fileId));
    if (go.length === 0) continue;
    const trash: DuplicateFile[] = [];
    for (const file of go) {
      const why = await trouble(file);
      if (why === null) trash.push(file);
      else skipped.push({ path: file.path, why });
    }
    const states = await Promise.all(keep.map(trouble));
    if (!states.includes(null)) {
      skipped.push(...trash.map((file): Skipped => ({ path: file.path, why: 'last-one' })));
      continue;
    }
    for (const file of group.ranked) {
      if (file.reference && file.id !== group.ranked[0]?.id)
        skipped.push({ path: file.path, why: 'reference' });
    }
    if (trash.length === 0) continue;
    groups.push({
      id: group.id,
      keep: keep.filter((_, at) => states[at] === null).map((file) => file.fileId),
      trash: trash.map((file) => file.fileId),
    });
    kept.push(...keep);
    bytes += trash.reduce((sum, file) => sum + file.bytes, 0);
  }
  return {
    groups,
    plan: {
      groups: groups.length,
      files: groups.reduce((sum, group) => sum + group.trash.length, 0),
      bytes,
      keptFavourites: countPhotos(kept.filter((file) => file.favourite)),
      keptCaredFor: countPhotos(kept.filter((file) => !file.favourite && caredFor(file) > 0)),
      skipped,
    },
  };
}

function stays(group: BuiltGroup, bestOfBursts: boolean): ReadonlySet<number> {
  if (group.kind !== 'burst' || group.chosen || !bestOfBursts) return group.keep;
  return new Set(group.ranked.filter((c, at) => at === 0 || c.reference).map((c) => c.id));
}

/** Both in the order of the rules. */
function split(
  group: BuiltGroup,
  stay: (file: DuplicateFile) => boolean,
): [DuplicateFile[], DuplicateFile[]] {
  const files = group.ranked.flatMap((candidate) => group.files.get(candidate.id) ?? []);
  return [files.filter(stay), files.filter((file) => !stay(file))];
}

/** What the library knows of a file must still be true of it. */
async function trouble(file: DuplicateFile): Promise<Skipped['why'] | null> {
  const facts = await lstat(file.path).catch(() => null);
  if (facts === null || !facts.isFile()) return 'missing';
  const same = facts.size === file.bytes && Math.trunc(facts.mtimeMs) === file.modifiedAt;
  return same ? null : 'changed';
}

function countPhotos(files: readonly DuplicateFile[]): number {
  return new Set(files.map((file) => file.photoId)).size;
}
