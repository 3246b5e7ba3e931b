// The double's `electron` program: `node run.ts <app folder> [arguments]`. Starts Chromium, gives the app's own main
// bundle the double for `electron`, and runs it as it was built.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium.ts';
import { double } from './controls.ts';
import electron from './electron.ts';
import { becomeReady } from './modules/app.ts';
import { closeAllWindows } from './modules/browser-window.ts';
import { closeChromium, profileFolder, setChromium, setLaunch } from './state.ts';

/** What the launcher (launch.ts) says. */
export type ToDouble = { evaluate: string; argument: unknown; id: number };
export type FromDouble =
  | { endpoint: string }
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; message: string };

const [, , folder = '.', ...args] = process.argv;
const appFolder = resolve(folder);
const userData = switchOf('--user-data-dir=');
const executable = process.env.DOUBLE_CHROMIUM;
if (userData === undefined || executable === undefined)
  throw new Error('The double needs --user-data-dir=<folder> and the environment variable DOUBLE_CHROMIUM.');
const language = switchOf('--lang=') ?? 'en-GB';

setLaunch({ appFolder, userData: resolve(userData), chromium: executable, language });
process.argv.splice(0, process.argv.length, process.execPath, folder, ...args);
Object.assign(process, { defaultApp: true, type: 'browser', resourcesPath: join(appFolder, 'resources') });
Object.defineProperty(process.versions, 'electron', { value: 'double' });
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron' && specifier !== 'electron/main') return next(specifier, context);
    return { url: pathToFileURL(join(import.meta.dirname, 'electron.ts')).href, shortCircuit: true };
  },
});

process.on('message', (message: ToDouble) => void evaluate(message));
// The launcher is gone, by accident or not; so is everything it launched.
process.on('disconnect', () => void closeChromium().finally(() => process.exit(1)));

const { DOUBLE_BEFORE: before } = process.env;
delete process.env.DOUBLE_BEFORE;
if (before !== undefined) new Function(`return (${before})`)()({ ...electron, double });

const manifest = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
const main = pathToFileURL(join(appFolder, manifest.main)).href;
// As in Electron: `ready` comes after the main script has run, and a second instance never gets that far.
await import(main);
const chromium = await startChromium(executable, profileFolder(), language);
setChromium(chromium);
tell({ endpoint: chromium.endpoint });
becomeReady(closeAllWindows);

async function evaluate({ evaluate: source, argument, id }: ToDouble): Promise<void> {
  try {
    const run = new Function(`return (${source})`)();
    tell({ id, ok: true, value: await run({ ...electron, double }, argument) });
  } catch (error) {
    tell({ id, ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function tell(message: FromDouble): void {
  if (process.connected) process.send?.(message);
}

function switchOf(prefix: string): string | undefined {
  return args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
}
