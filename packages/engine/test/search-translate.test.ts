// A Turkish query for a model that was taught English only: it is told so, and the small dictionary helps.
import { expect, it } from 'vitest';
import { fakeCompute } from './fake-compute.ts';
import { bench } from './harness.ts';

async function asked(languages: string[], ...texts: string[]) {
  const encoded: string[] = [];
  const fake = fakeCompute({
    embedText: async (text) => {
      encoded.push(text);
      return { embedding: Float32Array.of(1, 0, 0, 0), truncated: false, unknownWords: [], tokens: 8 };
    },
    listModels: async () => [
      { id: 'model', name: 'm', key: 'fake-1', dimensions: 4, imageSize: 8, languages, bytes: 1 },
    ],
  });
  const { engine, write, photos } = await bench({ fake });
  await write({ 'a.jpg': 'a' });
  const folder = await engine.services.folders.add(photos);
  await engine.services.indexer.update([folder.id]);
  encoded.length = 0;
  const { notes } = await engine.services.search.run({ text: texts.join(' + '), limit: 1 });
  return { encoded, notes };
}

it('says so, and looks for the English words', async () => {
  const { encoded, notes } = await asked(['en'], 'karda köpek', 'deniz');
  expect(encoded.slice(0, 2)).toEqual(['dog in snow', 'sea']);
  expect(notes).toContainEqual({
    kind: 'translated',
    language: 'tr',
    texts: [
      { from: 'karda köpek', to: 'dog in snow' },
      { from: 'deniz', to: 'sea' },
    ],
  });
  expect(notes.filter(({ kind }) => kind === 'unknown-language')).toEqual([
    { kind: 'unknown-language', language: 'tr', known: ['en'] },
  ]);
});

it('leaves English, mostly unknown words, and models that know Turkish alone', async () => {
  expect((await asked(['en'], 'pizza')).encoded).toContain('pizza');
  expect((await asked(['en'], 'dog on the bank')).notes).toEqual([]);
  expect((await asked(['en'], 'şıngırdak köpek şeysi')).encoded).toContain('şıngırdak köpek şeysi');
  expect(await asked(['en', 'tr'], 'karda köpek')).toMatchObject({ notes: [] });
  expect((await asked(['de'], 'köpek')).encoded).toContain('köpek');
});
