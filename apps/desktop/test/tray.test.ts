// The menu in the tray, and pictures that were opened with the app.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Folder } from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import { createOpenedFiles } from '../src/engine/opened-files.ts';
import { trayTemplate } from '../src/main/decisions/tray-template.ts';
import { wordsIn } from '../src/main/decisions/words.ts';
import type { FromEngine, Work } from '../src/shared/messages.ts';

describe('the menu in the tray', () => {
  const done: string[] = [];
  const menu = (state: Work['state'], part: Partial<Work> = {}) =>
    trayTemplate(
      wordsIn('en'),
      { state, found: 200, done: 51, pending: 149, unsearchable: 149, ...part },
      {
        open: () => done.push('open'),
        setPaused: (paused) => done.push(paused ? 'pause' : 'resume'),
        quit: () => done.push('quit'),
      },
    ).filter(({ type }) => type !== 'separator');

  it('says what is going on', () => {
    const said = (state: Work['state'], part?: Partial<Work>) => menu(state, part)[0]?.label;
    expect(said('indexing')).toBe('Looking at photos: 25%');
    expect(said('indexing', { found: 0, done: 0 })).toBe('Looking at photos: 0%');
    expect(said('indexing', { done: 999 })).toBe('Looking at photos: 100%');
    expect(
      new Set((['indexing', 'scanning', 'paused', 'stopped', 'idle'] as const).map((one) => said(one))).size,
    ).toBe(5);
  });

  it('opens, pauses what is going on, resumes what is paused, and quits', () => {
    for (const state of ['indexing', 'paused', 'idle'] as const) {
      const [, ...items] = menu(state);
      expect(items.map(({ enabled = true }) => enabled)).toEqual([true, state !== 'idle', true]);
      for (const { click, enabled } of items) if (enabled !== false) (click as () => void)();
    }
    expect(done).toEqual(['open', 'pause', 'quit', 'open', 'resume', 'quit', 'open', 'quit']);
  });
});

describe('a picture that is opened with the app', () => {
  const PHOTO = '0123456789abcdef0123';

  async function opened(
    known: string[],
    work: (look: ReturnType<typeof createOpenedFiles>, photos: Map<string, string>) => Promise<void>,
  ): Promise<FromEngine[]> {
    const said: FromEngine[] = [];
    const photos = new Map(known.map((path) => [path, PHOTO]));
    await work(
      createOpenedFiles((message) => said.push(message)),
      photos,
    );
    return said;
  }
  const services = (photos: Map<string, string>, folders: string[]) => ({
    folders: { list: () => folders.map((path) => ({ path }) as Folder) },
    library: { photoAt: async (path: string) => photos.get(path) ?? null },
  });

  it('is shown when it is in the library', async () => {
    const said = await opened(['/p/a.jpg'], (look, photos) =>
      look.look(services(photos, ['/p']), { files: ['/p/new.jpg', '/p/a.jpg'], folders: ['/p/2019'] }),
    );
    expect(said).toEqual([{ type: 'show-photo', photoId: PHOTO }]);
  });

  it('has its folder offered otherwise, and is shown once, when it comes', async () => {
    const said = await opened([], async (look, photos) => {
      await look.look(services(photos, []), { files: ['/p/a.jpg'], folders: ['/p'] });
      await look.lookAgain(services(photos, ['/p']));
      photos.set('/p/a.jpg', PHOTO);
      await look.lookAgain(services(photos, ['/p']));
      await look.lookAgain(services(photos, ['/p']));
    });
    expect(said).toEqual([
      { type: 'offer-folders', paths: ['/p'] },
      { type: 'show-photo', photoId: PHOTO },
    ]);
  });

  it('is not waited for any longer when the folder was declined, or another one is opened', async () => {
    const said = await opened([], async (look, photos) => {
      await look.look(services(photos, ['/p']), { files: ['/p/a.jpg'], folders: ['/p'] });
      await look.look(services(photos, ['/p']), { files: [], folders: [] });
      photos.set('/p/a.jpg', PHOTO);
      await look.lookAgain(services(photos, ['/p']));
    });
    expect(said).toEqual([]);
  });

  it('may have come by a link: its folder is known all the same', async () => {
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'semblance-opened-')));
    mkdirSync(join(place, 'photos'));
    symlinkSync(join(place, 'photos'), join(place, 'link'), 'junction');
    const said = await opened([], (look, photos) =>
      look.look(services(photos, [join(place, 'photos')]), {
        files: [join(place, 'link/a.jpg')],
        folders: [join(place, 'link')],
      }),
    );
    rmSync(place, { recursive: true });
    expect(said).toEqual([]);
  });
});
