// What the window hands to every room: the way to open a photo large, among those the room shows.
import type { GridPhoto } from './grid/Tile.tsx';

export interface RoomProps {
  onOpen(photos: readonly GridPhoto[], id: string): void;
}
