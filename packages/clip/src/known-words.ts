// Tells which words of a query a model was never taught, for models small enough to know (`known_words.json`).
import { asStrings, readJsonObject } from './json.ts';

/** Words that carry no picture: articles, prepositions, and the words people wrap around a search. */
const FILLER = new Set(
  [
    'a an the of in on at by with without and or to from for my our your his her their its one some any all this that',
    'is are was being near next under over behind between into onto up down show me find',
    'photo photos picture pictures image images pic pics close-up close closeup view',
    'bir ve veya ile icin olan bu su o her tum bana goster bul en cok yaninda altinda ustunde icinde onunde arkasinda',
    'fotograf fotografi fotograflar fotograflari fotografta resim resmi resimler resimleri gorsel gorseli yakindan',
  ].flatMap((line) => line.split(' ')),
);

/** Longest taught phrase, in words, that is looked for. */
const MAX_PHRASE = 5;

/**
 * @param path the model's `known_words.json` with `known` and `approximate` lists, or null
 * @returns a function from a query to its unknown words, as typed and in order; none when path is null
 * @throws SemblanceError `MODEL_DAMAGED` when the file is not readable as JSON
 */
export async function readUnknownWords(path: string | null): Promise<(text: string) => string[]> {
  if (path === null) return () => [];
  const json = await readJsonObject(path);
  const phrases = new Set<string>();
  for (const phrase of [...(asStrings(json.known) ?? []), ...(asStrings(json.approximate) ?? [])]) {
    phrases.add(wordsOf(phrase).map(fold).join(' '));
  }
  return (text) => unknownWords(text, phrases);
}

function unknownWords(text: string, phrases: ReadonlySet<string>): string[] {
  const words = wordsOf(text);
  const folded = words.map(fold);
  const unknown: string[] = [];
  let i = 0;
  while (i < words.length) {
    const length = longestMatch(folded, i, phrases);
    const word = words[i] as string;
    if (length === 0 && !FILLER.has(folded[i] as string) && !/^\d+$/.test(word) && !unknown.includes(word)) {
      unknown.push(word);
    }
    i += Math.max(1, length);
  }
  return unknown;
}

function longestMatch(words: string[], from: number, phrases: ReadonlySet<string>): number {
  for (let length = Math.min(MAX_PHRASE, words.length - from); length > 0; length--) {
    const last = words[from + length - 1] as string;
    const head = words.slice(from, from + length - 1);
    for (const form of [last, ...baseForms(last)]) {
      if (phrases.has([...head, form].join(' '))) return length;
    }
  }
  return 0;
}

/** Guesses of what a word was inflected from: English plural and -ing, Turkish plural, case and possessive. */
function baseForms(word: string): string[] {
  const forms: string[] = [];
  const cut = (ending: RegExp, ...replacements: string[]): void => {
    const base = word.replace(ending, '');
    if (base !== word && base.length >= 2) forms.push(base, ...replacements.map((end) => base + end));
  };
  cut(/s$/);
  cut(/es$/);
  cut(/ies$/, 'y');
  cut(/ves$/, 'f', 'fe');
  cut(/ing$/, 'e');
  cut(/l[ae]r(i|im|imiz|in|da|de|dan|den)?$/);
  cut(/[dt][ae]n?$/);
  cut(/s?[iu]$/);
  cut(/y?[ae]$/);
  return forms;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
}

/** Case and accents do not matter, in Turkish as well: `KÖPEK` = `köpek` = `kopek`, `I` = `ı` = `i`. */
function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i');
}
