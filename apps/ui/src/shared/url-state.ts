// What of the window survives a reload, as the URL's fragment: `#q=dog`, `#like=<id>`, `#photo=<id>`.
// The fragment never leaves the machine, not even to the local server.

export interface UrlState {
  query: string | null;
  like: string | null;
  photo: string | null;
}

const PHOTO_ID = /^[0-9a-f]{20}$/;

export function parseUrlState(hash: string): UrlState {
  const params = new URLSearchParams(hash.startsWith('#') ? hash.slice(1) : hash);
  const like = idOrNull(params.get('like'));
  const query = params.get('q')?.trim() ?? '';
  return { query: like === null && query !== '' ? query : null, like, photo: idOrNull(params.get('photo')) };
}

/** The inverse; empty when there is nothing to remember. */
export function formatUrlState(state: UrlState): string {
  const params = new URLSearchParams();
  if (state.like !== null) params.set('like', state.like);
  else if (state.query !== null && state.query.trim() !== '') params.set('q', state.query.trim());
  if (state.photo !== null) params.set('photo', state.photo);
  const text = params.toString();
  return text === '' ? '' : `#${text}`;
}

function idOrNull(value: string | null): string | null {
  return value !== null && PHOTO_ID.test(value) ? value : null;
}
