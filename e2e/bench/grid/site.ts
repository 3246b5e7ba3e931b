// The window as it ships, on its fake engine with so many photos, and thumbnails as the engine makes them.
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import sharp from 'sharp';
import { build } from 'vite';

export interface Site {
  url: string;
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../../../apps/ui');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const RATIOS = [1.5, 1.5, 0.667, 1.333, 1.5, 1.778, 0.75, 1, 1.5, 2.4];
const KINDS = 48;
/** Of the engine's thumbnails: pixels of the shorter side. */
const SIDE = 320;

export async function serveSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-bench-'));
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, rolldownOptions: { input: join(ROOT, 'dev/index.html') } },
  });
  const pictures = await Promise.all(Array.from({ length: KINDS }, (_, kind) => thumbnail(kind)));
  const catalog = JSON.stringify(
    Array.from({ length: KINDS }, (_, kind) => ({
      ratio: ratio(kind),
      placeholder: 'HBkSHYSIeHiPiHh8eJd4eTN0EEQG',
    })),
  );
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const id = /^\/media\/(?:thumb|full)\/([0-9a-f]{20})/.exec(path)?.[1];
    if (id !== undefined) {
      response.setHeader('content-type', 'image/webp');
      response.setHeader('cache-control', 'private, max-age=31536000, immutable');
      response.end(pictures[Number.parseInt(id.slice(-8), 16) % KINDS]);
      return;
    }
    if (path === '/media/catalog.json') {
      response.setHeader('content-type', 'application/json');
      response.end(catalog);
      return;
    }
    const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
    if (!file.startsWith(folder + sep)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/dev/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ratio(kind: number): number {
  return RATIOS[kind % RATIOS.length] ?? 1.5;
}

/** Noise over a colour: it weighs about what a photo's thumbnail weighs. */
async function thumbnail(kind: number): Promise<Buffer> {
  const width = Math.round(SIDE * Math.max(1, ratio(kind)));
  const height = Math.round(width / ratio(kind));
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: (kind * 53) % 256, g: (kind * 97) % 256, b: (kind * 29) % 256 },
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .blur(2)
    .webp({ quality: 75 })
    .toBuffer();
}
