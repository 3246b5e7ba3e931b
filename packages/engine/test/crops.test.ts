// Wide photos: what stands at their edge is found, and goes where the photo goes.
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openCatalog } from '@semblance/catalog';
import { openVectors } from '@semblance/vectors';
import { expect, it } from 'vitest';
import { fakeCompute } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

async function index(b: Bench): Promise<void> {
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
}

/** Cosine of the photos found for a text, best first. The fake encoder gives a word the vector of what shows it. */
async function find(b: Bench, text: string): Promise<{ name: string; cosine: number }[]> {
  const { results } = await b.engine.services.search.run({ text, limit: 10 });
  return results.map(({ path, cosine }) => ({ name: basename(path), cosine }));
}

/** The library's own tables, when no engine has them open. */
async function stored(b: Bench): Promise<{ main: number; crops: number[] }> {
  await b.engine.dispose();
  const store = await openVectors(join(b.library, 'vectors'));
  const table = await store.table('fake-1', 4);
  const found = { main: table.count(), crops: [...table.cropped().values()] };
  await store.close();
  return found;
}

it('a search finds what only an edge shows, and says how well', async () => {
  const b = await bench();
  await b.write({ 'wide.jpg': 'wide middle boat lighthouse', 'other.jpg': 'meadow' });
  await index(b);
  for (const edge of ['boat', 'lighthouse']) {
    const [first] = await find(b, edge);
    expect(first?.name).toBe('wide.jpg');
    expect(first?.cosine).toBeCloseTo(1, 4);
  }
  expect(await stored(b)).toEqual({ main: 2, crops: [2] });
});

it('crops go with a move, an edit and a removed folder', async () => {
  const b = await bench();
  await b.write({ 'wide.jpg': 'wide middle boat lighthouse' });
  await index(b);
  await rename(join(b.photos, 'wide.jpg'), join(b.photos, 'moved.jpg'));
  await index(b);
  expect((await find(b, 'boat'))[0]).toMatchObject({ name: 'moved.jpg' });
  await b.write({ 'moved.jpg': 'narrow now' });
  await index(b);
  expect((await find(b, 'boat'))[0]?.cosine ?? 0).toBeLessThan(0.999);
  await b.write({ 'moved.jpg': 'wide again boat lighthouse' });
  await index(b);
  const [folder] = b.engine.services.folders.list();
  await b.engine.services.folders.remove(folder?.id ?? 0);
  expect(await stored(b)).toEqual({ main: 0, crops: [] });
});

it('a library from before crops gets them at its next opening', async () => {
  const b = await bench({ fake: fakeCompute() });
  await b.write({ 'wide.jpg': 'wide middle boat lighthouse', 'other.jpg': 'meadow' });
  await index(b);
  await b.engine.dispose();
  const store = await openVectors(join(b.library, 'vectors'));
  const table = await store.table('fake-1', 4);
  const rows = [];
  for await (const some of table.scan()) rows.push(...some);
  // Without crops: as an older version wrote them.
  await table.append(rows);
  await store.close();
  await b.reopen();
  await b.engine.services.indexer.update();
  expect((await find(b, 'lighthouse'))[0]?.cosine).toBeCloseTo(1, 4);
  expect(b.fake.ingested).toHaveLength(2);
});

it('crops that no photo of the catalog has are removed', async () => {
  const b = await bench();
  await b.write({ 'wide.jpg': 'wide middle boat lighthouse' });
  await index(b);
  await b.engine.dispose();
  const catalog = openCatalog(b.library);
  catalog.dropEmbeddings({ modelKey: 'fake-1' });
  catalog.close();
  await rm(join(b.photos, 'wide.jpg'));
  await b.reopen();
  expect(await stored(b)).toEqual({ main: 0, crops: [] });
});
