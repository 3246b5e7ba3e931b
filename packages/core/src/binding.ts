// Queries like "red car next to a blue house": an encoder of whole pictures knows what is there, but mixes up what is
// red and what is blue (Yuksekgonul et al., "When and why vision-language models behave like bags-of-words", ICLR 2023).
// The phrases are taken apart here, and photos are ranked by how well each phrase has a place of its own.
import { fold } from './query/text.ts';
import type { WindowSize } from './windows.ts';

/** Half the picture, and parts of that. */
export const BINDING_WINDOWS: readonly WindowSize[] = [
  { side: 1, step: 0.5 },
  { side: 0.6, step: 0.5 },
];

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Visible properties that go before a noun. Folded: small letters without accents. */
const ATTRIBUTES = list(
  [
    'red blue green yellow white black brown grey gray orange purple pink golden silver beige violet dark bright pale',
    'small big large tiny huge old young new tall short long wooden metal plastic glass stone striped spotted round',
    'square empty full broken wet snowy painted drawn cartoon sketched colourful colorful furry',
    'kirmizi mavi yesil sari beyaz siyah kahverengi gri turuncu mor pembe altin gumus bej lacivert koyu acik',
    'kucuk buyuk eski yeni genc yasli uzun kisa ahsap metal cam tas cizgili benekli yuvarlak kare bos dolu kirik islak',
  ].join(' '),
);
const ARTICLES = list('a an the one some bir');
/** What stands between two things, longest first. */
const BETWEEN = [
  'next to',
  'in front of',
  'on top of',
  'close to',
  'and',
  'with',
  'beside',
  'behind',
  'near',
  've',
  'ile',
];
const BETWEEN_MORE = ['under', 'above', 'over', 'by', 'below', 'against', 'beneath', 'opposite'];
/** Turkish says it after the first thing, whose ending it changes: "mavi evin yanında kırmızı araba". */
const AFTER = list('yaninda onunde arkasinda ustunde uzerinde altinda karsisinda yakininda');
/** Words of a phrase beside its article: "small red car". */
const MOST_WORDS = 4;

/**
 * The phrases of a query that names two or more things, each with a property of its own; null for any other. Rather
 * none than a wrong one: "black and white cat", "red and blue car" and "old man with a dog" are left alone.
 */
export function attributedPhrases(text: string): string[] | null {
  const words = text.trim().split(/\s+/);
  const parts: string[][] = [[]];
  for (let at = 0; at < words.length; ) {
    const length = connectorAt(words, at);
    if (length > 0) parts.push([]);
    else parts.at(-1)?.push(words[at] ?? '');
    at += Math.max(1, length);
    // "evin yanında": the connector comes after, and the noun before it goes back to its plain form.
    if (length > 0 && AFTER.has(fold(words[at - 1] ?? ''))) {
      const before = parts.at(-2);
      const noun = before?.pop();
      if (noun !== undefined) before?.push(withoutGenitive(noun));
    }
  }
  const phrases = parts.map((part) => part.filter((word) => !ARTICLES.has(fold(word))));
  if (phrases.length < 2 || phrases.length > 3 || !phrases.every(isAttributed)) return null;
  return phrases.map((phrase) => phrase.join(' ').replace(/[,;.]+$/, ''));
}

function connectorAt(words: readonly string[], at: number): number {
  for (const connector of [...BETWEEN, ...BETWEEN_MORE]) {
    const expected = connector.split(' ');
    if (expected.every((word, i) => fold(words[at + i] ?? '') === word)) return expected.length;
  }
  return AFTER.has(fold(words[at] ?? '')) ? 1 : 0;
}

function isAttributed(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > MOST_WORDS) return false;
  const noun = words.at(-1) ?? '';
  return words.slice(0, -1).some((word) => ATTRIBUTES.has(fold(word))) && !ATTRIBUTES.has(fold(noun));
}

/** "evin" -> "ev", "masanın" -> "masa", "ağacın" -> "ağaç". */
function withoutGenitive(noun: string): string {
  const stem = noun.replace(/(?<=[aeıioöuü])n[ıiuü]n$|[ıiuü]n$/iu, '');
  if (stem.length < 2) return noun;
  return stem.replace(/c$/u, 'ç').replace(/ğ$/u, 'k');
}

/** What the windows of one photo say: the best window of each phrase, and of those the worst. */
export function weakestPhrase(windows: readonly (readonly number[])[]): number {
  return Math.min(...windows.map((scores) => Math.max(...scores)));
}

/** Share of the evidence of parts in a photo's new score; the rest is its old one. Both in standard deviations. */
export const BINDING_WEIGHT = 0.6;

/**
 * The new order of some candidates.
 *
 * @param wholes cosines with the whole query @param weakest see `weakestPhrase`
 * @returns indices, best first
 */
export function rebind(
  wholes: readonly number[],
  weakest: readonly number[],
  weight = BINDING_WEIGHT,
): number[] {
  const whole = standardised(wholes);
  const part = standardised(weakest);
  const score = (i: number) => (1 - weight) * (whole[i] ?? 0) + weight * (part[i] ?? 0);
  return [...wholes.keys()].sort((a, b) => score(b) - score(a) || a - b);
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(variance) || 1;
  return values.map((value) => (value - mean) / deviation);
}
