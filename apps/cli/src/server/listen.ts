// Binds the browser host to 127.0.0.1 and takes it down again.
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Engine } from '@semblance/engine';
import { createApp } from './app.ts';
import { createSessions } from './security.ts';

export interface ServerOptions {
  engine: Engine;
  pages: string;
  /** Holds `serve-link`, the current one-time link, readable by its owner only. */
  libraryDirectory: string;
  /** 0 picks a free port. */
  port: number;
  /** A link was used; this is the next one, for another browser. */
  onNextLink?: (url: string) => void;
}

export interface LocalServer {
  /** The one-time link to open. */
  url: string;
  close(): Promise<void>;
}

/** @throws Error with code EADDRINUSE when the port is taken */
export async function listen(options: ServerOptions): Promise<LocalServer> {
  const { engine, pages, libraryDirectory, port } = options;
  let bound = port;
  let open = false;
  let latest = '';
  let written: Promise<unknown> = Promise.resolve();
  const link = (): string => `http://127.0.0.1:${bound}/?token=${latest}`;
  const sessions = createSessions((token) => {
    latest = token;
    // The first link is written once the port is known.
    if (!open) return;
    written = written.then(() => writeLink());
    options.onNextLink?.(link());
  });
  const writeLink = (): Promise<void> =>
    writeFile(join(libraryDirectory, 'serve-link'), `${link()}\n`, { mode: 0o600 });

  const app = createApp({ engine, sessions, pages, port: () => bound });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address: AddressInfo) => {
      bound = address.port;
      resolve(starting);
    });
    starting.once('error', reject);
  });
  open = true;
  await writeLink();
  return {
    url: link(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Progress streams never end by themselves.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
