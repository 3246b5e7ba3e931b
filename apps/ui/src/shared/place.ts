// Where one is in the window: a view of the library, or a room of its own. The search lies over either.
import type { PhotoView } from '@semblance/contract';

export type Place = PhotoView | { kind: 'room'; id: string };

export const HOME: Place = { kind: 'all' };

/** The same text for the same place: for comparing, and for remembering where a grid was left. */
export function placeKey(place: Place): string {
  switch (place.kind) {
    case 'album':
    case 'label':
    case 'room':
      return `${place.kind}:${place.id}`;
    case 'folder':
      return `folder:${place.id}:${place.path}`;
    default:
      return place.kind;
  }
}
