// A Turkish query in English words, for a model that was taught English only: a dictionary of photo words, endings taken
// off, and the order of English. No grammar: names and unknown words stay as they are.
import { fold, plain } from './text.ts';
import { TURKISH_WORDS } from './turkish-words.ts';

export interface Translated {
  text: string;
  /** Words of the query that the dictionary has, and all words that say something. */
  known: number;
  words: number;
  /** A word of it could not be English: it is Turkish for sure. */
  sure: boolean;
}

/** Also English words: alone they say nothing about the language. */
const ALSO_ENGLISH = new Set(
  'ada at av ay el et fare kale kask bank bay top mum pasta salon plan robot zebra pizza yat market para lama tenis top yol sandal flamingo hamburger mandolin badminton'.split(
    ' ',
  ),
);
const WORDS = new Map([...TURKISH_WORDS].map(([turkish, english]) => [fold(turkish), english]));
const LONGEST_PHRASE = 4;

/** Words between others. Those that stand behind their noun come before it in English. */
const BEHIND: Readonly<Record<string, string>> = {
  uzerinde: 'on',
  ustunde: 'on',
  icinde: 'in',
  altinda: 'under',
  onunde: 'in front of',
  arkasinda: 'behind',
  yaninda: 'next to',
  kenarinda: 'beside',
};
const BETWEEN: Readonly<Record<string, string>> = { ve: 'and', ile: 'with' };
const SILENT = new Set(['bir', 'olan', 'fotografi', 'fotograflari', 'resmi', 'resimleri', 'cok']);

/** Endings of nouns after folding: plural, possessive, case, "with" and "without", "that is in". */
const ENDING =
  /^(?:l[ae]r)?(?:[iu]?m[iu]z|[iu]?n[iu]z|[iu]m|[iu]n|s?[iu])?(?:n?[dt][ae](?:n|ki)?|[yn]?[ae]|[yn]?[iu]|n?[iu]n|y?l[ae]|l[iu]|s[iu]z)?$/u;
const PLACE = /[dt][ae]$/u;
/** Last letters as they are before a vowel: köpek, köpeği. */
const HARD: Readonly<Record<string, string>> = { g: 'k', b: 'p', d: 't', c: 'c' };
const SHORTEST_STEM = 2;

/** @returns null when the dictionary has none of it */
export function translateTurkish(text: string): Translated | null {
  const said = plain(text)
    .split(/[\s,;]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const folded = said.map((word) => fold(word).replace(/['’].*$/u, ''));
  const out: { text: string; place: boolean; link: string | null }[] = [];
  let known = 0;
  let words = 0;
  let sure = false;
  for (let at = 0; at < said.length; ) {
    const word = folded[at] ?? '';
    const behind = BEHIND[word];
    const between = BETWEEN[word];
    if (SILENT.has(word) || behind !== undefined || between !== undefined) {
      if (!SILENT.has(word)) out.push({ text: '', place: false, link: behind ?? between ?? null });
      sure ||= behind !== undefined;
      at += 1;
      continue;
    }
    const found = longest(folded, at);
    const length = found?.length ?? 1;
    words += length;
    if (found === null) out.push({ text: said[at] ?? '', place: false, link: null });
    else {
      known += length;
      sure ||= !(length === 1 && ALSO_ENGLISH.has(word)) && word !== fold(found.english);
      out.push({ text: found.english, place: found.place, link: null });
    }
    at += length;
  }
  return known === 0 ? null : { text: inEnglishOrder(out), known, words, sure };
}

interface Found {
  english: string;
  /** Words it takes. */
  length: number;
  /** It says where: "denizde". */
  place: boolean;
}

function longest(words: readonly string[], at: number): Found | null {
  for (let length = Math.min(LONGEST_PHRASE, words.length - at); length > 0; length--) {
    const before = words.slice(at, at + length - 1);
    const last = words[at + length - 1] ?? '';
    const found = byStem(last, (stem) => WORDS.get([...before, stem].join(' ')));
    if (found !== null) return { ...found, length };
  }
  return null;
}

/** Tries the word, then ever shorter beginnings whose rest is an ending. */
function byStem(
  word: string,
  look: (stem: string) => string | undefined,
): { english: string; place: boolean } | null {
  for (let length = word.length; length >= SHORTEST_STEM; length--) {
    const [stem, ending] = [word.slice(0, length), word.slice(length)];
    // Two letters begin many words: only a long ending makes them a stem (ev, evimizin).
    if (ending !== '' && (!ENDING.test(ending) || (stem.length < 3 && ending.length < 3))) continue;
    const hard = HARD[stem.at(-1) ?? ''];
    const english =
      look(stem) ?? (ending === '' || hard === undefined ? undefined : look(stem.slice(0, -1) + hard));
    if (english !== undefined) return { english, place: ending !== '' && PLACE.test(ending) };
  }
  return null;
}

/** Turkish says the place first: "karda köpek" is "dog in snow", "masanın üzerinde kitap" is "books on table". */
function inEnglishOrder(parts: readonly { text: string; place: boolean; link: string | null }[]): string {
  const behind = parts.findIndex(
    ({ link, text }) => text === '' && link !== null && link !== 'and' && link !== 'with',
  );
  const at = behind >= 0 ? behind : parts.findIndex(({ place }) => place);
  const said = (some: typeof parts): string =>
    some
      .map(({ text, link }) => (text === '' ? (link ?? '') : text))
      .filter((word) => word !== '')
      .join(' ');
  if (at < 0) return said(parts);
  const link = behind >= 0 ? (parts[behind]?.link ?? 'in') : 'in';
  const place = parts.slice(0, behind >= 0 ? at : at + 1);
  const rest = parts.slice(at + 1);
  // "köpek karda": only the last word is the place.
  if (rest.length === 0) return `${said(place.slice(0, -1))} ${link} ${said(place.slice(-1))}`.trim();
  return `${said(rest)} ${link} ${said(place)}`.trim();
}
