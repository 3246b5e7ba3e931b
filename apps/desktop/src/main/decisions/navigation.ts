// Where a window may go (nowhere but its own page), what leaves for the browser, and what the network may carry.
import { isOwnPage, MEDIA_SCHEME, PAGE_ORIGIN, parseUrl } from './origin.ts';

/** A reload of our own page in the main frame is the only navigation there is. */
export function mayNavigate(address: string, isMainFrame: boolean): boolean {
  return isMainFrame && isOwnPage(address);
}

/** @returns the normalised address to hand to the system, or null: only https and mailto, never with credentials */
export function externalUrl(address: string): string | null {
  const url = parseUrl(address.trim());
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:' && url.hostname !== '') return url.href;
  if (url.protocol === 'mailto:' && url.pathname.includes('@')) return url.href;
  return null;
}

/** The window makes no network request at all; `devtools:` is Chromium's own, in development. */
export function mayRequest(address: string, isPackaged: boolean): boolean {
  const url = parseUrl(address);
  if (url === null) return false;
  if (url.protocol === `${MEDIA_SCHEME}:` || url.protocol === 'blob:' || url.protocol === 'data:')
    return true;
  return isOwnPage(address) || (!isPackaged && url.protocol === 'devtools:');
}

/**
 * Pictures are for our own page. Electron names the initiator of a request from web content (null for an opaque
 * origin) and leaves it out for what the browser itself started.
 */
export function mayLoadMedia(initiatorOrigin: unknown): boolean {
  return initiatorOrigin === undefined || initiatorOrigin === PAGE_ORIGIN;
}
