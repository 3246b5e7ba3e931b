// The albums in the sidebar: covers, counts, saved searches with a sign of their own. Photos can be dropped on them.

import type { Album } from '@semblance/contract';
import { IconListSearch, IconPhoto } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carriesPhotos, droppedPhotos } from '../../shared/drag.ts';
import { number } from '../../shared/format.ts';
import { VeiledImage } from '../../shared/VeiledImage.tsx';
import classes from './AlbumList.module.css';
import { useAlbums } from './store.ts';

interface AlbumListProps {
  /** Of the album that is shown now. */
  current: number | null;
  /** Text of the search that is shown now. */
  query: string | null;
  onOpen(album: Album): void;
  onDropped(album: Album, photoIds: readonly string[]): void;
}

export function AlbumList(props: AlbumListProps) {
  const { t } = useTranslation();
  const { albums, phase } = useAlbums((state) => state);
  if (albums.length === 0) {
    return phase === 'ready' ? <p className={classes.none}>{t('albums.none')}</p> : null;
  }
  return (
    <ul className={classes.list}>
      {albums.map((album) => (
        <Line key={album.id} album={album} {...props} />
      ))}
    </ul>
  );
}

function Line({ album, current, query, onOpen, onDropped }: AlbumListProps & { album: Album }) {
  const { t, i18n } = useTranslation();
  const [over, setOver] = useState(false);
  const isSearch = album.query !== null;
  const active = isSearch ? album.query === query : album.id === current;
  const onDragOver = (event: DragEvent) => {
    if (isSearch || !carriesPhotos(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  return (
    <li>
      <button
        type="button"
        className={classes.album}
        data-over={over || undefined}
        onDragEnter={onDragOver}
        onDragOver={onDragOver}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          if (isSearch || !carriesPhotos(event)) return;
          event.preventDefault();
          onDropped(album, droppedPhotos());
        }}
        aria-current={active ? 'page' : undefined}
        onClick={() => onOpen(album)}
      >
        <span className={classes.cover} aria-hidden>
          {isSearch ? (
            <IconListSearch size={18} />
          ) : album.cover === null ? (
            <IconPhoto size={16} />
          ) : (
            <VeiledImage photo={album.cover} />
          )}
        </span>
        <span className={classes.name}>{album.name}</span>
        {isSearch && <span className={classes.hint}>{t('albums.savedSearch')}</span>}
        {!isSearch && album.photos > 0 && (
          <span className={classes.count}>{number(i18n.language, album.photos)}</span>
        )}
      </button>
    </li>
  );
}
