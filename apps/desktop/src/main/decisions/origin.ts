// The one origin that the app's window has, and the addresses that belong to it.

export const PAGE_SCHEME = 'app';
export const MEDIA_SCHEME = 'media';
const PAGE_HOST = 'semblance';
/** As Chromium serialises it, because both schemes are registered as standard. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;
export const START_PAGE = `${PAGE_ORIGIN}/`;

/** True for an address of our own pages: same scheme, same host, no port, no credentials. */
export function isOwnPage(address: string): boolean {
  const url = parseUrl(address);
  return (
    url !== null &&
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

export function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
