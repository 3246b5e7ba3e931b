// "tasmasız köpek": the Turkish suffix for "without", where it says that a thing is not in the picture.
import { fold } from './text.ts';
import { TURKISH_WORDS } from './turkish-words.ts';

/** Things that people want out of a picture, and that the dictionary for translations has no use for. */
const MORE_THINGS =
  'tasma kişi araç trafik sakal bıyık makyaj maske filigran yazı reklam direk çöp kabuk kapak diken ' +
  'kıyafet tişört şort mayo atkı bere kolye küpeler dövme kuyruk kulak boynuz kanat tekerlek çerçeve ' +
  'cam parmaklık korkuluk bulutlar araçlar kişiler arabalar turistler köpekler kediler ağaçlar binalar ' +
  'tabelalar silah şeker krema';

/**
 * Stems that can be seen, but whose word in -siz is one of its own: "bacaksız" is a brat, "yüzsüz" shameless, "dilsiz" mute,
 * "yolsuz" corrupt, "havasız" stuffy, "parasız" free of charge, "ateşsiz" without fever.
 */
const OF_THEIR_OWN = list('bacak yüz dil yol hava para göz oyun müzik sanat ateş saat ders');
/** "insansız hava aracı" is a drone, "insansız deniz aracı" a boat without a crew. Folded, as the words begin. */
const VEHICLE = /^(?:(?:hava|kara|deniz|uzay|su|su ?alti) )?arac/u;

const THINGS: ReadonlyMap<string, string> = new Map(
  [...TURKISH_WORDS.keys(), ...MORE_THINGS.split(' ')].map((word) => [fold(word), word]),
);

/**
 * "insansız" -> "insan", also typed without Turkish letters ("insansiz").
 *
 * The rule: only a stem that is a known thing. The suffix alone decides nothing, because most words that carry it are adjectives
 * with a meaning of their own ("umutsuz" hopeless, "sessiz" quiet, "sonsuz" endless, "kimsesiz" forlorn), new ones are made every
 * day, and some only end so ("Fransız", "hırsız"). The two mistakes do not cost the same: a thing that is not known stays in the
 * description, where a model takes little note of the suffix, and `-x` or "x olmadan" still exclude it; a word taken for an
 * exclusion by mistake loses what was asked for and hides photos.
 *
 * @param behind the words behind it
 * @returns null for a word of its own
 */
export function thingLeftOut(word: string, behind = ''): string | null {
  const [, stem = ''] = /^(\p{L}{3,})s[iu]z$/u.exec(fold(word).replace(/[,;.!?]+$/u, '')) ?? [];
  const thing = THINGS.get(stem);
  if (thing === undefined || OF_THEIR_OWN.has(stem)) return null;
  return stem === 'insan' && VEHICLE.test(fold(behind)) ? null : thing;
}

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(fold));
}
