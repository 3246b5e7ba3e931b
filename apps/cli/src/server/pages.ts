// Files of the built user interface. Only what lies in its folder, only known types.
import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
};

/** @param pathname of the URL, still percent-encoded; `/` is the start page. Null: no such file. */
export async function readPage(
  directory: string,
  pathname: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> } | null> {
  const name = decode(pathname);
  if (name === null) return null;
  const type = TYPES[extname(name).toLowerCase()];
  if (type === undefined) return null;
  try {
    const base = await realpath(directory);
    const path = await realpath(join(base, name));
    const inside = relative(base, path);
    if (inside.startsWith('..') || isAbsolute(inside)) return null;
    return {
      body: new Uint8Array(await readFile(path)),
      headers: {
        'content-type': type,
        // The bundler puts a hash into every asset's name; the page itself must always be asked for again.
        'cache-control': name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
      },
    };
  } catch {
    return null;
  }
}

function decode(pathname: string): string | null {
  try {
    const name = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
    return name.includes('\0') || name.includes('\\') ? null : name;
  } catch {
    return null;
  }
}
