// What the menu asks of the page: names only, and nothing with them.

type PhotoVerb =
  | 'favourite'
  | 'album'
  | 'label'
  | 'copy'
  | 'open-elsewhere'
  | 'reveal'
  | 'export'
  | 'hide'
  | 'trash';

export type Command =
  | 'find'
  | 'undo'
  | 'settings'
  | 'shortcuts'
  /** With the photos that are chosen, focused or open. */
  | `photo-${PhotoVerb}`
  /** A photo waits to be shown (`semblance:wanted`). */
  | 'show-wanted'
  | `go-${'photos' | 'favourites' | 'recent' | 'albums' | 'labels' | 'duplicates'}`;
