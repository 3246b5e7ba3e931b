// A photo in the lightbox: blur and thumbnail at once, the full picture over them as soon as it is decoded.
import type { PhotoTile } from '@semblance/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { dateAndTime } from '../../shared/format.ts';

type Full = 'loading' | 'shown' | 'failed';

export function PhotoSlide({ photo, near }: { photo: PhotoTile; near: boolean }) {
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const [full, setFull] = useState<Full>('loading');
  const alt = t('photo.alt', { date: dateAndTime(i18n.language, photo.takenAt) });
  const wantsFull = near && !photo.offline && full !== 'failed';
  return (
    <div className="sem-slide" data-full={full} data-photo-id={photo.id}>
      <img src={picture('thumb', photo)} alt={wantsFull ? '' : alt} draggable={false} data-layer="thumb" />
      {wantsFull && (
        <img
          src={picture('full', photo)}
          alt={alt}
          draggable={false}
          decoding="async"
          data-layer="full"
          onLoad={() => setFull('shown')}
          onError={() => setFull('failed')}
        />
      )}
      {(photo.offline || full === 'failed') && (
        <p className="sem-slide-note">{photo.offline ? t('lightbox.offline') : t('lightbox.fullFailed')}</p>
      )}
    </div>
  );
}
