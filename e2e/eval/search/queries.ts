// Queries made from labels, and which photos answer them.
import type { KnownPhoto } from './photo-folder.ts';

export interface LabelQuery {
  text: string;
  /** Files. */
  relevant: ReadonlySet<string>;
}

export interface CaptionQuery {
  text: string;
  file: string;
}

const EMPTY = new Set(
  'a an the of in on at with and or to by for is are his her its their photo picture image painting sketch drawing cartoon close-up scanned'.split(
    ' ',
  ),
);

/** Captions name kinds where labels name the class: "puppy" answers "dog". Few on purpose; every method is judged alike. */
const KINDS: Record<string, string> = {
  dog: 'puppy puppies hound lab labrador terrier collie poodle beagle',
  cat: 'kitten kittens',
  person:
    'people man men woman women boy girl child children kid lady guy baby toddler player rider cyclist skier surfer snowboarder climber hiker',
  car: 'suv sedan taxi cab',
  sea: 'ocean beach surf waves',
  street: 'road sidewalk',
  mountain: 'hill cliff',
  building: 'city',
  motorbike: 'motorcycle motocross dirtbike',
  bird: 'pigeon flamingo',
  flower: 'lily lotus sunflower windflower',
};
const ANSWERS = new Map(
  Object.entries(KINDS).map(([name, kinds]) => [name, new Set([name, ...words(kinds)])]),
);

/** Every distinct label up to its first comma, without "photo of a", and the noun at its end. */
export function labelQueries(labelled: readonly KnownPhoto[], photos: readonly KnownPhoto[]): LabelQuery[] {
  const texts = new Set<string>();
  for (const photo of labelled) {
    const [label, ...others] = photo.texts;
    if (label === undefined || others.length > 0) continue;
    const plain = (label.split(',')[0] ?? '')
      .trim()
      .replace(/^(photo|painting|sketch drawing|cartoon|close-up|picture|drawing) of (an? )?/, '');
    texts.add(plain);
    const noun = plain.split(/\s+/).at(-1);
    if (noun !== undefined) texts.add(noun.toLowerCase());
  }
  const known = photos.map((photo) => ({
    file: photo.file,
    texts: photo.texts.map((t) => new Set(words(t))),
  }));
  return [...texts]
    .filter((text) => content(text).length > 0)
    .sort()
    .map((text) => {
      const asked = content(text).map((word) => ANSWERS.get(word) ?? new Set([word]));
      const answers = (said: ReadonlySet<string>): boolean =>
        asked.every((kinds) => [...kinds].some((kind) => said.has(kind)));
      return { text, relevant: new Set(known.filter((k) => k.texts.some(answers)).map((k) => k.file)) };
    });
}

/** Every caption of the photos that have several. */
export function captionQueries(photos: readonly KnownPhoto[]): CaptionQuery[] {
  return photos
    .filter((photo) => photo.texts.length > 1)
    .flatMap((photo) => photo.texts.map((text) => ({ text, file: photo.file })));
}

function content(text: string): string[] {
  return words(text).filter((word) => !EMPTY.has(word));
}

function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}'-]+/gu) ?? []).map(singular);
}

function singular(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(s|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}
