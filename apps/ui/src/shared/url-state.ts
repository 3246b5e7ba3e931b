// What of the window survives a reload, as the URL's fragment: `#view=favourites`, `#album=3`, `#folder=1:2019/ankara`,
// `#room=labels`, and with them `q=dog`, `like=<id>` (several with commas), `photo=<id>`. It never leaves the machine, not even to the server.
import { HOME, type Place } from './place.ts';

export interface UrlState {
  place: Place;
  query: string | null;
  /** Photos that are searched by, comma-separated. */
  like: string | null;
  photo: string | null;
}

const PHOTO_ID = /^[0-9a-f]{20}$/;
const PHOTO_IDS = /^[0-9a-f]{20}(?:,[0-9a-f]{20}){0,49}$/;
const FOLDER = /^([1-9]\d{0,8}):(.*)$/s;
const ROOM = /^[a-z][a-z-]{0,30}$/;
const VIEWS = ['favourites', 'recent', 'hidden'] as const;

export function parseUrlState(hash: string): UrlState {
  const params = new URLSearchParams(hash.startsWith('#') ? hash.slice(1) : hash);
  const like = params.get('like') ?? '';
  const query = params.get('q')?.trim() ?? '';
  return {
    place: parsePlace(params),
    query: query === '' ? null : query,
    like: PHOTO_IDS.test(like) ? like : null,
    photo: idOrNull(params.get('photo')),
  };
}

/** The inverse; empty when there is nothing to remember. */
export function formatUrlState({ place, query, like, photo }: UrlState): string {
  const params = new URLSearchParams();
  if (place.kind === 'room') params.set('room', place.id);
  else if (place.kind === 'album' || place.kind === 'label') params.set(place.kind, String(place.id));
  else if (place.kind === 'folder') params.set('folder', `${place.id}:${place.path}`);
  else if (place.kind !== 'all') params.set('view', place.kind);
  if (like !== null) params.set('like', like);
  if (query !== null && query.trim() !== '') params.set('q', query.trim());
  if (photo !== null) params.set('photo', photo);
  // The slashes, colons and commas are readable as they are; the fragment's grammar allows them.
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text === '' ? '' : `#${text}`;
}

function parsePlace(params: URLSearchParams): Place {
  const room = params.get('room');
  if (room !== null && ROOM.test(room)) return { kind: 'room', id: room };
  for (const kind of ['album', 'label'] as const) {
    const id = params.get(kind);
    if (id !== null && /^[1-9]\d{0,8}$/.test(id)) return { kind, id: Number(id) };
  }
  const folder = FOLDER.exec(params.get('folder') ?? '');
  if (folder !== null) {
    return { kind: 'folder', id: Number(folder[1]), path: (folder[2] ?? '').replace(/^\/+|\/+$/g, '') };
  }
  const view = VIEWS.find((name) => name === params.get('view'));
  return view === undefined ? HOME : { kind: view };
}

function idOrNull(value: string | null): string | null {
  return value !== null && PHOTO_ID.test(value) ? value : null;
}
