// The rooms beside the photos: each is a feature of its own, loaded when it is entered. A room is one entry here.
import { IconBrain, IconCopy, IconStack2, IconTags, IconTrash } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { RoomProps } from '../shared/room.ts';

export interface Room {
  /** In the URL: `#room=<id>`. */
  id: string;
  /** Key of its name in the locales. */
  title: string;
  icon: ReactNode;
  /** Albums have their own part of the sidebar. */
  listed: boolean;
  load(): Promise<ComponentType<RoomProps>>;
}

const ICON = 20;

export const ROOMS: readonly Room[] = [
  {
    id: 'albums',
    title: 'nav.albums',
    icon: <IconStack2 size={ICON} />,
    listed: false,
    load: () => import('../features/albums/AlbumsRoom.tsx').then((room) => room.AlbumsRoom),
  },
  {
    id: 'labels',
    title: 'labels.title',
    icon: <IconTags size={ICON} />,
    listed: true,
    load: () => import('../features/labels/LabelsRoom.tsx').then((room) => room.default),
  },
  {
    id: 'duplicates',
    title: 'duplicates.title',
    icon: <IconCopy size={ICON} />,
    listed: true,
    load: () => import('../features/duplicates/DuplicatesRoom.tsx').then((room) => room.default),
  },
  {
    id: 'models',
    title: 'models.title',
    icon: <IconBrain size={ICON} />,
    listed: true,
    load: () => import('../features/models/ModelsRoom.tsx').then((room) => room.default),
  },
  {
    id: 'trash',
    title: 'thrownAway.title',
    icon: <IconTrash size={ICON} />,
    // The sidebar has it while there is something in it.
    listed: false,
    load: () => import('../features/trash/TrashRoom.tsx').then((room) => room.default),
  },
];
