// The albums a photo is in, as chips in its information panel, with a way to put it into another.
import type { Album } from '@semblance/contract';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAlbums } from './store.ts';

interface AlbumsOfProps {
  photoId: string;
  onOpen(album: Album): void;
}

export function AlbumsOf({ photoId, onOpen }: AlbumsOfProps) {
  const { t } = useTranslation();
  const { albums: all, of, pick } = useAlbums((state) => state);
  const [albums, setAlbums] = useState<readonly Album[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list changes when photos were put in or taken out
  useEffect(() => {
    let current = true;
    of(photoId).then(
      (found) => current && setAlbums(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [of, photoId, all]);
  return (
    <section>
      <h3>{t('nav.albums')}</h3>
      <ul className="sem-info-chips">
        {albums.map((album) => (
          <li key={album.id}>
            <button type="button" onClick={() => onOpen(album)}>
              {album.name}
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => pick({ kind: 'photos', ids: [photoId] })}>
            <IconPlus size={14} aria-hidden />
            {t('albums.pick')}
          </button>
        </li>
      </ul>
    </section>
  );
}
