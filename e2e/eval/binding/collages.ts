// Pictures of two things with a property each, and the same with the properties swapped, put together from real photos.
import { join } from 'node:path';
import sharp from 'sharp';
import type { KnownPhoto } from '../search/photo-folder.ts';

/** One half of a picture: a thing, and what is particular about it. */
export interface Half {
  noun: string;
  attribute: string;
  photo: KnownPhoto;
  /** Washes the photo in this colour. */
  tint?: string;
}

export interface Collage {
  file: string;
  left: Half;
  right: Half;
}

export interface BindingQuery {
  text: string;
  /** Files that show both things, each with its own property. */
  right: ReadonlySet<string>;
}

export interface BindingSet {
  name: string;
  collages: Collage[];
  queries: BindingQuery[];
}

const STYLES: Record<string, string> = {
  painting: 'painted',
  cartoon: 'cartoon',
  'sketch drawing': 'sketched',
};
const COLOURS: Record<string, string> = {
  red: '#e02020',
  blue: '#2040e0',
  green: '#20a030',
  yellow: '#e0d020',
};
const SIDE = 320;

/** Things that a collection knows by the same labels in several styles, and animals and food washed in colours. */
export function bindingSets(photos: readonly KnownPhoto[]): BindingSet[] {
  return [setOf('styles', stylesOf(photos)), setOf('colours', coloursOf(photos))];
}

function stylesOf(photos: readonly KnownPhoto[]): Half[] {
  return photos.flatMap((photo) => {
    const found = /^(painting|cartoon|sketch drawing) of an? (\w+)$/.exec(photo.texts[0] ?? '');
    const attribute = STYLES[found?.[1] ?? ''];
    const noun = found?.[2];
    return attribute === undefined || noun === undefined || noun === 'person'
      ? []
      : [{ noun, attribute, photo }];
  });
}

function coloursOf(photos: readonly KnownPhoto[]): Half[] {
  return ['cat', 'dog', 'pizza', 'ice cream'].flatMap((noun, at) => {
    const fitting = photos.filter((photo) => photo.texts[0] === noun);
    return Object.entries(COLOURS).flatMap(([attribute, tint], i) => {
      const photo = fitting[(at + i) % fitting.length];
      return photo === undefined ? [] : [{ noun, attribute, photo, tint }];
    });
  });
}

/**
 * Every pair of different things with different properties, where the swapped pair can be made as well: so each
 * query has its hardest wrong answer in the library, beside those that share one half.
 */
function setOf(name: string, halves: readonly Half[]): BindingSet {
  const byWords = new Map<string, Half[]>();
  for (const half of halves) {
    const key = `${half.attribute} ${half.noun}`;
    byWords.set(key, [...(byWords.get(key) ?? []), half]);
  }
  const collages: Collage[] = [];
  const shows = new Map<string, Set<string>>();
  const kinds = [...byWords.keys()]
    .map((key) => (byWords.get(key) ?? [])[0])
    .filter((half) => half !== undefined);
  for (const [at, left] of kinds.entries()) {
    for (const right of kinds.slice(at + 1)) {
      if (left.noun === right.noun || left.attribute === right.attribute) continue;
      const swapped = [`${right.attribute} ${left.noun}`, `${left.attribute} ${right.noun}`];
      if (!swapped.every((key) => byWords.has(key))) continue;
      const file = `${name}-${collages.length}.png`;
      // Which of them is on the left says nothing.
      const turned = collages.length % 2 === 1;
      collages.push({ file, left: turned ? right : left, right: turned ? left : right });
      const text = `${left.attribute} ${left.noun} next to a ${right.attribute} ${right.noun}`;
      shows.set(text, new Set([file]));
    }
  }
  return { name, collages, queries: [...shows].map(([text, right]) => ({ text, right })) };
}

export async function writeCollage({ file, left, right }: Collage, folder: string): Promise<void> {
  const half = async ({ photo, tint }: Half): Promise<Buffer> => {
    const square = sharp(photo.path).autoOrient().flatten({ background: '#fff' }).resize(SIDE, SIDE);
    return (tint === undefined ? square : square.tint(tint)).toColourspace('srgb').png().toBuffer();
  };
  await sharp({ create: { width: 2 * SIDE, height: SIDE, channels: 3, background: '#fff' } })
    .composite([
      { input: await half(left), left: 0, top: 0 },
      { input: await half(right), left: SIDE, top: 0 },
    ])
    .png()
    .toFile(join(folder, file));
}
