// Pictures travel by URL, never by RPC. URLs carry ids, never paths.
import type { PhotoId } from './photo.ts';

/** `copy`: a PNG of at most 4096 pixels, for the clipboard. */
export type MediaKind = 'thumb' | 'full' | 'copy';

/** Address of copies that `photos.export` has prepared. */
export function exportUrl(base: string, ticket: string): string {
  return `${base}/export/${ticket}`;
}

/**
 * Address of a picture below a host's media base.
 *
 * @param base `/media` in the browser host, `media:/` in the desktop app (`media://thumb/<id>?v=<version>`).
 * @param version from the photo's tile, so that a changed picture is never served from a cache.
 */
export function mediaUrl(base: string, kind: MediaKind, photo: { id: PhotoId; version: string }): string {
  return `${base}/${kind}/${photo.id}?v=${encodeURIComponent(photo.version)}`;
}
