// Starts the Chromium that shows the double's windows. It ends with this process: its pipe closes.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { NEVER_RESOLVED } from './addresses.ts';
import { type Cdp, createCdp } from './cdp.ts';

export interface Chromium {
  readonly cdp: Cdp;
  /** Where a second client (Playwright) may connect. */
  readonly endpoint: string;
  close(): Promise<void>;
}

const SWITCHES = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-default-apps',
  '--disable-extensions',
  '--password-store=basic',
  '--force-color-profile=srgb',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--use-fake-device-for-media-stream',
  // A window that a page asks for is main's to open, as in Electron.
  '--block-new-web-contents',
  // One process, and so one session of the protocol, for a page and its frames.
  '--disable-features=IsolateOrigins,site-per-process,Translate,MediaRouter,LocalNetworkAccessChecks,OptimizationHints',
  `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, MAP *.${NEVER_RESOLVED} ~NOTFOUND`,
  '--remote-debugging-pipe',
  '--remote-debugging-port=0',
];

export async function startChromium(
  executable: string,
  profile: string,
  language: string,
): Promise<Chromium> {
  mkdirSync(profile, { recursive: true });
  const child = spawn(executable, [...SWITCHES, `--lang=${language}`, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LANGUAGE: language },
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const endpoint = await new Promise<string>((done, fail) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length > 100_000) return;
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) done(address);
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`Chromium ended with ${code}: ${said}`)));
  });
  const [, , , input, output] = child.stdio;
  const cdp = createCdp(input as Writable, output as Readable);
  return {
    cdp,
    endpoint,
    async close() {
      cdp.send('Browser.close').catch(() => undefined);
      const limit = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await exited;
      clearTimeout(limit);
    },
  };
}
