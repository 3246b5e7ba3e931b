// The contract answered inside the page, so that every state of the window can be seen without an engine.
// ?state= library | first-run | first-run-desktop | none-offered | scanning | indexing | copying | paused | stopped |
//         sparse | no-match | no-line | fresh | empty | offline | stranger | all-offline | library-error | search-error |
//         no-results | filtered | noted | model-missing | connecting | lost | expired | locked | too-new | damaged |
//         disk-full | labels-none | labels-error | gallery | model-switch      ?count= photos
//         ?switch=, ?preview= and ?compare= see fakes/model-switch.ts; ?models= fakes/models.ts
//         ?thrown= see fakes/trash.ts      ?slow= milliseconds per answer      ?groups= and ?duplicates= see fakes/duplicates.ts
import { ORPCError } from '@orpc/client';
import type { Failure, Folder, PhotoTile, Progress } from '@semblance/contract';
import type { Client, Connection } from '../src/connection/connection.ts';
import { detailOf, FAILURES, FOLDERS, IDLE, MODEL, PROGRESS, SUBFOLDERS } from './fake-data.ts';
import { fakeAlbums, viewed } from './fakes/albums.ts';
import { fakeDuplicates } from './fakes/duplicates.ts';
import { fakeLabels } from './fakes/labels.ts';
import { fakeModelSwitch } from './fakes/model-switch.ts';
import { fakeModels } from './fakes/models.ts';
import { fakeSearch } from './fakes/search.ts';
import { fakeTrash } from './fakes/trash.ts';
import type { FakePicture } from './pictures.ts';

const DAY = 86_400_000;

/** The library cannot be opened, and why. */
const REFUSALS: Record<string, string> = {
  locked: 'LIBRARY_IN_USE',
  'too-new': 'LIBRARY_TOO_NEW',
  damaged: 'LIBRARY_CORRUPT',
  'disk-full': 'DISK_FULL',
};

export async function openFake(params: URLSearchParams): Promise<Connection> {
  const state = params.get('state') ?? 'library';
  const slow = Number(params.get('slow') ?? 20);
  const catalog = (await (await fetch('/media/catalog.json')).json()) as FakePicture[];
  const photos = makePhotos(Number(params.get('count') ?? 470), catalog, state);
  const isNew = state.startsWith('first-run') || state === 'none-offered';
  const isBare = isNew || ['fresh', 'empty', 'all-offline'].includes(state);
  const library = isBare ? [] : photos;
  let folders: Folder[] = isNew ? [] : FOLDERS.map((folder) => offlineIf(state, folder));
  let progress: Progress = PROGRESS[state] ?? IDLE;
  let wake: () => void = () => undefined;
  const changeProgress = (part: Partial<Progress>) => {
    progress = { ...progress, ...part };
    wake();
  };

  const answer = async <T>(value: T | (() => T)): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, slow));
    return value instanceof Function ? value() : value;
  };
  const fail = (kind: string) => {
    throw new ORPCError(kind, { defined: true, message: 'An English sentence from the engine.' });
  };
  const { mark, albums, acts } = fakeAlbums(library, answer, () =>
    changeProgress({ revision: progress.revision + 1 }),
  );
  const { labels, undo: undoLabels } = fakeLabels(library, answer, state);
  const duplicates = fakeDuplicates(photos, answer, params);
  const thrown = fakeTrash(photos, answer, params);
  const addFolder = (folder: Folder) => {
    folders = [...folders, folder];
    changeProgress({ ...PROGRESS.indexing, revision: progress.revision + 1 });
    return folder;
  };

  const client: Client = {
    app: {
      info: async () => {
        if (state === 'expired') throw new ORPCError('UNAUTHORIZED', { status: 401 });
        const refusal = REFUSALS[state];
        if (refusal !== undefined) fail(refusal);
        if (state === 'connecting') await new Promise(() => undefined);
        const desktop = state === 'first-run-desktop' || params.has('desktop');
        return answer({
          version: '0.1.0',
          host: desktop ? ('desktop' as const) : ('server' as const),
          can: { chooseFolder: desktop, reveal: desktop, addSamples: true },
        });
      },
      progress: async () => stream() as Awaited<ReturnType<Client['app']['progress']>>,
    },
    library: {
      status: () =>
        answer(() => ({
          directory: '/home/ada/.local/share/semblance',
          counts: {
            photos: library.length,
            indexed: library.length,
            pending: 0,
            copying: 0,
            failed: 3,
            offline: 0,
            missing: 0,
          },
          folders,
          model: state === 'model-missing' ? null : MODEL,
          backup: { takenAt: Date.now() - 3_600_000, problem: null },
          sizes: { catalog: 4_200_000, vectors: 9_600_000, thumbnails: 31_000_000 },
        })),
      timeline: ({ offset = 0, limit = 2000, view = { kind: 'all' } }) =>
        answer(() => {
          if (state === 'library-error') fail('LIBRARY_CORRUPT');
          const shown = viewed(library, view);
          const page = shown.slice(offset, offset + limit);
          return { total: shown.length, revision: progress.revision, photos: page };
        }),
      failures: ({ reason }) =>
        answer(() => {
          const failures = FAILURES.filter((one) => reason === undefined || one.reason === reason);
          const counts = new Map<Failure['reason'], number>();
          for (const one of FAILURES) counts.set(one.reason, (counts.get(one.reason) ?? 0) + 1);
          const reasons = [...counts].map(([why, files]) => ({ reason: why, files }));
          return { total: failures.length, reasons, failures };
        }),
      retryFailures: () => answer({ queued: FAILURES.length }),
    },
    folders: {
      list: () => answer(() => folders),
      tree: () => answer(() => (isNew ? [] : [...SUBFOLDERS])),
      offered: () => answer(() => (state === 'first-run' ? OFFERED.map(markAdded) : [])),
      addOffered: ({ offerId }) =>
        answer(() => addFolder({ ...FOLDERS[0], ...OFFERED[offerId], id: offerId + 1 } as Folder)),
      addSamples: () => answer(() => addFolder(FOLDERS[0] as (typeof FOLDERS)[number])),
      choose: () => answer(() => FOLDERS.slice(0, 1).map(addFolder)),
      rescan: () => answer(undefined),
      accept: () => answer(undefined),
      follow: ({ id }) =>
        answer(() => {
          folders = folders.map((folder) =>
            folder.id === id && folder.foundAt !== null
              ? {
                  ...folder,
                  path: folder.foundAt,
                  state: 'online',
                  note: null,
                  why: null,
                  stranger: false,
                  foundAt: null,
                }
              : folder,
          );
          return folders.find((folder) => folder.id === id) ?? fail('FOLDER_NOT_FOUND');
        }),
      remove: ({ id }) =>
        answer(() => {
          folders = folders.filter((folder) => folder.id !== id);
        }),
    },
    photos: {
      get: ({ id }) =>
        answer(() => {
          const photo = photos.find((other) => other.id === id);
          return photo ? detailOf(photo) : fail('PHOTO_NOT_FOUND');
        }),
      reveal: () => answer(() => fail('PHOTO_UNREADABLE')),
      mark,
      trash: ({ photos: set }) =>
        answer(() => {
          const ids = set.kind === 'photos' ? set.ids : [];
          thrown.throwAway(ids);
          return { actId: null, trashed: ids.length, bytes: 0, failed: [] };
        }),
      export: () => answer({ kind: 'cancelled' as const }),
    },
    albums,
    labels,
    acts: duplicates.joined({
      ...acts,
      undo: async ({ id }) => (undoLabels(id) ? answer({ photos: 1 }) : acts.undo({ id })),
    }),
    duplicates: duplicates.procedures,
    trash: { ...thrown.trash, ...duplicates.trash },
    search: {
      ...fakeSearch(photos, answer, { state, isBare, fail }),
    },
    jobs: {
      pause: () => answer(() => changeProgress({ state: 'paused', photosPerSecond: 0, secondsLeft: null })),
      resume: () => answer(() => changeProgress({ ...PROGRESS.indexing, revision: progress.revision })),
    },
    indexing: {
      pace: () => answer(() => progress.pace),
      setPace: ({ choice }) =>
        answer(() => {
          const acting = choice === 'automatic' ? ('balanced' as const) : choice;
          const because = choice === 'automatic' ? ('unknown' as const) : ('chosen' as const);
          changeProgress({ pace: { choice, acting, because } });
          return progress.pace;
        }),
      lookFirst: () => answer(undefined),
    },
    models: fakeModels(answer, params, fail),
    modelSwitch: fakeModelSwitch(photos, answer, params),
  };

  async function* stream(): AsyncGenerator<Progress> {
    for (;;) {
      yield progress;
      if (state === 'lost') {
        await answer(undefined);
        throw new TypeError('Failed to fetch');
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  let attempts = 0;
  return {
    client,
    mediaBase: '/media',
    host: 'browser',
    reconnect: async () => {
      attempts += 1;
      if (state === 'lost' && attempts < 1000) throw new TypeError('Failed to fetch');
    },
  };

  function markAdded(offer: { offerId: number; path: string }) {
    return { ...offer, added: folders.some((folder) => folder.path === offer.path) };
  }
}

const OFFERED = [
  { offerId: 0, path: '/home/ada/Pictures' },
  { offerId: 1, path: '/media/ada/Archive/Scans 1998-2004' },
];

function offlineIf(state: string, folder: Folder): Folder {
  if (state === 'stranger' && folder.id === 2) {
    const note = 'Another drive or folder is in this place, without the 1120 photos known from here.';
    return {
      ...folder,
      state: 'offline',
      stranger: true,
      note,
      why: { kind: 'replaced', known: 1120, seen: 300, code: null },
      foundAt: '/media/ada/Archive1/Scans 1998-2004',
    };
  }
  const isOff = state === 'all-offline' || (state === 'offline' && folder.id === 2);
  if (!isOff) return folder;
  const note = 'The folder is not there. It may be on a drive that is not connected.';
  const why = { kind: 'missing' as const, known: folder.photos, seen: 0, code: 'ENOENT' };
  return { ...folder, state: 'offline', note, why };
}

/** Photos a day. */
const DENSE = [1, 18, 2, 4, 1, 9, 33, 1, 1, 3];
const SPARSE = [1, 2, 1, 1, 3, 1, 1, 14, 1, 2];

/** Newest first, in uneven days: some with one photo, some with dozens. */
function makePhotos(count: number, catalog: FakePicture[], state: string): PhotoTile[] {
  let moment = Date.UTC(2025, 9, 18, 17, 40);
  let left = 7;
  return Array.from({ length: count }, (_, i) => {
    if (left === 0) {
      const apart = state === 'sparse' ? 19 + ((i * 7) % 23) : (i * 7) % 11;
      moment = Math.floor(moment / DAY) * DAY - apart * DAY - 6 * 3_600_000;
      left = (state === 'sparse' ? SPARSE : DENSE)[(i * 3) % 10] ?? 1;
    }
    left -= 1;
    moment -= 240_000;
    const picture = catalog[i % catalog.length];
    return {
      id: i.toString(16).padStart(20, '0'),
      ratio: picture?.ratio ?? 1.5,
      takenAt: moment,
      version: '1',
      placeholder: picture?.placeholder ?? null,
      offline: state === 'offline' && i % 3 === 0,
      favourite: i % 13 === 5,
    };
  });
}
