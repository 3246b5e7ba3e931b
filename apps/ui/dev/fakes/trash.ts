// What was thrown away, without a disk.    ?thrown= how many files are on the list
import type { PhotoTile, RestoreReport, ThrownAway } from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

const HOUR = 3_600_000;
const FOLDERS = [
  '/home/ada/Pictures/2021/Bodrum',
  '/home/ada/Pictures/2019',
  '/media/ada/Archive/Scans 1998-2004/Grandmother’s albums/Second box, the one with the letters from Trabzon',
];
/** Every so many: all that can be wrong with one of them. */
const PLACES: Partial<Record<number, ThrownAway['place']>> = { 3: 'gone', 6: 'away', 7: 'system' };
/** Cannot be put back, although it lies there. */
const STUCK = 4;

export function fakeTrash(photos: readonly PhotoTile[], answer: Answer, params: URLSearchParams) {
  const now = Date.now();
  let files = Array.from({ length: Number(params.get('thrown') ?? 0) }, (_, i): ThrownAway => {
    const at = now - i * i * 5 * HOUR - 60_000;
    return {
      id: 1000 - i,
      actId: 900 - i,
      at,
      path: `${FOLDERS[i % FOLDERS.length]}/${i % 5 === 2 ? 'grandmother-in-the-garden-of-the-house-by-the-sea-1998' : `IMG_${4410 + i * 7}`}.jpg`,
      bytes: 3_400_000 + ((i * 7919) % 40) * 90_000,
      companions: i % 4 === 1 ? 1 : 0,
      tile: photos[i * 5] ?? null,
      place: PLACES[i] ?? 'here',
    };
  });

  const putBack = (fits: (file: ThrownAway) => boolean): RestoreReport => {
    const wanted = files.filter(fits);
    const failed = wanted.filter(({ id }) => id === 1000 - STUCK);
    const back = new Set(wanted.filter((file) => !failed.includes(file)).map(({ id }) => id));
    files = files.filter(({ id }) => !back.has(id));
    return {
      restored: back.size,
      renamed: [],
      failed: failed.map(({ path }) => ({
        path,
        why: 'read-only',
        message: 'Its folder may not be changed.',
      })),
    };
  };

  const trash: Omit<Client['trash'], 'restore'> = {
    list: ({ offset = 0, limit = 2000 } = {}) =>
      answer(() => ({
        total: files.length,
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
        files: files.slice(offset, offset + limit),
      })),
    putBack: ({ ids }) => answer(() => putBack(({ id }) => ids.includes(id))),
    dismiss: ({ ids } = {}) =>
      answer(() => {
        const before = files.length;
        files = files.filter(({ id, place }) => (ids === undefined ? place !== 'gone' : !ids.includes(id)));
        return { files: before - files.length };
      }),
  };

  /** Photos go to the list at once. */
  const throwAway = (ids: readonly string[]) => {
    const gone = photos.filter((photo) => ids.includes(photo.id));
    files = [
      ...gone.map((tile, i) => ({
        id: 2000 + files.length + i,
        actId: 1,
        at: Date.now(),
        path: `${FOLDERS[0]}/${tile.id.slice(-4)}.jpg`,
        bytes: 3_400_000,
        companions: 0,
        tile,
        place: 'here' as const,
      })),
      ...files,
    ];
  };
  return { trash, throwAway };
}
