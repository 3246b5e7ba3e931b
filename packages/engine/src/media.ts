// Pictures for a window, by photo id: one Request -> Response handler for the browser host and the desktop app.
// A path never comes from outside; the catalog's own path is still checked against its folder before it is opened.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Catalog } from '@semblance/catalog';
import type { ComputeFunctions } from '@semblance/compute';
import { type MediaKind, photoId } from '@semblance/contract';
import { isInside } from '@semblance/scan';
import { type ComputeClient, ComputeGone } from './compute/client.ts';

/** Formats that every supported browser shows by itself, with their media types. SVG is never among them. */
const SHOWN_BY_BROWSERS: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
};
/** Longer side of what is rendered for a browser that cannot show the original: pixels. */
const RENDITION_SIDE = 2560;
/** The same of a picture for the clipboard: four times a large screen, and what other programs still take. */
const COPY_SIDE = 4096;
/** The URL changes with the picture, so what it names never does. */
const FOREVER = 'private, max-age=31536000, immutable';

/** Where a photo's picture comes from. */
interface PhotoSource {
  contentHash: string;
  format: string;
  /** Its best file and the folder that file must lie in; null when none can be reached. */
  file: { path: string; folder: string } | null;
}

export interface MediaDeps {
  catalog: Catalog;
  compute: ComputeClient;
  thumbnailDirectory: string;
}

export function createMedia(deps: MediaDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET and HEAD.');
    const target = parse(request.url);
    if (target === null) return refuse(404, 'No such picture.');
    const source = sourceOf(deps.catalog, target.id);
    if (source === null) return refuse(404, 'No such photo.');
    const etag = `"${target.kind}-${source.contentHash}"`;
    if (request.headers.get('if-none-match') === etag) {
      return new Response(null, { status: 304, headers: { etag, 'cache-control': FOREVER } });
    }
    try {
      const response = await ANSWERS[target.kind](deps, source);
      if (response.status === 200) {
        response.headers.set('etag', etag);
        response.headers.set('cache-control', FOREVER);
        response.headers.set('x-content-type-options', 'nosniff');
      }
      if (request.method !== 'HEAD') return response;
      await response.body?.cancel();
      return new Response(null, response);
    } catch (error) {
      if (error instanceof ComputeGone) return refuse(503, 'The picture process had to restart.');
      return refuse(500, 'The picture could not be read.');
    }
  };
}

const ANSWERS: Readonly<Record<MediaKind, (deps: MediaDeps, source: PhotoSource) => Promise<Response>>> = {
  thumb: thumbnail,
  full,
  copy,
};

/** `/media/thumb/<id>`, `/thumb/<id>` or `media://thumb/<id>`; `full` and `copy` likewise. */
function parse(url: string): { kind: MediaKind; id: string } | null {
  const match = /[/](thumb|full|copy)[/]([^/?#]+)(?:[?#]|$)/.exec(url);
  const id = photoId.safeParse(match?.[2]);
  return match === null || !id.success ? null : { kind: match[1] as MediaKind, id: id.data };
}

/** Where compute puts the thumbnail of some content. */
export function thumbnailFile(directory: string, contentHash: string): string {
  return join(directory, contentHash.slice(0, 2), `${contentHash}.webp`);
}

async function thumbnail({ compute, thumbnailDirectory }: MediaDeps, source: PhotoSource): Promise<Response> {
  const path = thumbnailFile(thumbnailDirectory, source.contentHash);
  if (!(await hasBytes(path))) {
    // Thumbnails are a cache: lost ones are made again from the original, if it can be reached.
    const original = await reachable(source);
    if (original === null) return refuse(404, 'The photo cannot be reached now.');
    const made = await compute.call('makeThumbnail', [original, source.contentHash]);
    if (!made.ok) return refuse(422, made.message);
  }
  return stream(path, 'image/webp');
}

async function full({ compute }: MediaDeps, source: PhotoSource): Promise<Response> {
  const original = await reachable(source);
  if (original === null) return refuse(404, 'The photo cannot be reached now.');
  const type = SHOWN_BY_BROWSERS[source.format];
  if (type !== undefined) return stream(original, type);
  return rendition(compute.call('render', [original, RENDITION_SIDE]));
}

/** A PNG, whatever the photo is: what every program takes from a clipboard. */
async function copy({ compute }: MediaDeps, source: PhotoSource): Promise<Response> {
  const original = await reachable(source);
  if (original === null) return refuse(404, 'The photo cannot be reached now.');
  return rendition(compute.call('render', [original, COPY_SIDE, 'png']));
}

async function rendition(rendering: ReturnType<ComputeFunctions['render']>): Promise<Response> {
  const rendered = await rendering;
  if (!rendered.ok) return refuse(422, rendered.message);
  return new Response(new Uint8Array(rendered.bytes), { headers: { 'content-type': rendered.contentType } });
}

function sourceOf(catalog: Catalog, id: string): PhotoSource | null {
  const photo = catalog.photo(id, null);
  if (photo === null) return null;
  const { contentHash, format, files } = photo;
  const best = files.find((file) => file.reachable);
  const folder = best === undefined ? null : catalog.root(best.folderId);
  const file = best === undefined || folder === null ? null : { path: best.path, folder: folder.path };
  return { contentHash, format, file };
}

/** The photo's file, if it is there and really lies in its folder (a link may have been swapped in). */
async function reachable({ file }: PhotoSource): Promise<string | null> {
  if (file === null) return null;
  return (await isInside(file.folder, file.path).catch(() => false)) ? file.path : null;
}

async function stream(path: string, contentType: string): Promise<Response> {
  const file = await open(path, 'r');
  const facts = await file.stat();
  if (!facts.isFile()) {
    await file.close();
    return refuse(404, 'Not a picture file.');
  }
  const body = Readable.toWeb(createReadStream(path, { fd: file })) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: { 'content-type': contentType, 'content-length': String(facts.size) },
  });
}

async function hasBytes(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.size > 0,
    () => false,
  );
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
