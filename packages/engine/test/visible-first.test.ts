// With a slow encoder a large new folder is seen whole before it is encoded; with a fast one nothing is decoded twice.
import { expect, it } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

const PHOTOS = 250;
const VECTOR = Float32Array.of(1, 0, 0, 0);

/** What the compute process was asked for, in order. */
async function indexWith(encodeMs: number, crash = ''): Promise<{ b: Bench; asked: string[] }> {
  const asked: string[] = [];
  const fake = fakeCompute({
    setup: async () => ({ ok: true, model: { key: 'fake-1', dimensions: 4, contextLength: 8, encodeMs } }),
    async ingest({ path, embed }) {
      asked.push(embed ? 'all' : 'seen');
      return { ...photoOf(path, VECTOR), embedding: embed ? VECTOR : null };
    },
    async embedPhoto(path) {
      asked.push('encoded');
      if (crash !== '' && path.endsWith(crash)) fake.crash();
      return { ok: true, embedding: VECTOR, crops: [] };
    },
  });
  const b = await bench({ fake });
  await b.write(Object.fromEntries(Array.from({ length: PHOTOS }, (_, i) => [`${i}.jpg`, `photo ${i}`])));
  const folder = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([folder.id]);
  return { b, asked };
}

const counts = async (b: Bench) => (await b.engine.services.library.status()).counts;

it('a slow encoder waits until all can be seen', async () => {
  const { b, asked } = await indexWith(300);
  expect(asked).toEqual([...Array(PHOTOS).fill('seen'), ...Array(PHOTOS).fill('encoded')]);
  expect(await counts(b)).toMatchObject({ photos: PHOTOS, indexed: PHOTOS });
});

it('a fast one does not', async () => {
  const { b, asked } = await indexWith(16);
  expect(asked).toEqual(Array(PHOTOS).fill('all'));
  expect(await counts(b)).toMatchObject({ photos: PHOTOS, indexed: PHOTOS });
});

it('a photo that ends the process when it is encoded takes none of its neighbours along', async () => {
  const { b } = await indexWith(300, '77.jpg');
  // 77.jpg and 177.jpg.
  expect(await counts(b)).toMatchObject({ photos: PHOTOS, indexed: PHOTOS - 2 });
});
