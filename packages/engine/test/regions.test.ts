// Searching by a part of a photo, and saying where a query was found. A "photo" here is a row of words.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fakeCompute, photoOf, regionText } from './fake-compute.ts';
import { bench } from './harness.ts';

async function library() {
  const { engine, write, photos, fake } = await bench();
  await write({ 'two.jpg': 'dog pizza', 'dog.jpg': 'dog', 'pizza.jpg': 'pizza', 'sea.jpg': 'sea' });
  const folder = await engine.services.folders.add(photos);
  await engine.services.indexer.update([folder.id]);
  const { search } = engine.services;
  const { results } = await search.run({ text: 'dog' });
  const idOf = (name: string) => results.find((hit) => hit.path.endsWith(name))?.id ?? '';
  return { engine, search, idOf, fake };
}

const LEFT = { left: 0, top: 0, width: 0.5, height: 1 };
const RIGHT = { left: 0.5, top: 0, width: 0.5, height: 1 };

describe('regions', () => {
  it('finds what is like the part that was drawn', async () => {
    const { search, idOf } = await library();
    const like = async (region: typeof LEFT) => {
      const { results } = await search.run({ regions: [{ photoId: idOf('two.jpg'), region }] });
      return results[0]?.path.split('/').at(-1);
    };
    expect(await like(LEFT)).toBe('dog.jpg');
    expect(await like(RIGHT)).toBe('pizza.jpg');
  });

  it('refuses a photo that is not there, and one that cannot be read', async () => {
    const { search } = await library();
    await expect(search.run({ regions: [{ photoId: '0'.repeat(20), region: LEFT }] })).rejects.toMatchObject({
      kind: 'PHOTO_NOT_FOUND',
    });
  });
});

describe('why', () => {
  it('is hot where the words are, and says how much of each there is', async () => {
    const { engine, idOf } = await library();
    const { why } = engine.services;
    const { heat, parts } = await why.why({ photoId: idOf('two.jpg'), text: 'pizza -sea in:photos' });
    expect(heat.values).toHaveLength(heat.columns * heat.rows);
    const hottest = heat.values.indexOf(Math.max(...heat.values)) % heat.columns;
    expect(hottest).toBeGreaterThanOrEqual(heat.columns / 2);
    expect(parts.map(({ text, negated }) => [text, negated])).toEqual([
      ['pizza', false],
      ['sea', true],
    ]);
  });

  it('has nothing to show for a query without words, and looks at a photo once', async () => {
    const { engine, idOf } = await library();
    const { why } = engine.services;
    const { heat, parts } = await why.why({ photoId: idOf('two.jpg'), text: 'type:jpeg' });
    expect(parts).toEqual([]);
    expect(Math.max(...heat.values)).toBe(0);
    await expect(why.why({ photoId: '0'.repeat(20), text: 'dog' })).rejects.toMatchObject({
      kind: 'PHOTO_NOT_FOUND',
    });
  });
});

/** A bag of words: which is red and which is blue makes no difference to it. */
function bag(text: string): Float32Array {
  const words = text.toLowerCase().split(/\W+/);
  const counts = ['red', 'blue', 'car', 'house'].map((word) => words.filter((one) => one === word).length);
  const vector = Float32Array.from([...counts, 0.2, words.length / 100]);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

describe('looking again at the parts', () => {
  async function houses() {
    let looked = 0;
    const fake = fakeCompute({
      setup: async () => ({ ok: true, model: { key: 'bag-1', dimensions: 6, contextLength: 8 } }),
      embedText: async (text) => ({ embedding: bag(text), truncated: false, unknownWords: [], tokens: 8 }),
      ingest: async ({ path }) => {
        const text = await readFile(path, 'utf8');
        return photoOf(text, bag(text));
      },
      embedRegions: async (path, regions) => {
        looked += 1;
        const text = await readFile(path, 'utf8');
        return { ok: true, embeddings: regions.map((region) => bag(regionText(text, region))) };
      },
    });
    const { engine, write, photos } = await bench({ fake });
    const texts = ['red car blue house', 'red house blue car', 'red car', 'blue house', 'sea'];
    await write(Object.fromEntries(texts.map((text) => [`${text}.jpg`, text])));
    const folder = await engine.services.folders.add(photos);
    await engine.services.indexer.update([folder.id]);
    const firstOf = async (text: string, recheck: boolean) => {
      const { results } = await engine.services.search.run({ text, recheck });
      const relevances = results.map((hit) => hit.relevance);
      expect(relevances).toEqual([...relevances].sort((a, b) => b - a));
      expect(new Set(results.map((hit) => hit.id)).size).toBe(texts.length);
      return results[0]?.path.split('/').at(-1);
    };
    return { firstOf, looked: () => looked };
  }

  it('puts first the photo in which each phrase has its place', async () => {
    const { firstOf, looked } = await houses();
    const same = await firstOf('a red car next to a blue house', false);
    expect(await firstOf('a blue car next to a red house', false)).toBe(same);
    expect(looked()).toBe(0);
    expect(await firstOf('a red car next to a blue house', true)).toBe('red car blue house.jpg');
    expect(looked()).toBe(5);
    expect(await firstOf('a blue car next to a red house', true)).toBe('red house blue car.jpg');
    expect(looked()).toBe(5);
  });

  it('leaves other queries alone', async () => {
    const { firstOf, looked } = await houses();
    expect(await firstOf('red car', true)).toBe(await firstOf('red car', false));
    expect(looked()).toBe(0);
  });
});
