// `npm start [folder] [-- --browser]`: opens the desktop app, or the same app in the browser where Electron's
// runtime cannot be had. Never silently: it says which one and why.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, runTool } from './steps.ts';
import { buildUiWhenStale } from './ui.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: 'boolean', default: false },
    library: { type: 'string' },
    port: { type: 'string' },
  },
});
const here = process.env.SEMBLANCE_CWD ?? process.cwd();
const folders = positionals.map((folder) => resolve(here, folder));

process.exitCode = await start();

async function start(): Promise<number> {
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined) return complain(`The folder ${missing} does not exist.`);
  if (!buildUiWhenStale()) return complain('The user interface could not be built; the lines above say why.');
  if (values.browser) return openInBrowser();
  const electron = findElectron();
  if (electron === null) {
    console.error(
      "semblance: Electron's runtime cannot be had here, so the same app opens in the browser. Everything stays on this machine.",
    );
    return openInBrowser();
  }
  if (runTool('electron-vite', ['build', '--config', 'electron.vite.config.ts'], 'apps/desktop') !== 0) {
    return complain('The desktop app could not be built; the lines above say why.');
  }
  const library = values.library === undefined ? [] : [`--library=${resolve(here, values.library)}`];
  return follow(electron, [join(ROOT, 'apps/desktop'), ...library, ...folders]);
}

/** The runtime if it is here or can be fetched (about 120 MB, once); null otherwise. */
function findElectron(): string | null {
  const folder = join(ROOT, 'node_modules/electron');
  const located = (): string | null => {
    const name = join(folder, 'path.txt');
    const path = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8')) : null;
    return path !== null && existsSync(path) ? path : null;
  };
  if (located() !== null) return located();
  console.error("semblance: fetching Electron's runtime (first run) ...");
  spawnSync(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 600_000,
  });
  return located();
}

function openInBrowser(): Promise<number> {
  const offered = folders.length > 0 ? folders : picturesFolder();
  const options = [
    ...(values.library === undefined ? [] : ['--library', resolve(here, values.library)]),
    ...(values.port === undefined ? [] : ['--port', values.port]),
    ...(offered.length === 0 ? [] : ['--roots', ...offered]),
  ];
  return follow(process.execPath, [join(ROOT, 'apps/cli/bin/semblance.mjs'), 'serve', ...options]);
}

/** A browser cannot show a folder dialog, so the user's own pictures folder is offered when none was named. */
function picturesFolder(): string[] {
  const home = homedir();
  const names = join(process.env.XDG_CONFIG_HOME ?? join(home, '.config'), 'user-dirs.dirs');
  const localized = existsSync(names)
    ? /^XDG_PICTURES_DIR="(.+)"$/m.exec(readFileSync(names, 'utf8'))?.[1]?.replace('$HOME', home)
    : undefined;
  return [localized ?? join(home, 'Pictures')].filter((folder) => existsSync(folder));
}

/** Runs a program to its end. What is sent to this process is meant for it. */
function follow(program: string, args: string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => child.kill(signal));
    child.on('exit', (code) => done(code ?? 1));
    child.on('error', (error) => done(complain(error.message)));
  });
}

function complain(sentence: string): number {
  console.error(`semblance: ${sentence}`);
  return 1;
}
