// `semblance serve`: the app in a browser, from this machine to this machine.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type PaceChoice, SemblanceError } from '@semblance/contract';
import open from 'open';
import { type Output, UsageError } from '../output.ts';
import { listen } from '../server/listen.ts';
import {
  builtPages,
  type LibraryOptions,
  libraryDirectory,
  openLibrary,
  workingDirectory,
} from '../session.ts';

export interface ServeOptions extends LibraryOptions {
  roots?: string[];
  port: number;
  open: boolean;
  pace?: PaceChoice;
}

export async function serve(options: ServeOptions, output: Output): Promise<void> {
  const pages = builtPages();
  const roots = (options.roots ?? []).map((root) => resolve(workingDirectory(), root));
  const missing = roots.find((root) => !statSync(root, { throwIfNoEntry: false })?.isDirectory());
  if (missing !== undefined)
    throw new SemblanceError('FOLDER_NOT_FOUND', `The folder ${missing} does not exist.`);
  const engine = await openLibrary(options, 'server', { makes: output, offeredFolders: roots });
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });
  try {
    const server = await listen({
      engine,
      pages,
      libraryDirectory: libraryDirectory(options),
      port: options.port,
      ...(!output.json && { onNextLink: (url: string) => output.say(`For another browser: ${url}`) }),
    }).catch((error) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
      throw new UsageError(
        `Port ${options.port} cannot be used. Choose another one with --port, or 0 for any.`,
      );
    });
    if (options.pace !== undefined) engine.services.pace.insist(options.pace);
    engine.start();
    output.answer({ url: server.url }, () => `Semblance is open at ${server.url}\nPress Ctrl-C to close it.`);
    if (options.open && !output.json) await open(server.url).catch(() => undefined);
    await stopped;
    await server.close();
  } catch (error) {
    if (error instanceof SemblanceError || error instanceof UsageError) throw error;
    throw new Error(`The server stopped: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  } finally {
    await engine.dispose();
  }
}
