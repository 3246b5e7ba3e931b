// Photos and what stands around them, each in its states.
import type { PhotoTile } from '@semblance/contract';
import { IconHeart, IconLibraryPlus, IconPhoto, IconTag, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { SidebarItem } from '../../src/features/navigation/SidebarItem.tsx';
import { SelectionBar } from '../../src/features/selection/SelectionBar.tsx';
import { type GridPhoto, Tile } from '../../src/shared/grid/Tile.tsx';
import { createSelection, GridActsContext } from '../../src/shared/selection.ts';
import type { Verb } from '../../src/shared/verbs.ts';
import classes from './Gallery.module.css';

const WIDTH = 180;
const HEIGHT = 130;
const GAP = 8;

export function Tiles({ photos }: { photos: readonly PhotoTile[] }) {
  const shown = photos.slice(0, 7).map(
    (photo, i): GridPhoto => ({
      ...photo,
      favourite: i === 1,
      offline: i === 2,
      ...(i === 4 && { relevance: 72, path: '/photos/sea.jpg' }),
      ...(i === 5 && { similar: 4 }),
      // No such picture: the placeholder stays.
      ...(i === 6 && { id: 'missing' }),
    }),
  );
  const acts = useMemo(() => {
    const selection = createSelection();
    const third = photos[3];
    if (third !== undefined) selection.getState().toggle(third.id);
    return { selection, setFavourite: () => undefined };
  }, [photos]);
  return (
    <GridActsContext.Provider value={acts}>
      <ul className={classes.tiles} style={{ height: HEIGHT }}>
        {shown.map((photo, index) => (
          <Tile
            key={photo.id}
            photo={photo}
            left={index * (WIDTH + GAP)}
            top={0}
            width={WIDTH}
            height={HEIGHT}
            index={index}
            total={shown.length}
            focusable
            flying={false}
          />
        ))}
      </ul>
    </GridActsContext.Provider>
  );
}

const VERBS: readonly Verb[] = [
  { id: 'favourite', label: 'Favourite', icon: <IconHeart size={18} />, shortcut: 'F', run: () => undefined },
  { id: 'album', label: 'Add to album', icon: <IconLibraryPlus size={18} />, run: () => undefined },
  { id: 'label', label: 'Label…', icon: <IconTag size={18} />, run: () => undefined },
  { id: 'trash', label: 'Move to trash', icon: <IconTrash size={18} />, grave: true, run: () => undefined },
];

export function VerbBar({ ids }: { ids: readonly string[] }) {
  return (
    <div className={classes.bar}>
      <SelectionBar
        ids={ids}
        total={470}
        verbs={VERBS}
        onCompare={() => undefined}
        onRate={() => undefined}
        onAll={() => undefined}
        onClear={() => undefined}
      />
    </div>
  );
}

export function Navigation() {
  const item = { icon: <IconPhoto size={20} />, onSelect: () => undefined };
  return (
    <div className={classes.sidebar}>
      <SidebarItem {...item} label="Photos" count={4213} active narrow={false} />
      <SidebarItem {...item} label="Favourites" count={12} narrow={false} />
      <SidebarItem {...item} label="A name that is much longer than its place" count={1} narrow={false} />
      <SidebarItem {...item} label="Icon only" narrow />
    </div>
  );
}
