// Groups of duplicates and an engine that answers as it is told, for the tests of the duplicates room.
import { ORPCError } from '@orpc/client';
import type { DuplicateGroup, DuplicatePhoto } from '@semblance/contract';
import type { DuplicatesClient } from '../src/features/duplicates/client.ts';

export function photo(fileId: number, part: Partial<DuplicatePhoto> = {}): DuplicatePhoto {
  return {
    photo: {
      id: fileId.toString(16).padStart(20, '0'),
      ratio: 1.5,
      takenAt: 0,
      version: '1',
      placeholder: null,
      offline: false,
      favourite: false,
    },
    fileId,
    path: `/photos/${fileId}.jpg`,
    folderId: 1,
    bytes: 100 * fileId,
    width: 300,
    height: 200,
    format: 'jpeg',
    reference: false,
    favourite: false,
    rating: null,
    albums: 0,
    labels: 0,
    keep: false,
    suggested: false,
    reasons: [],
    changes: [],
    difference: null,
    ...part,
  };
}

/** Two photos: the first kept and suggested, the second for the trash. */
export function group(n: number, part: Partial<DuplicateGroup> = {}): DuplicateGroup {
  const photos = [photo(n * 10 + 1, { keep: true, suggested: true }), photo(n * 10 + 2)];
  const freed = photos[1]?.bytes ?? 0;
  return { id: nameOf(n), kind: 'exact', photos, freed, decision: null, chosen: false, ...part };
}

export function nameOf(n: number): string {
  return n.toString(16).padStart(20, '0');
}

export interface FakeDuplicates {
  client: DuplicatesClient;
  /** What was asked, in order: `choose 0…01 keep 11`, `undo 5`. */
  asked: string[];
  groups: DuplicateGroup[];
  /** The next choices fail. */
  refuse: boolean;
  /** The next choices are about groups that are gone. */
  gone: boolean;
}

export function fakeEngine(count: number): FakeDuplicates {
  let acts = 0;
  const fake: FakeDuplicates = {
    asked: [],
    groups: Array.from({ length: count }, (_, i) => group(i + 1)),
    refuse: false,
    gone: false,
    client: undefined as unknown as DuplicatesClient,
  };
  const client = {
    duplicates: {
      status: async () => ({
        ...{ state: 'idle', done: 9, total: 9, lastAt: 1, kinds: [], decided: 0, problem: null },
      }),
      find: async () => undefined,
      groups: async ({ offset = 0, limit = 100 }) => {
        fake.asked.push(`groups ${offset}`);
        const total = fake.groups.length;
        return { total, groups: structuredClone(fake.groups.slice(offset, offset + limit)) };
      },
      group: async ({ id }: { id: string }) => ({
        group: structuredClone(fake.groups.find((one) => one.id === id)),
        facts: [],
      }),
      choose: async ({ id, choice }: { id: string; choice: { kind: string; files?: number[] } }) => {
        fake.asked.push(`choose ${Number.parseInt(id, 16)} ${choice.kind} ${choice.files ?? ''}`.trim());
        if (fake.refuse) throw new TypeError('Failed to fetch');
        if (fake.gone) throw new ORPCError('GROUP_NOT_FOUND', { defined: true });
        if (choice.kind === 'decide') fake.groups = fake.groups.filter((one) => one.id !== id);
        acts += 1;
        return { actId: acts, photos: 2 };
      },
      rules: async () => ({ order: ['raw', 'oldest'], preferred: [], references: [] }),
      setRules: async (rules: unknown) => {
        fake.asked.push('setRules');
        if (fake.refuse) throw new TypeError('Failed to fetch');
        return rules;
      },
      presets: async () => [{ preset: 'oldest', order: ['oldest'] }],
      plan: async ({ filter }: { filter?: { kinds?: string[] } }) => {
        fake.asked.push(`plan ${filter?.kinds}`);
        const zero = { keptFavourites: 0, keptCaredFor: 0, skipped: [] };
        return { groups: count, files: count, bytes: 1000, ...zero };
      },
      apply: async () => {
        fake.asked.push('apply');
        return { actId: 77, trashed: count, bytes: 1000, failed: [] };
      },
    },
    acts: {
      list: async () => [],
      undo: async ({ id }: { id: number }) => {
        fake.asked.push(`undo ${id}`);
        return { photos: 2 };
      },
    },
    trash: {
      list: async () => ({ total: 0, bytes: 0, files: [] }),
      restore: async ({ actId }: { actId: number }) => {
        fake.asked.push(`restore ${actId}`);
        const failed = fake.refuse ? [{ path: '/photos/1.jpg', message: 'No.' }] : [];
        return { restored: count - failed.length, renamed: [], failed };
      },
    },
    folders: { list: async () => [] },
  };
  fake.client = client as unknown as DuplicatesClient;
  return fake;
}
