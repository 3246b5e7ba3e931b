// Searching by a part of a photo, and saying where a query was found. A "photo" here is a row of words.
import { describe, expect, it } from 'vitest';
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
