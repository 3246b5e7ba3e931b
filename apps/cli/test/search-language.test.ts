// The query language end to end: real engine, real starter model, generated photos with dates, cameras and places.
import { basename, join } from 'node:path';
import { type LibraryPhoto, tempDir, writeLibrary } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { semblance } from './run.ts';

interface Answer {
  results: { path: string; cosine: number; relevance: number; group: string }[];
  cutoff: { relevance: number; expectedUnrelated: number | null };
  notes: { kind: string }[];
  parsed: {
    chips: { kind: string; name?: string; meaning?: string }[];
    problems: { code: string; text: string }[];
  };
}

it('filters, excludes, composes, and says what it understood', { timeout: 300_000 }, async () => {
  const folder = await tempDir();
  const photos = await writeLibrary(join(folder, 'photos'), { count: 32, seed: 11, side: 320 });
  const library = ['--library', join(folder, 'library'), '--json'];
  expect((await semblance('index', join(folder, 'photos'), ...library)).code).toBe(0);
  const ask = async (...args: string[]): Promise<Answer> => {
    const run = await semblance('search', ...args, '--limit', '100', ...library);
    expect(run.code, run.stderr).toBe(0);
    return run.json() as unknown as Answer;
  };
  const those = (fits: (photo: LibraryPhoto) => boolean): string[] =>
    photos
      .filter(fits)
      .map((photo) => photo.path)
      .sort();
  const paths = ({ results }: Answer): string[] => results.map((r) => r.path).sort();
  const newest = (a: string, b: string): number => dateOf(b).localeCompare(dateOf(a));
  const dateOf = (path: string): string => photos.find((photo) => photo.path === path)?.exif.date ?? '';

  const apple = await ask('camera:iphone');
  expect(paths(apple)).toEqual(those(({ exif }) => exif.make === 'Apple'));
  expect(apple.results.map((r) => r.path)).toEqual(paths(apple).sort(newest));
  expect(apple.parsed.chips).toMatchObject([{ kind: 'filter', name: 'camera', meaning: 'iphone' }]);

  expect(paths(await ask('yer:istanbul'))).toEqual(those(({ exif }) => exif.gps?.latitude === 41.0082));
  expect(paths(await ask('place:İsviçre'))).toEqual(those(({ exif }) => exif.gps?.latitude === 46.0207));
  expect(paths(await ask('near:"Sydney" date:2021..2022'))).toEqual(
    those(({ exif }) => exif.gps?.latitude === -33.8688 && /^202[12]/.test(exif.date ?? '')),
  );
  expect(paths(await ask('type:png -has:gps'))).toEqual(
    those(({ path, exif }) => path.endsWith('.png') && exif.gps === undefined),
  );
  // What is left out may come first: it is no option of the command.
  expect(paths(await ask('-has:gps type:png'))).toEqual(paths(await ask('type:png -has:gps')));
  expect(paths(await ask('"IMG_0007"')).map((path) => basename(path))).toEqual(['IMG_0007.png']);
  expect(paths(await ask('orientation:portrait in:2022'))).toEqual(
    those(({ path, width, height }) => height > width * 1.03 && path.includes('/2022/')),
  );

  const [first] = photos;
  const query = first?.query ?? '';
  const right = those((photo) => photo.query === query);
  const found = await ask(`${query} has:gps`);
  expect(right).toContain(found.results[0]?.path);
  expect(paths(found)).toEqual(those(({ exif }) => exif.gps !== undefined));
  expect(found.cutoff).toEqual({ relevance: expect.any(Number), expectedUnrelated: expect.any(Number) });
  expect(found.results.every(({ group }) => group === 'best' || group === 'maybe')).toBe(true);

  const without = await ask(`without ${query} -"no such name"`);
  const left = without.results.map((r) => r.path);
  expect(left.filter((path) => right.includes(path)).length).toBeLessThan(right.length / 2);
  expect(without.notes.map((note) => note.kind)).toContain('negation-removed');

  const none = await ask(`${query} date:1999 rating:9`);
  expect(none.results).toEqual([]);
  expect(none.notes).toMatchObject([{ kind: 'filter-removed-all', name: 'date', value: '1999', count: 32 }]);
  expect(none.parsed.problems).toMatchObject([{ code: 'bad-number', text: 'rating:9' }]);

  // What cannot be read is left out; what names nothing leaves nothing. Both are pointed at.
  const unread = await ask('date:blah');
  expect([unread.results, unread.notes]).toEqual([[], [{ kind: 'nothing-asked' }]]);
  expect(unread.parsed).toMatchObject({ chips: [], problems: [{ code: 'bad-date', text: 'date:blah' }] });
  const nameless = await ask('camera:iphnoe');
  expect(nameless.results).toEqual([]);
  expect(nameless.notes).toMatchObject([{ kind: 'filter-removed-all', name: 'camera', count: 32 }]);
  expect(nameless.parsed.problems).toMatchObject([
    { code: 'names-nothing', text: 'camera:iphnoe', instead: 'camera:iPhone' },
  ]);
  expect((await ask('near:Istambul')).parsed.problems).toMatchObject([{ instead: 'near:Istanbul' }]);
  const told = await semblance('search', 'camera:iphnoe', ...library.slice(0, 2));
  expect(told.stdout).toContain('Did you mean camera:iPhone?');
  expect(paths(await ask('date:"may 2021"..december 2022'))).toEqual(
    those(({ exif }) => /^(?:2021-(?:0[5-9]|1)|2022)/.test(exif.date?.replaceAll(':', '-') ?? '')),
  );

  const like = await ask('--like', right[0] ?? '', '--like', right[1] ?? '', '--sort', 'date');
  const best = like.results.filter((r) => r.group === 'best').map((r) => r.path);
  expect(best).toEqual([...best].sort(newest));
  expect(best).not.toContain(right[0]);
  expect(right.slice(2).filter((path) => best.includes(path)).length).toBeGreaterThan(0);
});
