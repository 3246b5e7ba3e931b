// Writes a generated picture as a photo file, with the EXIF a camera would have written.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp, { type Exif, type OutputInfo, type Sharp } from 'sharp';
import { type Random, seededRandom, seedFrom } from '../random.ts';
import { SCENES, type SceneName } from './scenes.ts';
import { HEIGHT, WIDTH } from './svg.ts';

export interface PhotoExif {
  /** Wall-clock time as EXIF has it, `2024:06:01 18:30:00`. */
  date?: string;
  /** 1 to 8. The pixels are stored so that the photo looks upright once the orientation is honoured. */
  orientation?: number;
  make?: string;
  model?: string;
  /** WGS 84 degrees; north and east positive. */
  gps?: { latitude: number; longitude: number };
}

export interface PhotoOptions {
  scene: SceneName;
  /** Pixels as seen (after orientation). Default 1200 x 800. */
  width?: number;
  height?: number;
  /** Same seed, same picture. Default 1. */
  seed?: number;
  format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff';
  /** 1 to 100, default 85. Ignored for PNG. */
  quality?: number;
  /** TIFF files keep its orientation only. */
  exif?: PhotoExif;
}

/** Writes the photo, parent directories included. The format comes from `format`, not from the path. */
export async function writePhoto(path: string, options: PhotoOptions): Promise<OutputInfo> {
  const { exif, format = 'jpeg', quality = 85 } = options;
  await mkdir(dirname(path), { recursive: true });
  let picture = turned(await paint(options), exif?.orientation ?? 1);
  if (exif !== undefined) picture = picture.withExif(exifTags(exif));
  if (exif?.orientation !== undefined) picture = picture.withMetadata({ orientation: exif.orientation });
  return picture.toFormat(format, format === 'png' ? {} : { quality }).toFile(path);
}

/** The scene as RGB with film grain, upright. */
async function paint({ scene, width = WIDTH, height = HEIGHT, seed = 1 }: PhotoOptions): Promise<Sharp> {
  const random = seededRandom(seedFrom(scene, seed));
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice">${SCENES[scene].draw(random)}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  addGrain(data, random);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}

/** The same grey noise on all channels, about two levels deep: enough that nothing is perfectly flat. */
function addGrain(rgb: Buffer, random: Random): void {
  for (let i = 0; i < rgb.length; i += 3) {
    const grain = (random() + random() - 1) * 9;
    for (let c = i; c < i + 3; c++) rgb[c] = Math.max(0, Math.min(255, (rgb[c] ?? 0) + grain));
  }
}

/** How to store pixels so that a viewer who applies the EXIF orientation sees them upright: the inverse of it. */
function turned(picture: Sharp, orientation: number): Sharp {
  switch (orientation) {
    case 2:
      return picture.flop();
    case 3:
      return picture.rotate(180);
    case 4:
      return picture.flip();
    case 5:
      // sharp mirrors before it rotates, whatever the order of the calls.
      return picture.flop().rotate(270);
    case 6:
      return picture.rotate(270);
    case 7:
      return picture.flop().rotate(90);
    case 8:
      return picture.rotate(90);
    default:
      return picture;
  }
}

function exifTags({ date, make, model, gps }: PhotoExif): Exif {
  return {
    IFD0: {
      ...(make !== undefined && { Make: make }),
      ...(model !== undefined && { Model: model }),
      ...(date !== undefined && { DateTime: date }),
    },
    IFD2: { ...(date !== undefined && { DateTimeOriginal: date, DateTimeDigitized: date }) },
    IFD3: gps === undefined ? {} : gpsTags(gps),
  };
}

function gpsTags({ latitude, longitude }: { latitude: number; longitude: number }): Record<string, string> {
  return {
    GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
    GPSLatitude: sexagesimal(latitude),
    GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
    GPSLongitude: sexagesimal(longitude),
  };
}

/** Degrees, minutes and seconds as EXIF rationals. */
function sexagesimal(degrees: number): string {
  const tenThousandths = Math.round(Math.abs(degrees) * 36_000_000);
  const whole = Math.floor(tenThousandths / 36_000_000);
  const minutes = Math.floor((tenThousandths % 36_000_000) / 600_000);
  return `${whole}/1 ${minutes}/1 ${tenThousandths % 600_000}/10000`;
}
