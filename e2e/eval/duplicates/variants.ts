// Pictures made from a photo as people and programs make them: resaved or edited, the same for the same seed.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

export interface Variant {
  /** What was done, without its strength. */
  operation: string;
  kind: 'resaved' | 'edited';
  path: string;
}

interface Source {
  /** Decoded, upright. */
  data: Buffer;
  width: number;
  height: number;
}

type Random = () => number;
type Operation = (
  source: Source,
  random: Random,
) => { picture: Sharp; ending?: 'png' | 'webp' | 'jpg'; quality?: number };

const open = ({ data, width, height }: Source): Sharp => sharp(data, { raw: { width, height, channels: 3 } });
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** Sharp does one resize, one crop and so on per pipeline, in its own order: each step starts from pixels. */
const OPERATIONS: Readonly<Record<string, { kind: Variant['kind']; make: Operation }>> = {
  resize: {
    kind: 'resaved',
    make: (source, random) => ({
      picture: open(source).resize({
        width: Math.max(32, Math.round(source.width * between(random, 0.25, 0.9))),
      }),
    }),
  },
  recompress: {
    kind: 'resaved',
    make: (source, random) => ({ picture: open(source), quality: Math.round(between(random, 30, 95)) }),
  },
  png: { kind: 'resaved', make: (source) => ({ picture: open(source), ending: 'png' }) },
  webp: {
    kind: 'resaved',
    make: (source, random) => ({
      picture: open(source),
      ending: 'webp',
      quality: Math.round(between(random, 40, 90)),
    }),
  },
  crop: {
    kind: 'edited',
    make: (source, random) => {
      const [width, height] = [source.width, source.height].map((side) =>
        Math.round(side * (1 - between(random, 0.02, 0.2))),
      ) as [number, number];
      const left = Math.floor((source.width - width) * random());
      const top = Math.floor((source.height - height) * random());
      return { picture: open(source).extract({ left, top, width, height }) };
    },
  },
  'rotate 90': { kind: 'edited', make: (source) => ({ picture: open(source).rotate(90) }) },
  'rotate 180': { kind: 'edited', make: (source) => ({ picture: open(source).rotate(180) }) },
  'rotate 270': { kind: 'edited', make: (source) => ({ picture: open(source).rotate(270) }) },
  mirror: { kind: 'edited', make: (source) => ({ picture: open(source).flop() }) },
  brightness: {
    kind: 'edited',
    make: (source, random) => ({
      picture: open(source).modulate({
        brightness: random() < 0.5 ? between(random, 0.6, 0.85) : between(random, 1.15, 1.4),
      }),
    }),
  },
  contrast: {
    kind: 'edited',
    make: (source, random) => {
      const gain = random() < 0.5 ? between(random, 0.6, 0.85) : between(random, 1.15, 1.4);
      return { picture: open(source).linear(gain, 128 * (1 - gain)) };
    },
  },
  grey: { kind: 'edited', make: (source) => ({ picture: open(source).grayscale() }) },
  border: {
    kind: 'edited',
    make: (source, random) => {
      const side = Math.round(Math.min(source.width, source.height) * between(random, 0.03, 0.1));
      const background = random() < 0.5 ? '#ffffff' : '#101010';
      return {
        picture: open(source).extend({ top: side, bottom: side, left: side, right: side, background }),
      };
    },
  },
  text: {
    kind: 'edited',
    make: (source, random) => {
      const size = Math.round(source.height * between(random, 0.05, 0.1));
      const y = Math.round(source.height * (random() < 0.5 ? 0.12 : 0.93));
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${source.width}" height="${source.height}">
<text x="${Math.round(source.width * 0.05)}" y="${y}" font-size="${size}" font-family="sans-serif" fill="#ffffff"
 stroke="#000000" stroke-width="${Math.max(1, size / 20)}">Summer 2019</text></svg>`;
      return { picture: open(source).composite([{ input: Buffer.from(svg) }]) };
    },
  },
};

export const OPERATION_NAMES: readonly string[] = Object.keys(OPERATIONS);

/** One variant per operation. @param name without ending */
export async function writeVariants(
  path: string,
  folder: string,
  name: string,
  random: Random,
  operations: readonly string[] = OPERATION_NAMES,
): Promise<Variant[]> {
  await mkdir(folder, { recursive: true });
  const { data, info } = await sharp(path, { autoOrient: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const source: Source = {
    data: info.channels === 3 ? data : threeBands(data),
    width: info.width,
    height: info.height,
  };
  const variants: Variant[] = [];
  for (const operation of operations) {
    const known = OPERATIONS[operation];
    if (known === undefined) throw new Error(`no operation ${operation}`);
    const { picture, ending = 'jpg', quality = 88 } = known.make(source, random);
    const file = join(folder, `${name}-${operation.replaceAll(' ', '-')}.${ending}`);
    const format =
      ending === 'jpg'
        ? picture.jpeg({ quality })
        : ending === 'webp'
          ? picture.webp({ quality })
          : picture.png();
    await format.toFile(file);
    variants.push({ operation, kind: known.kind, path: file });
  }
  return variants;
}

function threeBands(grey: Buffer): Buffer {
  const rgb = Buffer.alloc(grey.length * 3);
  for (const [i, level] of grey.entries()) rgb.fill(level, 3 * i, 3 * i + 3);
  return rgb;
}
