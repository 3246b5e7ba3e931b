// Folders on the command line: parts of them, one that lies elsewhere now, another one in its place.
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir, writeLibrary } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { semblance } from './run.ts';

describe('folders', () => {
  it('a part of a known folder is reported as that part', { timeout: 180_000 }, async () => {
    const folder = await tempDir();
    const photos = join(folder, 'photos');
    await writeLibrary(join(photos, 'a'), { count: 2, seed: 1, side: 96 });
    await writeLibrary(join(photos, 'b'), { count: 3, seed: 2, side: 96 });
    writeFileSync(join(photos, 'b/broken.jpg'), 'no picture');
    const library = ['--library', join(folder, 'library'), '--json'];
    expect((await semblance('index', photos, ...library)).json()).toMatchObject({ found: 6, indexed: 5 });
    const part = await semblance('index', join(photos, 'a'), ...library);
    expect(part.json()).toMatchObject({ found: 2, indexed: 0, unchanged: 2, waiting: 0, failed: [] });
    await writeLibrary(join(photos, 'a/new'), { count: 1, seed: 3, side: 96 });
    const more = await semblance('index', join(photos, 'a'), ...library);
    expect(more.json()).toMatchObject({ found: 3, indexed: 1, unchanged: 2, failed: [] });
    const { roots } = (await semblance('status', ...library)).json() as { roots: { path: string }[] };
    expect(roots).toMatchObject([{ path: photos }]);
  });

  it('one that lies elsewhere now is moved there, and keeps everything', { timeout: 180_000 }, async () => {
    const folder = await tempDir();
    const [before, after] = [join(folder, 'photos'), join(folder, 'far', 'photos')];
    await writeLibrary(before, { count: 3, seed: 1, side: 96 });
    const library = ['--library', join(folder, 'library'), '--json'];
    await semblance('index', before, ...library);
    mkdirSync(join(folder, 'far'));
    renameSync(before, after);
    const away = await semblance('folders', 'move', before, join(folder, 'nowhere'), ...library);
    expect(away.json()).toMatchObject({ error: { kind: 'FOLDER_NOT_FOUND' } });
    const moved = await semblance('folders', 'move', before, after, ...library);
    expect(moved.code, moved.stderr).toBe(0);
    expect(moved.json()).toMatchObject({ folder: { path: after, state: 'online', photos: 3 } });
    expect((await semblance('folders', 'list', ...library)).json()).toMatchObject({
      folders: [{ path: after, photos: 3 }],
    });
    expect((await semblance('index', after, ...library)).json()).toMatchObject({ indexed: 0, unchanged: 3 });
  });

  it('another one in its place is left alone, and the right one is named', { timeout: 180_000 }, async () => {
    const folder = await tempDir();
    const [place, old] = [join(folder, 'photos'), join(folder, 'photos of last year')];
    await writeLibrary(place, { count: 3, seed: 1, side: 96 });
    if (statSync(place, { bigint: true }).birthtimeNs <= 0n) return;
    const library = ['--library', join(folder, 'library'), '--json'];
    await semblance('index', place, ...library);
    renameSync(place, old);
    await writeLibrary(place, { count: 3, seed: 2, side: 96 });
    const told = await semblance('index', place, ...library);
    expect(told.json()).toMatchObject({ error: { kind: 'FOLDER_OFFLINE' } });
    expect(JSON.stringify(told.json())).toContain(`semblance folders move`);
    expect(JSON.stringify(told.json())).toContain('photos of last year');
    const taken = await semblance('index', place, '--accept-missing', ...library);
    expect(taken.json()).toMatchObject({ found: 3, indexed: 3, failed: [] });
  });
});
