import { expect, it } from 'vitest';
import { fold, translateTurkish } from '../src/index.ts';
import { TURKISH_WORDS } from '../src/query/turkish-words.ts';

it.each([
  ['köpek', 'dog'],
  ['KÖPEKLER', 'dog'],
  ['kopek', 'dog'],
  ['kırmızı araba', 'red car'],
  ['gün batımı', 'sunset'],
  ['deniz kenarında gün batımı', 'sunset in seaside'],
  ['karda köpek', 'dog in snow'],
  ['kırmızı arabada köpek', 'dog in red car'],
  ['köpek karda', 'dog in snow'],
  ['masanın üzerinde kitap', 'books on table'],
  ['kadın ve çocuk', 'woman and child'],
  ['doğum günü pastası', 'birthday cake'],
  ['köpeğimiz', 'dog'],
  ['çocukların fotoğrafları', 'children'],
  ['ağacın altında kedi', 'cat under tree'],
  ['bisikletli adam', 'cyclist man'],
  ['evimizin bahçesi', 'house garden'],
])('%s: %s', (turkish, english) => {
  const translated = translateTurkish(turkish);
  expect(translated?.text).toBe(english);
  expect(translated?.known).toBe(translated?.words);
  expect(translated?.sure).toBe(true);
});

it('keeps names, and says how much it knew', () => {
  expect(translateTurkish('Ayşe ve köpek')).toMatchObject({ text: 'Ayşe and dog', known: 1, words: 2 });
  expect(translateTurkish('xyzzy plugh')).toBeNull();
  expect(translateTurkish('')).toBeNull();
});

it.each(['at the top', 'pizza', 'bank', 'kale', 'dog on the beach', 'a red car', 'sandal', 'market'])(
  'does not take English for Turkish: %s',
  (text) => {
    const translated = translateTurkish(text);
    expect(translated === null || !translated.sure || translated.known < translated.words).toBe(true);
  },
);

it('no two words of the dictionary are one when their dots are gone, unless they mean the same', () => {
  const seen = new Map<string, string>();
  for (const [turkish, english] of TURKISH_WORDS) {
    const before = seen.get(fold(turkish));
    expect(before === undefined || before === english, turkish).toBe(true);
    seen.set(fold(turkish), english);
  }
  expect(seen.size).toBeGreaterThan(400);
});
