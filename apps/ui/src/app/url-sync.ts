// The URL's fragment follows the place, the search and the open photo, and leads back to them: reload, back and forward.
import { placeKey } from '../shared/place.ts';
import { formatUrlState, parseUrlState, type UrlState } from '../shared/url-state.ts';
import type { Stores } from './stores.ts';

export function syncUrl(stores: Stores): () => void {
  const { navigation, library, search, lightbox } = stores;

  const now = (): UrlState => ({
    place: navigation.getState().place,
    query: search.getState().text || null,
    like: search.getState().like,
    photo: lightbox.getState().photo,
  });

  const apply = () => {
    const wanted = parseUrlState(window.location.hash);
    const shown = now();
    if (placeKey(wanted.place) !== placeKey(shown.place)) navigation.getState().go(wanted.place);
    if (wanted.like !== null && wanted.like !== shown.like) search.getState().searchLike(wanted.like);
    else if (wanted.query !== null && wanted.query !== shown.query?.trim())
      search.getState().search(wanted.query);
    else if (wanted.like === null && wanted.query === null && search.getState().phase !== 'off') {
      search.getState().clear();
    }
    if (wanted.photo === null) lightbox.getState().close();
    else lightbox.getState().open(wanted.photo);
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
