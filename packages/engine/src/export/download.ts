// Copies for a browser: a file as it is, or a ZIP archive that is written while it is sent.
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { makeZip } from 'client-zip';
import type { ExportFile } from './gather.ts';

/** What could not be read while the archive was sent is named in this file inside of it. */
const MISSING_NAME = 'NOT INCLUDED.txt';

export async function downloadOf(files: readonly ExportFile[], fileName: string): Promise<Response> {
  const [only] = files;
  if (files.length === 1 && only !== undefined) {
    const body = await read(only.path);
    return body === null ? gone() : attachment(body, fileName);
  }
  return attachment(makeZip(entries(files)), fileName);
}

async function* entries(files: readonly ExportFile[]) {
  const missing: string[] = [];
  for (const { path, name, bytes, modifiedAt } of files) {
    const input = await read(path);
    if (input === null) missing.push(path);
    // The size tells early whether the archive needs the format's 64-bit form.
    else yield { name, input, lastModified: new Date(modifiedAt), size: bytes };
  }
  if (missing.length > 0) yield { name: MISSING_NAME, input: `${missing.join('\n')}\n` };
}

async function read(path: string): Promise<ReadableStream<Uint8Array> | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  if (!(await file.stat()).isFile()) {
    await file.close();
    return null;
  }
  return Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
}

function attachment(body: ReadableStream<Uint8Array>, fileName: string): Response {
  const headers = {
    // Never shown in the page, whatever is in it.
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return new Response(body, { headers });
}

function gone(): Response {
  return new Response('The photo cannot be reached now.', { status: 404 });
}
