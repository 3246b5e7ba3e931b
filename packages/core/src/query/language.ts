// Is this text in a language that the model was not taught? Conservative: silence is better than a wrong guess.
import { fold } from './text.ts';

/** Scripts that few languages share: name, pattern, and the languages written in it. */
const SCRIPTS: readonly [string, RegExp, string][] = [
  ['Jpan', /[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  ['Hang', /\p{Script=Hangul}/u, 'ko'],
  ['Hani', /\p{Script=Han}/u, 'zh ja'],
  ['Cyrl', /\p{Script=Cyrillic}/u, 'ru uk be bg sr mk kk ky mn tg'],
  ['Arab', /\p{Script=Arabic}/u, 'ar fa ur ps ckb ug'],
  ['Grek', /\p{Script=Greek}/u, 'el'],
  ['Hebr', /\p{Script=Hebrew}/u, 'he yi'],
  ['Deva', /\p{Script=Devanagari}/u, 'hi mr ne sa'],
  ['Thai', /\p{Script=Thai}/u, 'th'],
];

/** Words that sentences about pictures can hardly do without, and that English has not. Folded. */
const COMMON: Readonly<Record<string, ReadonlySet<string>>> = {
  tr: words(
    'bir ve ile icin olan uzerinde yaninda icinde altinda onunde kirmizi mavi yesil beyaz siyah kadin adam cocuk',
  ),
  de: words(
    'der die das ein eine einen einem und mit auf im vor neben unter rot blau gelb hund katze frau kind strand',
  ),
  fr: words(
    'le la les une un des du avec sur dans et devant sous chien chat femme homme enfant plage rouge bleu',
  ),
  es: words('el los las una unos con sobre en y del delante perro gato mujer hombre nino playa rojo azul'),
  it: words(
    'il lo gli una un con sul sulla nel nella e davanti cane gatto donna uomo bambino spiaggia rosso',
  ),
  pt: words('o os as uma um com sobre na no da do e cachorro gato mulher homem crianca praia vermelho azul'),
  nl: words('de het een met op voor naast onder rood blauw hond kat vrouw kind strand'),
};

/**
 * @param known languages of the model, BCP 47 (`en`, `tr`)
 * @returns a language, or a script (ISO 15924) where several languages share it; null when nothing speaks for it
 */
export function unknownLanguage(text: string, known: readonly string[]): string | null {
  const spoken = new Set(known.map((language) => language.toLowerCase().split('-')[0]));
  if (spoken.size === 0) return null;
  for (const [script, pattern, languages] of SCRIPTS) {
    if (!pattern.test(text)) continue;
    const users = languages.split(' ');
    if (users.some((language) => spoken.has(language))) return null;
    return users.length === 1 ? (users[0] ?? script) : script;
  }
  // Letters that no other language of the list has.
  if (!spoken.has('tr') && /[ğĞıİ]|ş/u.test(text.normalize('NFC'))) return 'tr';
  const said = new Set(fold(text).split(/[^\p{L}]+/u));
  const hits = (language: string): number => [...said].filter((word) => COMMON[language]?.has(word)).length;
  const ownHits = Math.max(0, ...[...spoken].map((language) => hits(language ?? '')));
  const [best] = Object.keys(COMMON)
    .filter((language) => !spoken.has(language))
    .map((language) => ({ language, hits: hits(language) }))
    .sort((a, b) => b.hits - a.hits);
  return best !== undefined && best.hits >= 2 && best.hits > ownHits ? best.language : null;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
