// The browser host: the same engine, contract and interface as the desktop app, over HTTP on 127.0.0.1.
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/fetch';
import type { Engine } from '@semblance/engine';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { readPage } from './pages.ts';
import { type createSessions, refuseRequest, SECURITY_HEADERS } from './security.ts';

/**
 * No request of the interface is larger: a picture dropped on the search is 8 MB, and base64 a third more. A selection of
 * 100,000 ids (`MAX_SELECTION`) is 2.5 MB.
 */
const MAX_BODY_BYTES = 12 * 1024 * 1024;

export interface AppOptions {
  engine: Engine;
  sessions: ReturnType<typeof createSessions>;
  /** Folder of the built interface. */
  pages: string;
  port: () => number;
}

export function createApp({ engine, sessions, pages, port }: AppOptions): Hono {
  const rpc = new RPCHandler(engine.router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: MAX_BODY_BYTES })],
  });
  const app = new Hono();
  // Cookies know no ports: two servers on one machine must not overwrite each other's.
  const cookie = (): string => `semblance-${port()}`;

  app.use(async (c, next) => {
    const header = (name: string): string | null => c.req.header(name) ?? null;
    const refusal = refuseRequest(
      {
        method: c.req.method,
        host: header('host'),
        origin: header('origin'),
        fetchSite: header('sec-fetch-site'),
      },
      port(),
    );
    if (refusal !== null) return c.text(refusal.sentence, refusal.status);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
  });

  app.get('/', async (c, next) => {
    const token = c.req.query('token');
    if (token === undefined) return next();
    const session = sessions.exchange(token);
    if (session !== null) setCookie(c, cookie(), session, { httpOnly: true, sameSite: 'Strict', path: '/' });
    // Also when the link was used before: whoever holds a session goes on, others are told by the interface.
    return c.redirect('/', 302);
  });

  for (const path of ['/rpc/*', '/media/*']) {
    app.use(path, async (c, next) => {
      if (!sessions.valid(getCookie(c, cookie())))
        return c.text('Open the link that the terminal printed.', 401);
      return next();
    });
  }

  app.post('/rpc/*', async (c) => {
    const { response } = await rpc.handle(c.req.raw, { prefix: '/rpc', context: {} });
    return response ?? c.notFound();
  });

  app.on(['GET', 'HEAD'], '/media/*', (c) => engine.media(c.req.raw));

  app.get('*', async (c) => {
    const page = await readPage(pages, new URL(c.req.url).pathname);
    return page === null ? c.notFound() : c.body(page.body, 200, page.headers);
  });

  return app;
}
