// Where everything lies: in the packed app, or in the project folder in development.
import { join } from 'node:path';
import type { ComputeStart } from '../../shared/messages.ts';

export interface Facts {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  /** `app.getAppPath()`: `<resources>/app.asar` when packed, `apps/desktop` otherwise. */
  appPath: string;
  /** `process.resourcesPath`. */
  resources: string;
}

export interface Places {
  /** Folder of the built user interface. */
  pages: string;
  preload: string;
  engineProgram: string;
  /** Runs in plain Node on Linux, so it and all that it loads lie outside app.asar. */
  computeProgram: string;
  computeStart: ComputeStart;
  /** Folder with the bundled models; `starter` is one of them. */
  models: string;
  labelPacks: string;
  /** Pictures to try the app with. */
  samples: string;
  /** Pictures of the app's icon, by side. */
  icons: string;
  /** Table of cities, for where photos were taken. */
  cities: string;
}

/** The packed app mirrors the project folder (electron-builder.yml), so one set of paths serves both. */
export function placesOf(facts: Facts): Places {
  const { appPath, isPackaged } = facts;
  const project = isPackaged ? appPath : join(appPath, '..', '..');
  const outside = unpacked(project);
  const programs = join('apps', 'desktop', 'out');
  const computeProgram = join(outside, programs, 'compute', 'compute.mjs');
  return {
    pages: join(project, 'apps', 'ui', 'dist'),
    preload: join(project, programs, 'preload', 'preload.cjs'),
    engineProgram: join(project, programs, 'engine', 'engine.mjs'),
    computeProgram,
    computeStart: computeStart(facts, project, computeProgram),
    models: join(outside, 'assets', 'models'),
    labelPacks: join(project, 'assets', 'label-packs'),
    samples: join(outside, 'assets', 'samples'),
    icons: join(project, 'assets', 'icons'),
    cities: join(project, 'assets', 'places', 'cities.tsv.br'),
  };
}

// [Note: Plain Node for compute on Linux] sharp brings its own libvips and GLib; Electron has GTK's GLib in the
// process already, and the two clash (lovell/sharp#4522, electron/electron#46323). So on Linux compute runs in a
// plain `node` that is packed with the app. Elsewhere it is a utility process, which only main can start.
function computeStart(facts: Facts, project: string, program: string): ComputeStart {
  if (facts.platform !== 'linux') return { kind: 'host' };
  const executable = facts.isPackaged
    ? join(facts.resources, 'node', 'node')
    : join(project, 'node_modules', 'node', 'bin', 'node');
  return { kind: 'node', executable, program };
}

/** The place of an unpacked file: programs that are not Electron cannot look into app.asar. */
function unpacked(appPath: string): string {
  return appPath.replace(/app\.asar$/, 'app.asar.unpacked');
}
