// Folding, languages and wordings.
import { describe, expect, it } from 'vitest';
import { compose, cosine, fold, paraphrasesOf, unknownLanguage } from '../src/index.ts';

describe('fold', () => {
  it.each([
    ['İZMİR', 'izmir'],
    ['Izmir', 'izmir'],
    ['ızmir', 'izmir'],
    ['Türkiye', 'turkiye'],
    ['u\u0308ber', 'uber'],
    ['ÇAĞRI Şükran', 'cagri sukran'],
    ['IMG_42.JPG', 'img_42.jpg'],
    [' a\u200b \n b ', 'a b'],
    ['do\u00adg', 'dog'],
    ['İz\u200dmir', 'izmir'],
  ])('%s', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(fold(text))).toBe(folded);
  });
});

describe('a language that the model does not know', () => {
  it.each([
    ['собака на пляже', ['en', 'tr'], 'Cyrl'],
    ['海滩上的狗', ['en'], 'Hani'],
    ['犬がいる', ['en'], 'ja'],
    ['kırmızı araba', ['en'], 'tr'],
    ['bir adam ve bir cocuk', ['en'], 'tr'],
    ['ein Hund auf dem Strand mit einem Kind', ['en', 'tr'], 'de'],
    ['un chien sur la plage', ['en', 'tr'], 'fr'],
    // Known, or nothing speaks for another.
    ['kırmızı araba', ['en', 'tr'], null],
    ['dog', ['en'], null],
    ['a dog on the beach', ['en'], null],
    ['die hard poster', ['en'], null],
    ['собака', ['ru'], null],
    ['собака', [], null],
    ['🐕', ['en'], null],
  ] as const)('%s, knowing %s', (text, known, expected) => {
    expect(unknownLanguage(text, known)).toBe(expected);
  });
});

describe('wordings', () => {
  it('are the same thing in other words, never the text itself', () => {
    expect(paraphrasesOf('dog')).toEqual(
      expect.arrayContaining(['a dog', 'dogs', 'a photo of a dog', 'a photo of dogs']),
    );
    expect(paraphrasesOf('a dog')).not.toContain('a dog');
    expect(paraphrasesOf('puppies')).toContain('a puppy');
    expect(paraphrasesOf('old church')).toContain('an old church');
    expect(paraphrasesOf('köpek')).toContain('köpek fotoğrafı');
    expect(paraphrasesOf('a man who rides a horse along the beach')).toEqual([]);
    expect(paraphrasesOf(' ')).toEqual([]);
  });
});

describe('compose', () => {
  const [x, y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)] as const;
  it('points between its parts, nearer to the heavier one, at unit length', () => {
    const query = compose([
      { vector: x, weight: 2 },
      { vector: y, weight: 1 },
    ]);
    expect(Math.hypot(...query)).toBeCloseTo(1, 6);
    expect(cosine(query, x)).toBeCloseTo(2 / Math.sqrt(5), 6);
  });
  it('refuses what makes no direction of one length', () => {
    expect(() => compose([])).toThrow(RangeError);
    expect(() =>
      compose([
        { vector: x, weight: 1 },
        { vector: Float32Array.of(1), weight: 1 },
      ]),
    ).toThrow(RangeError);
  });
});
