// Other ways to write a short query that mean the same to a person, and should to a model.
import { fold, plain } from './text.ts';

/** Longer texts are sentences already; templates and articles do not fit them. */
const MOST_WORDS = 4;
const MOST = 8;

/**
 * Wordings that a person would take for the same: article, number, the usual prompt templates (CLIP, arXiv 2103.00020,
 * section 3.1.4) in the language of the text.
 *
 * @returns without the text itself; empty for a long text
 */
export function paraphrasesOf(text: string): string[] {
  const own = plain(text);
  const words = own.split(' ');
  if (own === '' || words.length > MOST_WORDS) return [];
  const variants = isTurkish(own) ? turkish(own) : english(own);
  const seen = new Set([fold(own)]);
  return variants
    .filter((variant) => {
      const key = fold(variant);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MOST);
}

/** By its letters: a Turkish word without any of its own letters passes for English, and gets English templates. */
function isTurkish(text: string): boolean {
  return /[çğıöşüÇĞİÖŞÜ]/u.test(text.normalize('NFC'));
}

function english(own: string): string[] {
  const bare = own.replace(/^(?:an?|the|some|many) /iu, '');
  const one = singular(bare);
  const article = /^[aeiou]/iu.test(one) ? 'an' : 'a';
  return [
    bare,
    `${article} ${one}`,
    plural(one),
    `a photo of ${article} ${one}`,
    `a photo of ${plural(one)}`,
    `a picture of ${bare}`,
    `a close-up photo of ${article} ${one}`,
  ];
}

function turkish(own: string): string[] {
  const bare = own.replace(/^bir /iu, '');
  return [bare, `bir ${bare}`, `${bare} fotoğrafı`, `bir ${bare} fotoğrafı`, `${bare} resmi`];
}

/** Of the last word, by rule; words that the rules do not fit come out odd, which costs a wording and no more. */
function plural(text: string): string {
  if (/(?:[sxz]|ch|sh)$/iu.test(text)) return `${text}es`;
  return /[^aeiou]y$/iu.test(text) ? `${text.slice(0, -1)}ies` : `${text}s`;
}

function singular(text: string): string {
  if (/[^aeiou]ies$/iu.test(text)) return `${text.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/iu.test(text)) return text.slice(0, -2);
  return /[^su]s$/iu.test(text) && text.length > 3 ? text.slice(0, -1) : text;
}
