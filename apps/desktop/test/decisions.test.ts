import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldersOf, parseCommandLine } from '../src/main/decisions/command-line.ts';
import { placesOf } from '../src/main/decisions/places.ts';
import { createRestartBudget } from '../src/main/decisions/restart-budget.ts';
import { childEnvironment } from '../src/shared/child-environment.ts';

describe('the restart budget', () => {
  it('is spent by deaths in quick succession and comes back with time', () => {
    const may = createRestartBudget({ restarts: 3, windowMs: 1000 });
    expect([0, 10, 20, 30].map(may)).toEqual([true, true, true, false]);
    expect(may(999)).toBe(false);
    expect(may(1005)).toBe(true);
    expect(may(1006)).toBe(false);
  });
});

describe('the command line', () => {
  const here = resolve(sep, 'home', 'ada');

  it.each([
    [[], { library: null, models: null, hub: null, folders: [] }],
    [['Pictures'], { library: null, models: null, hub: null, folders: [join(here, 'Pictures')] }],
    [
      ['--library=lib', 'a', 'b'],
      { library: join(here, 'lib'), models: null, hub: null, folders: [join(here, 'a'), join(here, 'b')] },
    ],
    [['--library', 'lib'], { library: join(here, 'lib'), models: null, hub: null, folders: [] }],
    [
      ['--models=big', 'a'],
      { library: null, models: join(here, 'big'), hub: null, folders: [join(here, 'a')] },
    ],
    [['--hub=https://mirror.example', '--hub'], { library: null, models: null, hub: null, folders: [] }],
    [
      ['--hub', 'https://mirror.example', 'a'],
      { library: null, models: null, hub: 'https://mirror.example', folders: [join(here, 'a')] },
    ],
    [['--library'], { library: null, models: null, hub: null, folders: [] }],
    [
      ['--disable-gpu', '-psn_0_123', '--inspect=9229', ''],
      { library: null, models: null, hub: null, folders: [] },
    ],
    [['--', '--odd name'], { library: null, models: null, hub: null, folders: [join(here, '--odd name')] }],
  ])('%j', (args, wishes) => {
    expect(parseCommandLine(args, here)).toEqual(wishes);
  });

  it.each([undefined, null, 'a', {}, { folders: 'a' }, { folders: [1, '', null] }])(
    'of another instance may be nonsense: %j',
    (sent) => {
      expect(foldersOf(sent)).toEqual([]);
    },
  );

  it('of another instance names folders', () => {
    expect(foldersOf({ folders: ['/a', 7, '/b'] })).toEqual(['/a', '/b']);
  });
});

describe('the places', () => {
  const resources = join(sep, 'opt', 'Semblance', 'resources');
  const packed = { isPackaged: true, appPath: join(resources, 'app.asar'), resources };
  const outside = join(resources, 'app.asar.unpacked');

  it('of compute and models lie outside app.asar when packed', () => {
    const places = placesOf({ ...packed, platform: 'linux' });
    expect(places.computeProgram).toBe(join(outside, 'apps', 'desktop', 'out', 'compute', 'compute.mjs'));
    expect(places.models).toBe(join(outside, 'assets', 'models'));
    expect(places.cities).toBe(join(packed.appPath, 'assets', 'places', 'cities.tsv.br'));
    expect(places.engineProgram).toBe(join(packed.appPath, 'apps', 'desktop', 'out', 'engine', 'engine.mjs'));
    expect(places.pages).toBe(join(packed.appPath, 'apps', 'ui', 'dist'));
  });

  it('start compute in the packed plain Node on Linux, and through main elsewhere', () => {
    const { computeStart, computeProgram } = placesOf({ ...packed, platform: 'linux' });
    expect(computeStart).toEqual({
      kind: 'node',
      executable: join(resources, 'node', 'node'),
      program: computeProgram,
    });
    for (const platform of ['darwin', 'win32'] as const)
      expect(placesOf({ ...packed, platform }).computeStart).toEqual({ kind: 'host' });
  });

  it('are those of the project in development', () => {
    const project = join(sep, 'src', 'semblance');
    const places = placesOf({
      platform: 'linux',
      isPackaged: false,
      appPath: join(project, 'apps', 'desktop'),
      resources,
    });
    expect(places.pages).toBe(join(project, 'apps', 'ui', 'dist'));
    expect(places.models).toBe(join(project, 'assets', 'models'));
    expect(places.computeStart).toMatchObject({
      executable: join(project, 'node_modules', 'node', 'bin', 'node'),
    });
  });
});

describe('the environment of child processes', () => {
  it('leaves out what would change how Node starts, and has nothing told of what is done', () => {
    const given = {
      PATH: '/bin',
      ORT_DISABLE_TELEMETRY: '0',
      MALLOC_MMAP_THRESHOLD_: '131072',
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_PATH: '/x',
      EMPTY: undefined,
    };
    const kept = { PATH: '/bin', ORT_DISABLE_TELEMETRY: '1' };
    expect(childEnvironment(given)).toEqual(kept);
    expect(childEnvironment(given, 5)).toEqual({ ...kept, UV_THREADPOOL_SIZE: '5' });
  });
});
