// The two schemes of the window: app:// for the built pages, media:// for pictures by id.
import { promises as fs } from 'node:fs';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { isBelow } from '../shared/is-below.ts';
import { mayLoadMedia } from './decisions/navigation.ts';
import { MEDIA_SCHEME, PAGE_SCHEME } from './decisions/origin.ts';
import { pagePath } from './decisions/page-path.ts';
import { contentType, PAGE_HEADERS } from './decisions/response-headers.ts';
import type { Engine } from './engine.ts';
import { unavailable } from './media-client.ts';

/** Must run before the app is ready. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges },
    { scheme: MEDIA_SCHEME, privileges },
  ]);
}

export function servePages(directory: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    if (!reads(request)) return refuse(405);
    const path = pagePath(directory, request.url);
    const type = path === null ? null : contentType(extname(path));
    if (path === null || type === null) return refuse(404);
    try {
      // A link inside the folder must not lead out of it either.
      const [base, real] = await Promise.all([fs.realpath(directory), fs.realpath(path)]);
      if (!isBelow(base, real)) return refuse(404);
      const body = new Uint8Array(await fs.readFile(real));
      return new Response(body, { headers: { ...PAGE_HEADERS, 'content-type': type } });
    } catch {
      return refuse(404);
    }
  });
}

export function serveMedia(engine: Engine): void {
  protocol.handle(MEDIA_SCHEME, async (request) => {
    if (!reads(request)) return refuse(405);
    if (!mayLoadMedia((request as { initiatorOrigin?: unknown }).initiatorOrigin)) return refuse(403);
    if (!engine.isRunning()) return unavailable();
    const headers: Record<string, string> = {};
    for (const name of ['range', 'if-none-match']) {
      const value = request.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    return engine.media.fetch({ method: request.method, url: request.url, headers });
  });
}

function reads(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS });
}
