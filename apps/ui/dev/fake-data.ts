// What the fake engine says: folders, failures, kinds of progress, and made-up EXIF.
import type {
  Failure,
  Folder,
  ModelInfo,
  PhotoDetail,
  PhotoTile,
  Progress,
  Subfolder,
} from '@semblance/contract';

export const FOLDERS: readonly Folder[] = [
  {
    id: 1,
    path: '/home/ada/Pictures',
    name: 'Pictures',
    state: 'online',
    note: null,
    why: null,
    stranger: false,
    foundAt: null,
    photos: 4213,
  },
  {
    id: 2,
    path: '/media/ada/Archive/Scans 1998-2004',
    name: 'Scans 1998-2004',
    state: 'online',
    note: null,
    why: null,
    stranger: false,
    foundAt: null,
    photos: 1120,
  },
];

export const SUBFOLDERS: readonly Subfolder[] = [
  { folderId: 1, path: '2019/Ankara', photos: 412 },
  { folderId: 1, path: '2021/Kapadokya', photos: 903 },
  { folderId: 1, path: '2021/Kapadokya/Balloons at dawn, from the terrace', photos: 88 },
  { folderId: 1, path: '2025/Autumn walks', photos: 2810 },
  { folderId: 2, path: '', photos: 20 },
  ...Array.from({ length: 10 }, (_, i) => ({ folderId: 2, path: `roll ${i + 1}`, photos: 110 })),
];

export const FAILURES: Failure[] = [
  {
    fileId: 1,
    path: '/home/ada/Pictures/2019/IMG_4410.JPG',
    reason: 'corrupt',
    why: 'cut-off',
    message: 'The picture is cut off.',
  },
  {
    fileId: 2,
    path: '/home/ada/Pictures/2021/Kapadokya/panorama-full.tif',
    reason: 'too-large',
    why: 'many-pixels',
    message: 'The picture has more pixels than can be decoded safely.',
  },
  {
    fileId: 3,
    path: '/media/ada/Archive/Scans 1998-2004/roll 7/scan_0031.psd',
    reason: 'unsupported',
    why: 'unknown-format',
    message: 'Pictures of this format cannot be read yet.',
  },
];

export const IDLE: Progress = {
  state: 'idle',
  found: 5333,
  done: 5330,
  failed: 3,
  pending: 0,
  copying: 0,
  stage: 'photos',
  unsearchable: 0,
  pace: { choice: 'automatic', acting: 'balanced', because: 'unknown' },
  photosPerSecond: 0,
  secondsLeft: null,
  problem: null,
  fault: null,
  revision: 1,
};

const WORKING: Progress = {
  ...IDLE,
  state: 'indexing',
  done: 3240,
  pending: 2090,
  photosPerSecond: 18.4,
  secondsLeft: 114,
};

export const PROGRESS: Record<string, Progress> = {
  indexing: WORKING,
  fresh: { ...WORKING, done: 0, failed: 0, photosPerSecond: 0, secondsLeft: null },
  scanning: { ...IDLE, state: 'scanning', stage: 'scan', found: 1821, done: 0, failed: 0 },
  paused: { ...WORKING, state: 'paused', photosPerSecond: 0, secondsLeft: null },
  copying: { ...IDLE, pending: 2, copying: 2 },
  stopped: {
    ...WORKING,
    state: 'stopped',
    problem: 'The disk is full: 12 MB left in /home.',
    fault: 'DISK_FULL',
  },
};

export const MODEL: ModelInfo = {
  id: 'starter',
  name: 'Semblance Starter',
  key: 'starter-1',
  dimensions: 256,
  imageSize: 224,
  languages: ['en', 'tr'],
  bytes: 21_400_000,
  active: true,
  bundled: true,
};

/** Every seventh photo is a small one, as from an old phone. */
const SIDE = 4000;
const SMALL_SIDE = 480;

export function detailOf(photo: PhotoTile): PhotoDetail {
  const n = Number.parseInt(photo.id.slice(-8), 16);
  const side = n % 7 === 3 ? SMALL_SIDE : SIDE;
  const name = `DSC_${String(4000 + (n % 6000)).padStart(4, '0')}.JPG`;
  return {
    ...photo,
    fileName: name,
    files: [
      {
        path: `/home/ada/Pictures/2025/Autumn walks/${name}`,
        folderId: 1,
        bytes: 6_842_113,
        reachable: !photo.offline,
      },
    ],
    format: 'jpeg',
    width: Math.round(side * Math.min(1, photo.ratio)),
    height: Math.round((side * Math.min(1, photo.ratio)) / photo.ratio),
    dateSource: n % 5 === 0 ? 'mtime' : 'exif',
    camera: {
      make: 'NIKON CORPORATION',
      model: 'NIKON Z 6_2',
      lens: 'NIKKOR Z 24-70mm f/4 S',
      aperture: 5.6,
      exposureSeconds: 1 / 320,
      iso: 400,
      focalLengthMm: 35,
    },
    place: n % 2 === 0 ? { latitude: 41.0082, longitude: 28.9784 } : null,
    placeName: null,
    searchable: true,
    caption: n % 4 === 0 ? 'A walk in the woods, the first cold day' : null,
    keywords: n % 4 === 0 ? ['autumn', 'places/Bolu'] : [],
    rating: null,
    hidden: false,
  };
}
