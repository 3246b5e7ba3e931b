// Opens the library a command works on, and closes it again whatever happens.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ModelInfo } from '@semblance/contract';
import {
  createInspector,
  createModelStore,
  defaultLibraryDirectory,
  defaultModelsDirectory,
  type Engine,
  forkCompute,
  libraryAt,
  listModels,
  type ModelStore,
  openEngine,
} from '@semblance/engine';
import { Interrupted, type Output, UsageError } from './output.ts';

/** The project folder: assets and built pages lie in it. */
const HOME = resolve(import.meta.dirname, '../../..');

const BUNDLED_MODELS = join(HOME, 'assets/models');
const LABEL_PACKS = join(HOME, 'assets/label-packs');
const CITIES = join(HOME, 'assets/places/cities.tsv.br');
const SAMPLES = join(HOME, 'assets/samples');
const PAGES = join(HOME, 'apps/ui/dist');
const PAGES_BUILDER = join(HOME, 'build/ui.ts');
const COMPUTE_PROGRAM = join(HOME, 'packages/compute/src/main.ts');

export const VERSION: string = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')).version;

/** Options that every command on a library takes. */
export interface LibraryOptions {
  library?: string;
  model?: string;
  /** Folder of added models. */
  models?: string;
  /** The only hub that models may come from. */
  hub?: string;
  json?: boolean;
}

export function libraryDirectory(options: LibraryOptions): string {
  return resolve(workingDirectory(), options.library ?? defaultLibraryDirectory());
}

/** npm runs scripts in the project folder; paths on the command line mean the folder the user is in. */
export function workingDirectory(): string {
  return process.env.SEMBLANCE_CWD ?? process.cwd();
}

function modelDirectory(options: LibraryOptions): string {
  return resolve(workingDirectory(), options.model ?? join(BUNDLED_MODELS, 'starter'));
}

function modelsDirectory(options: LibraryOptions): string {
  return resolve(workingDirectory(), options.models ?? defaultModelsDirectory());
}

/** Needs no library and takes no lock. */
export function modelsAtHand(options: LibraryOptions): Promise<ModelInfo[]> {
  return listModels(forkCompute(COMPUTE_PROGRAM), {
    bundled: BUNDLED_MODELS,
    added: modelsDirectory(options),
    active: modelDirectory(options),
  });
}

/** Models that can be added, and those that were; needs no library. */
export function openModels(options: LibraryOptions & { test?: boolean }): ModelStore {
  return createModelStore({
    directory: modelsDirectory(options),
    bundled: BUNDLED_MODELS,
    inspector: createInspector(forkCompute(COMPUTE_PROGRAM)),
    hub: options.hub,
    inUse: () => [basename(modelDirectory(options))],
    tries: options.test !== false,
  });
}

/**
 * @param makes where there is no library one is made, and this is told; without it that is an error: whoever only asks has
 *   mistyped the folder
 * @throws UsageError when there is no library, or only backups of one
 */
export async function openLibrary(
  options: LibraryOptions,
  kind: 'server' | 'cli',
  { makes, offeredFolders = [] }: { makes?: Output; offeredFolders?: readonly string[] } = {},
): Promise<Engine> {
  const directory = libraryDirectory(options);
  const before = libraryAt(directory);
  if (before === 'catalog-lost') {
    throw new UsageError(
      `The catalog of the library in ${directory} is gone. \`semblance doctor --restore\` puts its newest backup there.`,
    );
  }
  if (before === 'none' && makes === undefined) {
    throw new UsageError(`There is no library in ${directory}. \`semblance index <folder>\` makes one.`);
  }
  try {
    return await openThere(options, kind, offeredFolders);
  } finally {
    // Also when it could not be opened after that, by a model that is missing: the folder is there now.
    if (before === 'none' && libraryAt(directory) === 'there') {
      makes?.say(`A new library was made in ${directory}.`);
    }
  }
}

function openThere(
  options: LibraryOptions,
  kind: 'server' | 'cli',
  offeredFolders: readonly string[],
): Promise<Engine> {
  return openEngine({
    libraryDirectory: libraryDirectory(options),
    modelDirectory: modelDirectory(options),
    modelIsFixed: options.model !== undefined,
    bundledModelsDirectory: BUNDLED_MODELS,
    modelsDirectory: modelsDirectory(options),
    ...(options.hub !== undefined && { hub: options.hub }),
    labelPacksDirectory: LABEL_PACKS,
    citiesFile: CITIES,
    samplesDirectory: SAMPLES,
    host: { kind, version: VERSION },
    spawnCompute: forkCompute(COMPUTE_PROGRAM),
    offeredFolders,
  });
}

/** The folder of the built interface; in a checkout where it was never built, it is built now. @throws UsageError */
export function builtPages(): string {
  if (!existsSync(join(PAGES, 'index.html')) && existsSync(PAGES_BUILDER)) {
    spawnSync(process.execPath, [PAGES_BUILDER], { stdio: ['ignore', 2, 2] });
  }
  if (existsSync(join(PAGES, 'index.html'))) return PAGES;
  throw new UsageError('The interface could not be built; the lines above say why.');
}

/**
 * Runs a task on an open library, and closes it whatever happens: also when the user presses Ctrl-C, after the batch in
 * hand. @throws Interrupted then, whatever the task made of it; UsageError when there is no library (see `openLibrary`)
 */
export async function withLibrary<T>(
  options: LibraryOptions,
  task: (engine: Engine) => Promise<T>,
  makes?: Output,
): Promise<T> {
  const opening = openLibrary(options, 'cli', makes === undefined ? {} : { makes });
  let interrupted = false;
  const interrupt = (): void => {
    if (!interrupted) process.stderr.write('\nsemblance: finishing the batch in hand ...\n');
    interrupted = true;
    opening.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const result = await task(await opening);
    if (interrupted) throw new Interrupted();
    return result;
  } catch (error) {
    throw interrupted ? new Interrupted() : error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await opening.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
  }
}
