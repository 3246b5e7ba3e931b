// Which queries are taken apart, into what, and what the parts do to the order.
import { describe, expect, it } from 'vitest';
import { attributedPhrases, rebind, weakestPhrase } from '../src/index.ts';

describe('attributedPhrases', () => {
  it.each([
    ['red car next to a blue house', ['red car', 'blue house']],
    ['a small white dog and a black cat', ['small white dog', 'black cat']],
    ['Old man with a young child', ['Old man', 'young child']],
    ['a red ball, next to a blue box', ['red ball', 'blue box']],
    ['green apple on top of the wooden table', ['green apple', 'wooden table']],
    ['white dog and black cat and red ball', ['white dog', 'black cat', 'red ball']],
    ['mavi evin yanında kırmızı araba', ['mavi ev', 'kırmızı araba']],
    ['ahşap masanın üzerinde yeşil elma', ['ahşap masa', 'yeşil elma']],
    ['KIRMIZI araba ve mavi ev', ['KIRMIZI araba', 'mavi ev']],
    ['büyük ağacın altında küçük köpek', ['büyük ağaç', 'küçük köpek']],
  ])('%s', (text, phrases) => {
    expect(attributedPhrases(text)).toEqual(phrases);
  });

  it.each([
    '',
    'dog',
    'red car',
    'red car in the rain',
    'black and white cat',
    'red and blue car',
    'old man with a dog',
    'dog next to a cat',
    'people at a table with candles and flowers',
    'and and and',
    'next to',
    'kırmızı araba',
    'evin yanında araba',
    'small dog and big',
    'red '.repeat(200),
    'red car and '.repeat(100),
  ])('leaves "%s" alone', (text) => {
    expect(attributedPhrases(text)).toBeNull();
  });
});

describe('rebind', () => {
  it('is about the phrase that has no place', () => {
    expect(
      weakestPhrase([
        [0.1, 0.5],
        [0.2, 0.3],
      ]),
    ).toBe(0.3);
  });

  it('keeps the order without a say of the parts, follows it with all of it', () => {
    const wholes = [0.3, 0.29, 0.1];
    const weakest = [0.05, 0.2, 0.1];
    expect(rebind(wholes, weakest, 0)).toEqual([0, 1, 2]);
    expect(rebind(wholes, weakest, 1)).toEqual([1, 2, 0]);
    expect(rebind(wholes, weakest)[0]).toBe(1);
    expect(rebind([0.2, 0.2], [0.1, 0.1])).toEqual([0, 1]);
    expect(rebind([], [])).toEqual([]);
  });
});
