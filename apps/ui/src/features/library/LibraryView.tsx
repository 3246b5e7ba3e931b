// The library's room: the timeline, or what stands in for it while there is nothing to show.
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClock,
  IconCloudOff,
  IconEyeOff,
  IconFolder,
  IconHeart,
  IconPhoto,
  IconPhotoSearch,
  IconStack2,
  IconTag,
} from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { GridSkeleton } from '../../shared/grid/GridSkeleton.tsx';
import { type GridHandle, type MenuRequest, PhotoGrid } from '../../shared/grid/PhotoGrid.tsx';
import type { GridPhoto } from '../../shared/grid/Tile.tsx';
import { Notice } from '../../shared/Notice.tsx';
import { placeKey } from '../../shared/place.ts';
import { useLibrary } from './store.ts';

interface LibraryViewProps {
  rowHeight: number;
  /** It is not known yet which folders there are, so an empty library means nothing. */
  settling: boolean;
  /** Indexing or scanning is going on, so photos will come. */
  working: boolean;
  /** No folder of the library can be reached. */
  offline: boolean;
  handle: Ref<GridHandle>;
  onOpen(photo: GridPhoto): void;
  onLike(photo: GridPhoto): void;
  onMenu(request: MenuRequest): void;
  onFolders(): void;
}

const EMPTY = {
  favourites: IconHeart,
  recent: IconClock,
  hidden: IconEyeOff,
  album: IconStack2,
  label: IconTag,
  folder: IconFolder,
};

export function LibraryView(props: LibraryViewProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { view, phase, photos, total, fault, reload } = useLibrary((state) => state);

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('library.errorTitle')}
        action={<Button onClick={reload}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (phase === 'loading' || (photos.length === 0 && props.settling)) {
    return <GridSkeleton rowHeight={props.rowHeight} label={t('library.loading')} />;
  }
  if (photos.length > 0) {
    return (
      <PhotoGrid
        photos={photos}
        expected={total}
        grouped={view.kind !== 'recent'}
        rowHeight={props.rowHeight}
        label={view.kind === 'all' ? t('library.label') : t(`views.${view.kind}.label`)}
        memory={placeKey(view)}
        handle={props.handle}
        onOpen={props.onOpen}
        onLike={props.onLike}
        onMenu={props.onMenu}
      />
    );
  }
  if (view.kind !== 'all') {
    const Icon = EMPTY[view.kind];
    return (
      <Notice icon={<Icon size={26} />} title={t(`views.${view.kind}.emptyTitle`)}>
        {t(`views.${view.kind}.emptyText`)}
      </Notice>
    );
  }
  const folders = <Button onClick={props.onFolders}>{t('library.openFolders')}</Button>;
  if (props.offline) {
    return (
      <Notice icon={<IconCloudOff size={26} />} title={t('library.offlineTitle')} action={folders}>
        {t('library.offlineText')}
      </Notice>
    );
  }
  if (props.working) {
    return (
      <Notice icon={<IconPhotoSearch size={26} />} title={t('library.indexingTitle')}>
        {t('library.indexingText')}
      </Notice>
    );
  }
  return (
    <Notice icon={<IconPhoto size={26} />} title={t('library.emptyTitle')} action={folders}>
      {t('library.emptyText')}
    </Notice>
  );
}
