// The window on its fake engine (apps/ui/dev), served as a developer has it.
import { join } from 'node:path';
import { createServer } from 'vite';

export interface DevServer {
  /** Of the page; the state follows as a query. */
  url: string;
  close(): Promise<void>;
}

export async function startDevServer(): Promise<DevServer> {
  const root = join(import.meta.dirname, '../apps/ui');
  const vite = await createServer({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await vite.listen();
  const address = vite.httpServer?.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/dev/`, close: () => vite.close() };
}
