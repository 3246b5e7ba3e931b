// Groups of duplicates, decisions, rules and applying, kept in the page. ?groups= how many (default 214);
// ?duplicates= found | none | never | running | failed | broken (every choice is refused) | half (some files stay)
import { ORPCError } from '@orpc/client';
import type {
  DuplicateGroup,
  DuplicateKind,
  DuplicatePhoto,
  DuplicateRules,
  GroupFilter,
  KeepReason,
  PhotoTile,
  PlanRequest,
} from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

const KINDS: readonly DuplicateKind[] = ['exact', 'resaved', 'edited', 'burst', 'similar'];
/** In what order kinds come along. */
const SERIES = [0, 0, 1, 0, 2, 3, 1, 0, 4, 2] as const;
const CHANGES = [[], ['mirrored'], ['cropped'], ['overlay'], ['recoloured']];
const QUALITY = [
  'reference-folder',
  'raw',
  'original',
  'detail',
  'compression',
  'metadata',
  'oldest',
] as const;

export function fakeDuplicates(photos: readonly PhotoTile[], answer: Answer, params: URLSearchParams) {
  const state = params.get('duplicates') ?? 'found';
  const bare = state === 'none' || state === 'never';
  let groups = Array.from({ length: bare ? 0 : Number(params.get('groups') ?? 214) }, (_, i) =>
    makeGroup(i, photos),
  );
  let rules: DuplicateRules = { order: [...QUALITY], preferred: [], references: [] };
  const undos = new Map<number, () => void>();
  let nextAct = 1000;
  let ran = state !== 'never';
  let done = state === 'running' ? 3240 : 5330;
  const remember = (undo: () => void) => {
    nextAct += 1;
    undos.set(nextAct, undo);
    return nextAct;
  };
  const refuse = () => {
    throw new ORPCError('LIBRARY_NOT_WRITABLE', {
      defined: true,
      message: 'The library cannot be written to.',
    });
  };
  const pass = (filter: GroupFilter = {}) => {
    const { kinds = KINDS.slice(0, 4), folderId, minBytes = 0, decided = false } = filter;
    return groups.filter(
      (group) =>
        kinds.includes(group.kind) &&
        group.freed >= minBytes &&
        (group.decision !== null) === decided &&
        (folderId === undefined || group.photos.some((photo) => photo.folderId === folderId)),
    );
  };
  const concerned = ({ groups: ids, filter }: PlanRequest) =>
    ids === undefined ? pass(filter) : groups.filter((group) => ids.includes(group.id));
  const goes = (group: DuplicateGroup, best: boolean) =>
    group.photos.filter((photo) => (best && group.kind === 'burst' ? !photo.suggested : !photo.keep));

  const procedures: Client['duplicates'] = {
    status: () =>
      answer(() => {
        const running = done < 5330;
        if (running) done = Math.min(5330, done + 40);
        return {
          state:
            state === 'failed' ? ('failed' as const) : running ? ('running' as const) : ('idle' as const),
          done,
          total: 5330,
          lastAt: ran ? Date.UTC(2026, 10, 22, 18, 5) : null,
          problem: state === 'failed' ? 'The drive “Archive” went away while photos were compared.' : null,
          decided: groups.filter((group) => group.decision !== null).length,
          kinds: KINDS.map((kind) => {
            const open = groups.filter((group) => group.kind === kind && group.decision === null);
            return {
              kind,
              groups: open.length,
              files: open.reduce((sum, group) => sum + goes(group, false).length, 0),
              bytes: open.reduce((sum, group) => sum + group.freed, 0),
            };
          }),
        };
      }),
    find: () =>
      answer(() => {
        done = 0;
        ran = true;
      }),
    groups: ({ offset = 0, limit = 100, sort = 'freed', ...filter } = {}) =>
      answer(() => {
        const found = pass(filter);
        if (sort === 'freed') found.sort((a, b) => b.freed - a.freed);
        if (sort === 'kind') found.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
        return { total: found.length, groups: found.slice(offset, offset + limit) };
      }),
    group: ({ id }) =>
      answer(() => {
        const group = groups.find((other) => other.id === id);
        if (group === undefined) throw new ORPCError('GROUP_NOT_FOUND', { defined: true });
        return { group, facts: group.photos.map(factsOf) };
      }),
    choose: ({ id, choice }) =>
      answer(() => {
        if (state === 'broken') refuse();
        const before = groups;
        groups = groups.map((group) => {
          if (group.id !== id) return group;
          if (choice.kind === 'decide') return { ...group, decision: choice.decision };
          if (choice.kind === 'reset') return makeGroup(Number.parseInt(id.slice(8), 16), photos);
          const marked = group.photos.map((photo) => ({
            ...photo,
            keep: choice.files.includes(photo.fileId),
          }));
          return { ...group, photos: marked, chosen: true, freed: freed(marked) };
        });
        const old = before.find((group) => group.id === id);
        const undo = () => {
          groups = groups.map((group) => (group.id === id ? (old ?? group) : group));
        };
        return { actId: remember(undo), photos: 2 };
      }),
    rules: () => answer(() => rules),
    setRules: (wanted) =>
      answer(() => {
        if (state === 'broken') refuse();
        rules = wanted;
        return rules;
      }),
    presets: () =>
      answer([
        { preset: 'best-quality' as const, order: [...QUALITY] },
        { preset: 'oldest' as const, order: ['reference-folder', 'oldest', 'original', 'detail'] },
        { preset: 'smallest' as const, order: ['reference-folder', 'smallest', 'metadata', 'oldest'] },
      ]),
    plan: (request = {}) =>
      answer(() => {
        const found = concerned(request).filter(
          (group) => goes(group, request.bestOfBursts ?? false).length > 0,
        );
        const files = found.flatMap((group) => goes(group, request.bestOfBursts ?? false));
        return {
          groups: found.length,
          files: files.length,
          bytes: files.reduce((sum, file) => sum + file.bytes, 0),
          keptFavourites: Math.min(3, found.length),
          keptCaredFor: Math.min(8, Math.floor(found.length / 9)),
          skipped: files.slice(0, found.length > 9 ? 2 : 0).map((file, i) => ({
            path: file.path,
            why: i === 0 ? ('changed' as const) : ('offline' as const),
          })),
        };
      }),
    apply: (request = {}) =>
      answer(() => {
        const before = groups;
        const found = new Set(concerned(request).map((group) => group.id));
        const files = groups.filter((group) => found.has(group.id)).flatMap((group) => goes(group, false));
        const failed = state === 'half' ? files.slice(0, 3) : [];
        groups = groups.filter((group) => !found.has(group.id));
        const actId = remember(() => {
          groups = before;
        });
        return {
          actId,
          trashed: files.length - failed.length,
          bytes: files.reduce((sum, file) => sum + file.bytes, 0),
          failed: failed.map(({ path }) => ({
            path,
            why: 'read-only' as const,
            message: 'Its folder may not be changed.',
          })),
        };
      }),
  };
  const trash: Pick<Client['trash'], 'restore'> = {
    restore: ({ actId }) =>
      answer(() => {
        undos.get(actId)?.();
        return { restored: 12, renamed: [], failed: [] };
      }),
  };
  const joined = (acts: Client['acts']): Client['acts'] => ({
    list: acts.list,
    undo: (request, options) => {
      const undo = undos.get(request.id);
      if (undo === undefined) return acts.undo(request, options);
      return answer(() => {
        undo();
        return { photos: 2 };
      });
    },
  });
  return { procedures, trash, joined };
}

function freed(photos: readonly DuplicatePhoto[]): number {
  return photos.reduce((sum, photo) => sum + (photo.keep ? 0 : photo.bytes), 0);
}

function makeGroup(i: number, tiles: readonly PhotoTile[]): DuplicateGroup {
  const kind = KINDS[SERIES[i % SERIES.length] ?? 0] ?? 'exact';
  const base = tiles[(i * 7) % tiles.length];
  const count = kind === 'burst' ? 3 + (i % 9) : kind === 'similar' ? 3 : 2 + Number(i % 5 === 4);
  const size = 5_200_000 + ((i * 7919) % 4000) * 900;
  const photos = Array.from({ length: count }, (_, at): DuplicatePhoto => {
    const first = at === 0;
    const edit = kind === 'edited' && !first ? 1 + ((i + at) % 4) : 0;
    const scale = kind === 'resaved' && !first ? (i % 3 === 0 ? 0.5 : 1) : 1;
    const ratio = base?.ratio ?? 1.5;
    const number = Number.parseInt(base?.id.slice(-8) ?? '0', 16) + (kind === 'similar' ? at : 0);
    const keep = first || kind === 'burst' || kind === 'similar';
    return {
      photo: {
        id: `${edit}${String(at).padStart(3, '0')}${number.toString(16).padStart(16, '0')}`,
        ratio,
        takenAt: (base?.takenAt ?? 0) + at * 700,
        version: '1',
        placeholder: base?.placeholder ?? null,
        offline: false,
        favourite: first && i % 11 === 2,
      },
      fileId: i * 20 + at + 1,
      path: first
        ? `/home/ada/Pictures/2019/Summer by the sea/DSC_${4000 + i}.JPG`
        : `/media/ada/Archive/Scans 1998-2004/from phone (old)/WhatsApp Images/DSC_${4000 + i}${kind === 'burst' ? `_${at}` : ' (1)'}.${kind === 'resaved' ? 'webp' : 'jpg'}`,
      folderId: first ? 1 : 2,
      bytes: Math.round(size * scale * (kind === 'resaved' && !first ? 0.4 : 1)),
      width: Math.round(4000 * scale),
      height: Math.round((4000 * scale) / ratio),
      format: kind === 'resaved' && !first ? 'webp' : 'jpeg',
      reference: first && i % 13 === 4,
      favourite: first && i % 11 === 2,
      rating: first && i % 7 === 1 ? 4 : null,
      albums: first && i % 4 === 0 ? 2 : 0,
      labels: 0,
      keep,
      suggested: first,
      reasons: reasonsOf(kind, first, scale, i),
      changes: first
        ? []
        : kind === 'resaved'
          ? [scale < 1 ? 'resized' : 'recompressed', 'converted']
          : (CHANGES[edit] ?? []),
      difference: first
        ? 0
        : kind === 'exact'
          ? 0
          : kind === 'burst' || kind === 'similar'
            ? null
            : 0.004 * (1 + (i % 9)),
    };
  });
  const id = `fa4e0000${i.toString(16).padStart(12, '0')}`;
  return { id, kind, photos, freed: freed(photos), decision: null, chosen: false };
}

function reasonsOf(kind: DuplicateKind, first: boolean, scale: number, i: number): KeepReason[] {
  const reason = (rule: KeepReason['rule']): KeepReason => ({
    rule,
    better: first,
    value: null,
    other: null,
  });
  if (kind === 'similar') return [];
  if (kind === 'burst') return [reason('sharpness'), ...(i % 2 === 0 ? [reason('exposure')] : [])];
  return [
    ...(kind === 'edited' ? [reason('original')] : []),
    ...(kind === 'resaved' && (scale < 1 || first) ? [reason('detail')] : []),
    ...(kind === 'resaved' ? [reason('compression'), reason('metadata')] : []),
    ...(i % 4 === 0 ? [reason('cared-for')] : []),
    ...(kind === 'exact' ? [reason('oldest')] : []),
  ];
}

function factsOf(photo: DuplicatePhoto) {
  return {
    photoId: photo.photo.id,
    fileId: photo.fileId,
    facts: {
      path: photo.path,
      takenAt: photo.format === 'webp' ? null : String(photo.photo.takenAt),
      modifiedAt: String(photo.photo.takenAt + (photo.keep ? 0 : 86_400_000 * 90)),
      camera: photo.format === 'webp' ? null : 'NIKON Z 6_2',
      located: String(photo.format !== 'webp'),
      favourite: String(photo.favourite),
      albums: String(photo.albums),
      sharpness: photo.keep ? '0.82' : '0.61',
      compression: photo.keep ? '94' : '70',
    },
  };
}
