// All albums by their covers. Entering one is a matter of the URL, as for every place.
import { Button } from '@mantine/core';
import type { Album } from '@semblance/contract';
import { IconAlertTriangle, IconListSearch, IconPhoto, IconPlus, IconStack2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import { HOME } from '../../shared/place.ts';
import { formatUrlState } from '../../shared/url-state.ts';
import { VeiledImage } from '../../shared/VeiledImage.tsx';
import classes from './AlbumsRoom.module.css';
import { useAlbums } from './store.ts';

export function AlbumsRoom() {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, albums, fault, load, setNaming } = useAlbums((state) => state);
  useEffect(() => void load(), [load]);
  const create = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setNaming({ photos: null, query: null })}
    >
      {t('albums.new')}
    </Button>
  );
  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('albums.errorTitle')}
        action={<Button onClick={() => void load()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (phase === 'ready' && albums.length === 0) {
    return (
      <Notice icon={<IconStack2 size={26} />} title={t('albums.emptyTitle')} action={create}>
        {t('albums.emptyText')}
      </Notice>
    );
  }
  return (
    <section className={classes.room} aria-label={t('nav.albums')}>
      <header className={classes.head}>
        <h1>{t('nav.albums')}</h1>
        {create}
      </header>
      <ul className={classes.albums}>
        {albums.map((album) => (
          <Cover key={album.id} album={album} />
        ))}
      </ul>
    </section>
  );
}

function Cover({ album }: { album: Album }) {
  const { t } = useTranslation();
  const isSearch = album.query !== null;
  const href = formatUrlState({
    place: isSearch ? HOME : { kind: 'album', id: album.id },
    query: album.query,
    like: null,
    photo: null,
  });
  return (
    <li>
      <a className={classes.album} href={href}>
        <span className={classes.cover} aria-hidden>
          {isSearch ? (
            <IconListSearch size={36} stroke={1.4} />
          ) : album.cover === null ? (
            <IconPhoto size={36} stroke={1.4} />
          ) : (
            <VeiledImage photo={album.cover} loading="lazy" />
          )}
        </span>
        <strong>{album.name}</strong>
        <span className={classes.count}>
          {isSearch ? t('albums.savedSearch') : t('app.photos', { count: album.photos })}
        </span>
      </a>
    </li>
  );
}
