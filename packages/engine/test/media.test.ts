// Pictures by id: what is served, how it is cached, and what is never served.
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FakeCompute, fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

async function onePhoto(fake?: FakeCompute): Promise<Bench & { id: string; get: Get }> {
  const b = await bench(fake === undefined ? {} : { fake });
  await b.write({ 'a.jpg': 'the original' });
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
  const [photo] = b.engine.services.library.timeline({ offset: 0, limit: 1 }).photos;
  const get: Get = (path, init) => b.engine.media(new Request(`http://127.0.0.1/media/${path}`, init));
  return Object.assign(b, { id: photo?.id ?? '', get });
}

type Get = (path: string, init?: RequestInit) => Promise<Response>;

/** A compute process that writes a thumbnail where the engine looks for it. */
function thumbnails(directory: () => string): { fake: FakeCompute; made: string[] } {
  const made: string[] = [];
  const fake = fakeCompute({
    makeThumbnail: async (_path, hash) => {
      made.push(hash);
      const path = join(directory(), 'thumbnails', hash.slice(0, 2), `${hash}.webp`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'small');
      return { ok: true };
    },
  });
  return { fake, made };
}

describe('media', () => {
  it('serves the original, to be kept for ever, and nothing twice', async () => {
    const { id, get } = await onePhoto();
    const response = await get(`full/${id}?v=1`);
    expect(await response.text()).toBe('the original');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = response.headers.get('etag') ?? '';
    expect((await get(`full/${id}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const head = await get(`full/${id}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('makes a lost thumbnail again, once', async () => {
    let library = '';
    const { fake, made } = thumbnails(() => library);
    const b = await onePhoto(fake);
    library = b.library;
    for (const _ of [1, 2]) expect(await (await b.get(`thumb/${b.id}`)).text()).toBe('small');
    expect(made).toHaveLength(1);
  });

  it('makes a PNG of any photo for the clipboard', async () => {
    const asked: unknown[] = [];
    const fake = fakeCompute({
      render: async (_path, ...how) => {
        asked.push(how);
        return { ok: true, bytes: new Uint8Array([7]), contentType: 'image/png' };
      },
    });
    const { id, get } = await onePhoto(fake);
    const response = await get(`copy/${id}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(asked).toEqual([[4096, 'png']]);
    expect((await get(`copies/${id}`)).status).toBe(404);
  });

  it('renders what a browser cannot show', async () => {
    const fake = fakeCompute({
      ingest: async () => ({ ...photoOf('a heic', new Float32Array([1, 0, 0, 0])), format: 'heic' }),
      render: async () => ({ ok: true, bytes: new TextEncoder().encode('shown'), contentType: 'image/jpeg' }),
    });
    const { id, get } = await onePhoto(fake);
    expect(await (await get(`full/${id}`)).text()).toBe('shown');
  });

  it('answers to the desktop app’s address as well', async () => {
    const { id, engine } = await onePhoto();
    const response = await engine.media(new Request(`media://full/${id}?v=1`));
    expect(await response.text()).toBe('the original');
  });

  it('refuses what is not a photo id, and methods that change things', async () => {
    const { id, get } = await onePhoto();
    for (const path of [
      'full/../../etc/passwd',
      'full/%2fetc%2fpasswd',
      `other/${id}`,
      'full/',
      `full/${'0'.repeat(20)}`,
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get(`full/${id}`, { method: 'POST' })).status).toBe(405);
  });

  it('does not follow a link that was swapped in and leads out of the folder', async () => {
    const { id, get, photos } = await onePhoto();
    const secret = join(dirname(photos), 'secret.txt');
    await writeFile(secret, 'secret');
    await rm(join(photos, 'a.jpg'));
    await symlink(secret, join(photos, 'a.jpg'));
    expect((await get(`full/${id}`)).status).toBe(404);
  });

  it('says that a photo cannot be reached', async () => {
    const { id, get, photos } = await onePhoto();
    await rename(photos, `${photos}.away`);
    expect((await get(`full/${id}`)).status).toBe(404);
  });
});
