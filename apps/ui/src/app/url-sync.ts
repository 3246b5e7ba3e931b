// The URL's fragment follows the place, the search and the open photo, and leads back to them: reload, back and forward.
import type { QueryPicture } from '../features/search/question.ts';
import { placeKey } from '../shared/place.ts';
import { formatUrlState, parseUrlState, type UrlState } from '../shared/url-state.ts';
import type { Stores } from './stores.ts';

/** A part of a photo or a dropped picture cannot be written down. */
function likeOf(picture: QueryPicture | null): string | null {
  return picture?.kind === 'photos' ? picture.ids.join(',') : null;
}

export function syncUrl(stores: Stores): () => void {
  const { navigation, library, search, lightbox } = stores;

  const now = (): UrlState => ({
    place: navigation.getState().place,
    query: search.getState().text || null,
    like: likeOf(search.getState().picture),
    photo: lightbox.getState().photo,
  });

  const apply = () => {
    const wanted = parseUrlState(window.location.hash);
    const shown = now();
    if (placeKey(wanted.place) !== placeKey(shown.place)) navigation.getState().go(wanted.place);
    applySearch(wanted, shown);
    if (wanted.photo === null) lightbox.getState().close();
    else lightbox.getState().open(wanted.photo);
  };

  const applySearch = (wanted: UrlState, shown: UrlState) => {
    const asked = search.getState();
    const isOther = wanted.like !== shown.like || wanted.query !== (shown.query?.trim() ?? null);
    if (wanted.like === null && wanted.query === null) {
      // What cannot be written down (a dropped picture) stays while only an open photo is closed.
      const closing = shown.photo !== null && wanted.photo === null;
      if (asked.phase !== 'off' && (isOther || !closing)) asked.clear();
    } else if (isOther && wanted.like === null) asked.search(wanted.query ?? '');
    else if (isOther) {
      if (wanted.like !== null && wanted.like !== shown.like) asked.searchLike(...wanted.like.split(','));
      if (wanted.query !== null || asked.text !== '') asked.edit(wanted.query ?? '');
    }
  };

  /** A new place (a view, a photo opened, a "like" asked) is a step that Back undoes; typing and walking are not. */
  const write = () => {
    const state = now();
    const before = parseUrlState(window.location.hash);
    const hash = formatUrlState(state);
    if (hash === window.location.hash || hash === formatUrlState(before)) return;
    const isStep =
      placeKey(state.place) !== placeKey(before.place) ||
      (state.photo !== null && before.photo === null) ||
      (state.like !== null && before.like !== state.like);
    const url = hash === '' ? window.location.pathname + window.location.search : hash;
    if (isStep) window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  };

  /** The photos behind the place; a room leaves those that were there. */
  const show = () => {
    const { place } = navigation.getState();
    if (place.kind !== 'room') library.getState().show(place);
  };

  apply();
  show();
  const stops = [
    navigation.subscribe(show),
    navigation.subscribe(write),
    search.subscribe(write),
    lightbox.subscribe(write),
  ];
  window.addEventListener('popstate', apply);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('popstate', apply);
  };
}
