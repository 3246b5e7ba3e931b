// Which verbs there are for some photos here and now: by the view one is in, what the host can do, and what the
// photos are already.

import type { PhotoView } from '@semblance/contract';
import {
  IconCopy,
  IconDownload,
  IconExternalLink,
  IconEye,
  IconEyeOff,
  IconFolderSearch,
  IconHeart,
  IconHeartOff,
  IconLibraryPlus,
  IconPhotoMinus,
  IconSparkles,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { GridPhoto } from '../shared/grid/Tile.tsx';
import type { Verb } from '../shared/verbs.ts';
import type { PhotoActs } from './usePhotoActs.ts';

interface VerbSeams {
  /** Opens the question which labels; left out while there are none. */
  label?: ((ids: readonly string[]) => void) | undefined;
  /** Moves files to the system's trash; left out where the host cannot. */
  trash?: ((ids: readonly string[]) => void) | undefined;
  /** Copies of the originals, for elsewhere. */
  exportCopies: (ids: readonly string[]) => void;
  /** Shows the file of a photo; left out where the host cannot. */
  reveal?: ((id: string) => void) | undefined;
  /** Puts the picture on the clipboard; left out where nothing can. */
  copy?: ((id: string) => void) | undefined;
  /** Opens the file in another program; left out where the host cannot. */
  openElsewhere?: ((id: string) => void) | undefined;
  /** Searches by several photos at once. */
  likeThese?: ((ids: readonly string[]) => void) | undefined;
}

interface Here {
  t: TFunction;
  acts: PhotoActs;
  seams: VerbSeams;
  /** Null in the answer of a search. */
  view: PhotoView | null;
  album: { id: number; name: string } | null;
  photos: readonly GridPhoto[];
}

const ICON = 18;
/** Listened to as the system's own wish to copy (useCopyPicture.ts). */
const COPY_KEY = navigator.userAgent.includes('Mac') ? '⌘C' : 'Ctrl C';

export function verbsFor({ t, acts, seams, view, album, photos }: Here): Verb[] {
  const allFavourite = photos.length > 0 && photos.every((photo) => photo.favourite);
  const hidden = view?.kind === 'hidden';
  const verbs: Verb[] = [
    {
      id: 'favourite',
      label: allFavourite ? t('photo.unfavourite') : t('photo.favourite'),
      icon: allFavourite ? <IconHeartOff size={ICON} /> : <IconHeart size={ICON} />,
      shortcut: 'F',
      run: (ids) => acts.favourite(ids, !allFavourite),
    },
    {
      id: 'album',
      label: t('albums.pick'),
      icon: <IconLibraryPlus size={ICON} />,
      shortcut: 'A',
      run: acts.addToAlbum,
    },
  ];
  if (album !== null) {
    verbs.push({
      id: 'take',
      label: t('albums.take'),
      icon: <IconPhotoMinus size={ICON} />,
      run: (ids) => acts.takeFrom(album, ids),
    });
  }
  const { label, trash, reveal, copy, openElsewhere, likeThese } = seams;
  if (likeThese !== undefined && photos.length > 1) {
    verbs.push({
      id: 'like-these',
      label: t('photo.likeThese'),
      icon: <IconSparkles size={ICON} />,
      run: likeThese,
    });
  }
  if (label !== undefined) {
    verbs.push({
      id: 'label',
      label: t('photo.label'),
      icon: <IconTag size={ICON} />,
      shortcut: 'L',
      run: label,
    });
  }
  const [only] = photos;
  if (copy !== undefined && photos.length === 1 && only?.offline === false) {
    verbs.push({
      id: 'copy',
      label: t('photo.copy'),
      icon: <IconCopy size={ICON} />,
      shortcut: COPY_KEY,
      run: () => copy(only.id),
    });
  }
  if (reveal !== undefined && photos.length === 1 && only?.offline === false) {
    verbs.push({
      id: 'reveal',
      label: t('photo.reveal'),
      icon: <IconFolderSearch size={ICON} />,
      run: () => reveal(only.id),
    });
  }
  if (openElsewhere !== undefined && photos.length === 1 && only?.offline === false) {
    verbs.push({
      id: 'open-elsewhere',
      label: t('photo.openElsewhere'),
      icon: <IconExternalLink size={ICON} />,
      run: () => openElsewhere(only.id),
    });
  }
  verbs.push({
    id: 'export',
    label: t('photo.export'),
    icon: <IconDownload size={ICON} />,
    shortcut: 'E',
    run: seams.exportCopies,
  });
  verbs.push({
    id: 'hide',
    label: hidden ? t('photo.unhide') : t('photo.hide'),
    icon: hidden ? <IconEye size={ICON} /> : <IconEyeOff size={ICON} />,
    shortcut: 'H',
    grave: true,
    run: (ids) => acts.hide(ids, !hidden),
  });
  if (trash !== undefined) {
    verbs.push({
      id: 'trash',
      label: t('photo.trash'),
      icon: <IconTrash size={ICON} />,
      shortcut: 'Del',
      grave: true,
      run: trash,
    });
  }
  return verbs;
}
