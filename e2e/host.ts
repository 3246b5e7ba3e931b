// What a spec needs of the program under test, whichever shows the window: the server for a browser, or the desktop
// app (under the double of Electron, or in Electron itself).
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { type LibraryPhoto, writeLibrary } from '@semblance/testkit';

export type HostKind = 'browser' | 'double' | 'electron';
export type Language = 'en' | 'tr';

/** Photos on the disk, and a folder for the library. */
export interface Grounds {
  photos: LibraryPhoto[];
  photoFolder: string;
  libraryFolder: string;
}

export interface Host extends Grounds {
  readonly kind: HostKind;
  /** On the button of the first run that adds `photoFolder`: the server offers it, the native dialog chooses it. */
  readonly addFolder: Readonly<Record<Language, string>>;
  /** A window that remembers nothing of an earlier one; starts the program when it does not run. */
  open(language?: Language): Promise<Page>;
  /** Ends the program the hard way (SIGKILL), as a crash would. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface GroundsOptions {
  /** Photos to make. */
  count?: number;
  /** Of the program, beyond what the tests have. */
  env?: Readonly<Record<string, string>>;
  /** Before the program starts: what else there is on the disk. */
  prepare?(grounds: Grounds): Promise<void>;
}

/** In a folder of its own; `remove` takes it away. */
export async function makeGrounds({
  count = 24,
  env = {},
  prepare,
}: GroundsOptions = {}): Promise<
  Grounds & { folder: string; env: Readonly<Record<string, string | undefined>>; remove(): void }
> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-e2e-'));
  const photoFolder = join(folder, 'photos');
  const grounds: Grounds = {
    photoFolder,
    libraryFolder: join(folder, 'library'),
    photos: await makePhotos(photoFolder, count),
  };
  await prepare?.(grounds);
  return {
    ...grounds,
    folder,
    env: { ...process.env, ...apart(folder), ...env },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Models of its own, and a hub that nobody answers at: no test reads a person's models or leaves the machine. */
function apart(folder: string): Record<string, string> {
  return { SEMBLANCE_MODELS: join(folder, 'models'), SEMBLANCE_HUB: 'http://127.0.0.1:9' };
}

/** A folder for the run's photos, where one is set: they are drawn once and copied for each file of tests. */
export const PHOTOS_VARIABLE = 'SEMBLANCE_E2E_PHOTOS';

async function makePhotos(folder: string, count: number): Promise<LibraryPhoto[]> {
  const drawn = process.env[PHOTOS_VARIABLE];
  if (drawn === undefined) return writeLibrary(folder, { count, seed: 7 });
  const model = join(drawn, String(count));
  const list = join(model, '.photos.json');
  if (!existsSync(list)) {
    const part = `${model}.${process.pid}`;
    const photos = await writeLibrary(part, { count, seed: 7 });
    const named = photos.map((photo) => ({ ...photo, path: relative(part, photo.path) }));
    writeFileSync(join(part, '.photos.json'), JSON.stringify(named));
    renameSync(part, model);
  }
  const filter = (path: string): boolean => path !== list;
  cpSync(model, folder, { recursive: true, preserveTimestamps: true, filter });
  const named: LibraryPhoto[] = JSON.parse(readFileSync(list, 'utf8'));
  return named.map((photo) => ({ ...photo, path: join(folder, photo.path) }));
}

export const VIEWPORT = { width: 1440, height: 900 };
export const LOCALE = 'en-GB';

/** Before any script of the page runs: which language the person has chosen. */
export async function speak(page: Page, language: Language): Promise<void> {
  await page.addInitScript(
    (settings) => window.localStorage.setItem('semblance.settings', settings),
    JSON.stringify({ language }),
  );
}
