// The desktop app as it was built, started under the double of Electron or in Electron itself.
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, chromium, type Page } from '@playwright/test';
import { launchDouble, type Main } from '@semblance/testkit/electron';
import { VARIABLE } from './chromium.ts';
import {
  type Grounds,
  type GroundsOptions,
  type Host,
  LOCALE,
  makeGrounds,
  speak,
  VIEWPORT,
} from './host.ts';

const ROOT = join(import.meta.dirname, '..');

/** What the built app has around it; the rest of the project is not copied. */
const COPIED = ['apps/desktop/package.json', 'apps/desktop/out', 'apps/ui/dist'];
const LINKED = ['assets', 'node_modules'];

type Place = Grounds & { folder: string; project: string; env: NodeJS.ProcessEnv };

/** A running app, seen alike in both. */
export interface DesktopApp {
  readonly pid: number;
  /** Of the window that it has now; a page that crashed is reached anew. */
  page(): Promise<Page>;
  /** In main. What it uses beyond Electron's API (`double`) is there under the double only. */
  evaluate<Argument, Answer>(
    work: (electron: Main, argument: Argument) => Answer | Promise<Answer>,
    argument: Argument,
  ): Promise<Answer>;
  /** Asks the app to quit. @returns its exit code */
  quit(): Promise<number | null>;
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
}

export interface StartOptions {
  /** Beyond the usual ones. */
  args?: readonly string[];
  /** Under the double only: runs in main before the app does. */
  before?: (electron: Main) => void;
}

export interface DesktopHost extends Host {
  readonly folder: string;
  /** The built app's own copy of the project folder, which a test may spoil. */
  readonly project: string;
  /** The running app; starts it when it does not run. */
  app(): Promise<DesktopApp>;
  /** Starts it in a way of its own. It must not run. */
  start(options: StartOptions): Promise<DesktopApp>;
  /** Another one with the same profile, as a second click on the icon starts it. @returns its exit code */
  startAnother(args: readonly string[]): Promise<number | null>;
}

/** Path of Electron's executable; null where it was not installed. */
export function electronBinary(): string | null {
  const folder = join(ROOT, 'node_modules/electron');
  const file = join(folder, 'path.txt');
  if (!existsSync(file)) return null;
  const path = join(folder, 'dist', readFileSync(file, 'utf8').trim());
  return existsSync(path) ? path : null;
}

export async function startDesktop(
  kind: 'double' | 'electron',
  options: GroundsOptions = {},
): Promise<DesktopHost> {
  const made = await makeGrounds(options);
  const grounds: Place = { ...made, project: join(made.folder, 'project') };
  copyProject(grounds.project);
  let running: DesktopApp | null = null;

  const app = async (): Promise<DesktopApp> => running ?? start({});

  async function start(how: StartOptions): Promise<DesktopApp> {
    if (running !== null) throw new Error('The app runs already.');
    const started = kind === 'double' ? startDouble(grounds, how) : await startElectron(grounds, how);
    running = started;
    void started.ended.then(() => {
      if (running === started) running = null;
    });
    // A test may ask main before it asks for the window.
    await started.page();
    await answerFolderDialog(started, grounds.photoFolder);
    return started;
  }

  return {
    ...grounds,
    kind,
    addFolder: { en: 'Choose a folder…', tr: 'Klasör seç…' },
    app,
    start,
    async open(language) {
      const wasRunning = running !== null;
      const started = await app();
      const page = await started.page();
      await page.setViewportSize(VIEWPORT);
      if (language !== undefined) await speak(page, language);
      if (wasRunning || language !== undefined) await beginAnew(started);
      return page;
    },
    async startAnother(args) {
      if (kind === 'electron')
        throw new Error('Playwright waits for a window, and another instance has none.');
      const another = launchDouble(launchOf(grounds, { args }));
      return another.ended;
    },
    async kill() {
      await running?.kill();
    },
    async close() {
      await running?.quit();
      made.remove();
    },
  };
}

/** The window as after a new installation: nothing kept, at the start page. */
async function beginAnew(app: DesktopApp): Promise<void> {
  await app.evaluate(async ({ BrowserWindow, session }) => {
    const [window] = BrowserWindow.getAllWindows();
    await session.defaultSession.clearStorageData();
    await window?.loadURL('app://semblance/');
  }, null);
}

async function answerFolderDialog(app: DesktopApp, folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
}

function copyProject(project: string): void {
  for (const path of COPIED) cpSync(join(ROOT, path), join(project, path), { recursive: true });
  for (const path of LINKED) symlinkSync(join(ROOT, path), join(project, path));
}

function appOf({ project }: Place): string {
  return join(project, 'apps/desktop');
}

function switches({ libraryFolder, folder, env }: Place): string[] {
  return [
    `--user-data-dir=${join(folder, 'profile')}`,
    `--library=${libraryFolder}`,
    `--models=${env.SEMBLANCE_MODELS}`,
    `--hub=${env.SEMBLANCE_HUB}`,
    `--lang=${LOCALE}`,
  ];
}

function launchOf(place: Place, { args = [], before }: StartOptions): Parameters<typeof launchDouble>[0] {
  return {
    app: appOf(place),
    args: [...switches(place), ...args],
    chromium: executable(),
    env: place.env,
    before,
  };
}

function executable(): string {
  return process.env[VARIABLE] ?? chromium.executablePath();
}

function startDouble(grounds: Place, how: StartOptions): DesktopApp {
  const app = launchDouble(launchOf(grounds, how));
  let browser: Browser | null = null;
  let crashed = false;
  return {
    ...app,
    async page() {
      const endpoint = await app.endpoint;
      const usable = crashed ? null : windowOf(browser);
      if (usable !== null) return usable;
      await browser?.close();
      crashed = false;
      browser = await chromium.connectOverCDP(endpoint);
      const [context] = browser.contexts();
      const page = windowOf(browser) ?? (await context?.waitForEvent('page'));
      if (page === undefined) throw new Error('The app has no window.');
      await page.waitForURL(/^https:/);
      page.once('crash', () => {
        crashed = true;
      });
      return page;
    },
    async quit() {
      // The app ends while it answers.
      await app.evaluate(({ app }) => app.quit(), null).catch(() => undefined);
      const code = await app.ended;
      await browser?.close().catch(() => undefined);
      return code;
    },
    async kill() {
      await app.kill();
      await browser?.close().catch(() => undefined);
      browser = null;
    },
  };
}

function windowOf(browser: Browser | null): Page | null {
  if (browser?.isConnected() !== true) return null;
  return (
    browser
      .contexts()[0]
      ?.pages()
      .find((page) => !page.isClosed()) ?? null
  );
}

async function startElectron(grounds: Place, { args = [] }: StartOptions): Promise<DesktopApp> {
  const set = Object.entries(grounds.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const app = await _electron.launch({
    args: [appOf(grounds), ...switches(grounds), ...args],
    env: Object.fromEntries(set),
  });
  const child = app.process();
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return {
    pid: child.pid ?? 0,
    ended,
    page: () => app.firstWindow(),
    evaluate: (work, argument) =>
      app.evaluate(work as never, argument as never) as ReturnType<DesktopApp['evaluate']> as never,
    async quit() {
      await app.close();
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
