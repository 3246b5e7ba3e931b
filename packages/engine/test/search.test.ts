// Search through the engine: the two groups, what they are judged against, and queries that nobody should write.
import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../src/engine.ts';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { bench } from './harness.ts';

const DIMENSIONS = 32;
const SUBJECTS = ['dog', 'sea', 'car', 'book'];

/** A text about a subject, and a photo of it, lie near the subject's axis; anything else lies anywhere. */
function embed(text: string): Float32Array {
  const axis = SUBJECTS.findIndex((subject) => text.includes(subject));
  const bytes = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => ((bytes[i] ?? 0) - 127.5) / 600);
  if (axis >= 0) vector[axis] = 1;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

async function library(counts: Record<string, number>): Promise<{ engine: Engine; asked: string[] }> {
  const asked: string[] = [];
  const fake = fakeCompute({
    setup: async () => ({ ok: true, model: { key: 'fake-2', dimensions: DIMENSIONS, contextLength: 8 } }),
    embedText: async (text) => {
      asked.push(text);
      return { embedding: embed(text), truncated: false, unknownWords: [], tokens: 8 };
    },
    ingest: async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return photoOf(text, embed(text));
    },
  });
  const { engine, write, photos } = await bench({ fake });
  const names = Object.entries(counts).flatMap(([subject, count]) =>
    Array.from({ length: count }, (_, i) => `${subject}-${i}`),
  );
  await write(Object.fromEntries(names.map((name) => [`${name}.jpg`, name])));
  const folder = await engine.services.folders.add(photos);
  await engine.services.indexer.update([folder.id]);
  return { engine, asked };
}

const LIBRARY = { dog: 30, sea: 20, car: 9, book: 1 };

describe('the two groups', () => {
  it('ends the best where the matches end, and hides nothing', async () => {
    const { engine } = await library(LIBRARY);
    for (const [subject, count] of Object.entries(LIBRARY)) {
      const { results, cutoff, notes } = await engine.services.search.run({ text: subject, limit: 100 });
      expect(results).toHaveLength(60);
      const best = results.filter((result) => result.group === 'best');
      expect(best.map((result) => basename(result.path).split('-')[0])).toEqual(
        new Array(count).fill(subject),
      );
      expect(results.slice(0, count)).toEqual(best);
      expect(cutoff?.relevance).toBe(best.at(-1)?.relevance);
      expect(cutoff?.expectedUnrelated).toBeLessThanOrEqual(0.2);
      expect(notes).toEqual([]);
      const relevances = results.map((result) => result.relevance);
      expect(relevances).toEqual([...relevances].sort((a, b) => b - a));
    }
  });

  it('does not depend on how many are asked for, nor on when', async () => {
    const { engine, asked } = await library(LIBRARY);
    const few = await engine.services.search.run({ text: 'dog', limit: 4 });
    const calls = asked.length;
    const many = await engine.services.search.run({ text: 'dog', limit: 100 });
    expect(few.results).toEqual(many.results.slice(0, 4));
    expect(few.cutoff).toEqual(many.cutoff);
    expect(asked).toHaveLength(calls);
  });

  it('says that nothing really matches, and still shows the nearest', async () => {
    const { engine } = await library(LIBRARY);
    const { results, cutoff, notes } = await engine.services.search.run({ text: 'zeppelin', limit: 10 });
    expect(results).toHaveLength(10);
    expect(results.filter((result) => result.group === 'best')).toEqual([]);
    expect(cutoff).toEqual({ relevance: 100, expectedUnrelated: 0 });
    expect(notes).toEqual([{ kind: 'nothing-matches' }]);
  });

  it('judges a photo by photos', async () => {
    const { engine } = await library(LIBRARY);
    const [car] = (await engine.services.search.run({ text: 'car', limit: 1 })).results;
    const { results } = await engine.services.search.run({ likePhoto: car?.id ?? '', limit: 100 });
    const best = results.filter((result) => result.group === 'best');
    expect(new Set(best.map((result) => basename(result.path).split('-')[0]))).toEqual(new Set(['car']));
    expect(results.map((result) => result.id)).not.toContain(car?.id);
  });

  it('does not judge a library of a few photos', async () => {
    const { engine } = await library({ dog: 3, sea: 4 });
    const { results, cutoff } = await engine.services.search.run({ text: 'dog', limit: 10 });
    expect(results.map((result) => result.group)).toEqual(new Array(7).fill('best'));
    expect(cutoff).toEqual({ relevance: 0, expectedUnrelated: null });
  });
});

describe('queries that nobody should write', () => {
  const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('');
  it.each([
    ['10,000 characters', 'x'.repeat(10_000)],
    ['control characters only', control],
    ['control characters', `${control}dog${control}\u007f`],
    ['operators only', '- -- -"" : >= ..'],
    ['unbalanced quotes', '"dog \' “sea'],
    ['filters without values', 'label: date: near: is: rating:'],
    ['names of what every object has', '__proto__:x constructor:y toString'],
    ['filters only, far too many', '-label:a '.repeat(1100)],
    ['right to left', 'كلب على الشاطئ \u202e dog'],
    ['emoji', '🐕‍🦺👩‍👩‍👧‍👦🏖️'],
    ['half an emoji', 'dog \ud83d'],
    ['a pattern', '(a+)+$ \\ %s {x} <script>'],
    ['SQL', "'; DROP TABLE photos; --"],
  ])('%s', async (_name, text) => {
    const { engine } = await library({ dog: 12, sea: 12 });
    const answer = await engine.services.search.run({ text, limit: 10 }).catch((error: unknown) => {
      if (error instanceof SemblanceError) return error.kind;
      throw error;
    });
    if (typeof answer === 'string') expect(['EMPTY_QUERY', 'QUERY_TOO_LONG']).toContain(answer);
    else {
      const asked = !answer.notes.some((note) => note.kind === 'nothing-asked');
      expect(answer).toMatchObject({ results: expect.any(Array), searched: asked ? 24 : 0 });
    }
  });
});

describe('why there is little to find', () => {
  it('says how many photos wait, and how many lie in a folder that is away', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fake = fakeCompute({
      setup: async () => ({ ok: true, model: { key: 'fake-4', dimensions: DIMENSIONS, contextLength: 8 } }),
      embedText: async (text) => ({
        embedding: embed(text),
        truncated: false,
        unknownWords: [],
        tokens: 8,
      }),
      ingest: async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (text.startsWith('late')) await held;
        return photoOf(text, embed(text));
      },
    });
    const { engine, write, photos } = await bench({ fake });
    const { folders, indexer, search } = engine.services;
    await write(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`dog-${i}.jpg`, `dog-${i}`])));
    const folder = await folders.add(photos);
    await indexer.update([folder.id]);
    await write({ 'late-1.jpg': 'late-1', 'late-2.jpg': 'late-2' });
    const indexing = indexer.update([folder.id]);
    // Counts may be a second old while photos come in.
    await vi.waitFor(
      async () => {
        const { notes } = await search.run({ text: 'dog' });
        expect(notes).toContainEqual({ kind: 'not-indexed-yet', count: 2 });
      },
      { timeout: 30_000, interval: 100 },
    );
    release();
    await indexing;
    expect((await search.run({ text: 'dog' })).notes).toEqual([]);

    await rename(photos, `${photos}-away`);
    await indexer.update([folder.id]);
    const away = await search.run({ text: 'book' });
    expect(away.notes).toContainEqual({ kind: 'folder-offline', count: 32 });
    await rename(`${photos}-away`, photos);
    await indexer.update([folder.id]);
    expect((await search.run({ text: 'book' })).notes.map(({ kind }) => kind)).toEqual(['nothing-matches']);
  });
});
