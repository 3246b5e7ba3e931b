// A small photo library as a person might have one: scenes, sizes, dates, cameras, a few odd orientations.
import { join } from 'node:path';
import { seededRandom, seedFrom } from '../random.ts';
import { SCENE_NAMES, SCENES, type SceneName } from './scenes.ts';
import { pick } from './svg.ts';
import { type PhotoExif, type PhotoOptions, writePhoto } from './write-photo.ts';

export interface LibraryPhoto {
  /** Absolute if the directory was. */
  path: string;
  scene: SceneName;
  /** Text for which the starter model puts this scene's photos first. */
  query: string;
  /** Pixels as seen. */
  width: number;
  height: number;
  exif: PhotoExif;
}

export interface LibraryOptions {
  /** Default 24. Scenes take turns. */
  count?: number;
  /** Same seed, same files. Default 1. */
  seed?: number;
  /** Longer side in pixels, default 1200. */
  side?: number;
}

const RATIOS: readonly (readonly [number, number])[] = [
  [3, 2],
  [4, 3],
  [3, 2],
  [1, 1],
  [16, 9],
  [3, 4],
  [3, 2],
];
const CAMERAS: readonly (readonly [string, string])[] = [
  ['FUJIFILM', 'X-T5'],
  ['NIKON CORPORATION', 'NIKON Z 6_2'],
  ['Apple', 'iPhone 15'],
];
const PLACES = [
  { latitude: 41.0082, longitude: 28.9784 },
  { latitude: 46.0207, longitude: 7.7491 },
  { latitude: -33.8688, longitude: 151.2093 },
];

/** Writes `<directory>/<year>/IMG_0001.jpg` and so on; every seventh is a PNG, every eleventh a WebP. */
export async function writeLibrary(directory: string, options: LibraryOptions = {}): Promise<LibraryPhoto[]> {
  const { count = 24, seed = 1, side = 1200 } = options;
  const photos: LibraryPhoto[] = [];
  for (let index = 0; index < count; index++) {
    const { file, ...photo } = plan(index, seed, side);
    const { scene, width, height, exif } = photo;
    const path = join(directory, ...file.split('/'));
    await writePhoto(path, { scene, width, height, exif, seed: seed * 1000 + index, format: formatOf(file) });
    photos.push({ path, query: SCENES[scene].query, ...photo });
  }
  return photos;
}

type Plan = Omit<LibraryPhoto, 'path' | 'query'> & { file: string };

function plan(index: number, seed: number, side: number): Plan {
  const random = seededRandom(seedFrom('library', seed, index));
  const scene = SCENE_NAMES[index % SCENE_NAMES.length] ?? 'sunset';
  const [across, down] = RATIOS[(index * 3) % RATIOS.length] ?? [3, 2];
  const unit = side / Math.max(across, down);
  const year = 2021 + Math.floor(random(0, 4));
  const [make, model] = pick(random, ...(CAMERAS as [readonly [string, string]]));
  const exif: PhotoExif = {
    date: `${year}:${two(random(1, 13))}:${two(random(1, 29))} ${two(random(6, 22))}:${two(random(0, 60))}:${two(random(0, 60))}`,
    make,
    model,
    ...(index % 5 === 4 && { orientation: pick(random, 3, 6, 8) }),
    ...(index % 3 === 0 && { gps: pick(random, ...(PLACES as [(typeof PLACES)[0]])) }),
  };
  const number = String(index + 1).padStart(4, '0');
  const ending = index % 7 === 6 ? 'png' : index % 11 === 10 ? 'webp' : 'jpg';
  return {
    file: `${year}/IMG_${number}.${ending}`,
    scene,
    width: Math.round(across * unit),
    height: Math.round(down * unit),
    exif,
  };
}

function formatOf(file: string): NonNullable<PhotoOptions['format']> {
  if (file.endsWith('.png')) return 'png';
  return file.endsWith('.webp') ? 'webp' : 'jpeg';
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
