// A real `semblance serve` on a library of generated pictures, for one test file.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Grounds, type GroundsOptions, makeGrounds } from './host.ts';

const COMMAND = join(import.meta.dirname, '../apps/cli/bin/semblance.mjs');

export interface TestServer extends Grounds {
  /** One-time link. */
  url: string;
  origin: string;
  /** Ends the process the hard way (SIGKILL), as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same library; gives the new one-time link. */
  restart(): Promise<string>;
  close(): Promise<void>;
}

export async function startServer(options: GroundsOptions = {}): Promise<TestServer> {
  const { photos, photoFolder, libraryFolder, env, remove } = await makeGrounds(options);
  let running = await serve(libraryFolder, photoFolder, env);

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  };
  const server: TestServer = {
    url: running.url,
    origin: new URL(running.url).origin,
    photos,
    photoFolder,
    libraryFolder,
    kill: () => end('SIGKILL'),
    async restart() {
      running = await serve(libraryFolder, photoFolder, env, new URL(server.origin).port);
      server.url = running.url;
      return running.url;
    },
    async close() {
      await end('SIGTERM');
      remove();
    },
  };
  return server;
}

async function serve(
  library: string,
  photos: string,
  env: Readonly<Record<string, string | undefined>>,
  port = '0',
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [COMMAND, 'serve', '--library', library, '--roots', photos, '--port', port, '--no-open', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'], env },
  );
  const url = await new Promise<string>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`serve ended with ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => done(JSON.parse(line).url));
  });
  return { child, url };
}
