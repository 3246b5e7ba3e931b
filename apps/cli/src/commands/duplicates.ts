// `semblance duplicates`: groups of copies with what would be kept and why; `ignore` takes one out for good.
import type { DuplicateGroup, DuplicateKind, DuplicatePhoto, KeepReason } from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { humanBytes, type Output } from '../output.ts';
import { type LibraryOptions, withLibrary } from '../session.ts';

export interface DuplicatesOptions extends LibraryOptions {
  kind?: DuplicateKind[];
}

const COPIES: DuplicateKind[] = ['exact', 'resaved', 'edited', 'burst'];
const PAGE = 1000;

export async function listDuplicates(options: DuplicatesOptions, output: Output): Promise<void> {
  const groups = await withLibrary(options, async (engine) => {
    await engine.services.duplicates.find();
    return allGroups(engine, options.kind ?? COPIES);
  });
  const answer = groups.map(({ id, kind, photos }) => ({
    id,
    kind,
    photos: photos.map((photo) => ({
      path: photo.path,
      keep: photo.keep,
      reasons: photo.reasons.map(reasonSentence),
    })),
  }));
  output.answer({ groups: answer }, () => humanGroups(groups));
}

/** Says that the photos of a group are no duplicates: by content, for good, and to be undone like everything. */
export async function ignoreDuplicates(id: string, options: LibraryOptions, output: Output): Promise<void> {
  const result = await withLibrary(options, async ({ services }) =>
    services.duplicates.choose(id, { kind: 'decide', decision: 'not-duplicates' }),
  );
  output.answer(result, () => `${result.photos} photos are not duplicates of one another.`);
}

/** Every open group of these kinds, page by page. */
export function allGroups({ services }: Engine, kinds: DuplicateKind[]): DuplicateGroup[] {
  const groups: DuplicateGroup[] = [];
  for (;;) {
    const page = services.duplicates.groups({ kinds, offset: groups.length, limit: PAGE, sort: 'kind' });
    groups.push(...page.groups);
    if (page.groups.length < PAGE) return groups;
  }
}

function humanGroups(groups: readonly DuplicateGroup[]): string {
  const freed = groups.reduce((sum, group) => sum + group.freed, 0);
  const files = groups.reduce((sum, group) => sum + group.photos.filter((photo) => !photo.keep).length, 0);
  return [
    ...groups.flatMap((group) => [`${group.kind}  ${group.id}`, ...group.photos.map(humanPhoto), '']),
    `${groups.length} groups; ${files} files could go (${humanBytes(freed)}). Nothing was changed.`,
  ].join('\n');
}

function humanPhoto(photo: DuplicatePhoto): string {
  const why = photo.reasons.slice(0, 3).map(reasonSentence).join(', ');
  return `  ${photo.keep ? 'keep' : '    '}  ${photo.path}${why === '' ? '' : `  (${why})`}`;
}

/** One reason in words, from this photo's side. */
function reasonSentence({ rule, better, value, other }: KeepReason): string {
  const compared = (unit: (value: number) => string): string =>
    value === null || other === null ? '' : ` (${unit(value)}, not ${unit(other)})`;
  const plain = (number: number): string => String(Math.round(number * 100) / 100);
  switch (rule) {
    case 'reference-folder':
      return better ? 'in a reference folder' : 'not in a reference folder';
    case 'preferred-folder':
      return better ? 'in a preferred folder' : 'not in the preferred folder';
    case 'raw':
      return better ? 'has the raw file' : 'has no raw file';
    case 'cared-for':
      return better ? 'rated, favourite or in albums' : 'less cared for';
    case 'original':
      return better ? 'the original' : 'made from another one';
    case 'detail':
      return `${better ? 'more' : 'less'} detail${compared((v) => `${plain(v)} MP`)}`;
    case 'metadata':
      return better ? 'more metadata' : 'less metadata';
    case 'sharpness':
      return better ? 'sharper' : 'less sharp';
    case 'exposure':
      return better ? 'better exposed' : 'less well exposed';
    case 'compression':
      return `${better ? 'less' : 'more'} compressed${compared(plain)}`;
    case 'oldest':
      return better ? 'older file' : 'newer file';
    case 'smallest':
      return `${better ? 'smaller' : 'larger'} file${compared(humanBytes)}`;
  }
}
