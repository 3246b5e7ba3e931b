// What the shell hands to every room of the window. A room is a lazily loaded screen that owns the main area.
import type { GridPhoto } from './grid/Tile.tsx';

export interface RoomProps {
  /** Opens a photo large, with these to walk through. */
  onOpen(photos: readonly GridPhoto[], id: string): void;
}
