// The browser for the tests: the one that comes inside a package on Linux x64, else the system's or Playwright's.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/** Set for the test workers once the browser is unpacked. */
export const VARIABLE = 'SEMBLANCE_CHROMIUM';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** Nothing here may look for the outside: no updates, no sync, no field trials. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
];

export function launchOptions(): LaunchOptions {
  const executablePath = process.env[VARIABLE];
  // The packaged build is a full browser: the new headless mode is the same code as the window.
  const args = executablePath === undefined ? ARGUMENTS : ['--headless=new', ...ARGUMENTS];
  return executablePath === undefined ? { args } : { executablePath, args };
}

/** Makes a browser ready. @returns what takes it away again */
export async function provideChromium(): Promise<() => void> {
  // Whoever runs Playwright several times unpacks it once.
  if (process.env[VARIABLE] !== undefined) return () => undefined;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const system = SYSTEM.find((path) => existsSync(path));
    if (system !== undefined) process.env[VARIABLE] = system;
    return () => undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'semblance-chromium-'));
  const before = process.env.TMPDIR;
  // The package unpacks into the system's temporary folder, under a fixed name; give it one of our own.
  process.env.TMPDIR = folder;
  const { default: chromium } = await import('@sparticuz/chromium');
  process.env[VARIABLE] = await chromium.executablePath();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  return () => rmSync(folder, { recursive: true, force: true });
}
