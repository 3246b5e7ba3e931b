// What the menu asks of the page: names only, and nothing with them.

export type Command =
  | 'find'
  | 'undo'
  | 'settings'
  | 'shortcuts'
  | `go-${'photos' | 'favourites' | 'recent' | 'albums' | 'labels' | 'duplicates'}`;
