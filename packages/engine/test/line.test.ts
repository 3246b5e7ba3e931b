// The line from pending files to photos: nobody waits for a slow neighbour.
import { expect, it } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { bench } from './harness.ts';

const OTHERS = 200;

/** One file whose picture is not ready before most of the others are. */
async function indexWithSlow(slow: string): Promise<number> {
  let done = 0;
  let most = (): void => undefined;
  const others = new Promise<void>((resolve) => {
    most = resolve;
  });
  const fake = fakeCompute({
    async ingest({ path }) {
      if (path.endsWith(slow)) await others;
      else if (++done > OTHERS / 2) most();
      return photoOf(path, Float32Array.of(1, 0, 0, 0));
    },
  });
  const b = await bench({ fake });
  const files = Array.from({ length: OTHERS }, (_, i) => [`${i}.jpg`, `photo ${i}`]);
  // Newest first: the last one written is the first one taken.
  await b.write({ ...Object.fromEntries(files), [slow]: 'slow' });
  const folder = await b.engine.services.folders.add(b.photos);
  return (await b.engine.services.indexer.update([folder.id])).get(folder.id)?.length ?? 0;
}

it('a batch does not wait for the last file of the one before', async () => {
  expect(await indexWithSlow('slow.jpg')).toBe(OTHERS + 1);
});

it('pictures of a slow decoder have a lane of their own', async () => {
  expect(await indexWithSlow('slow.heic')).toBe(OTHERS + 1);
});
