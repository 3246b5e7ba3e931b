// What every room of the window is given. A room has its own folder under features/ and is loaded when it is entered.
import type { GridPhoto } from './grid/Tile.tsx';

export interface RoomProps {
  /** Opens one of these photos, large; Previous and Next walk through the others. */
  onOpen(photos: readonly GridPhoto[], id: string): void;
}
