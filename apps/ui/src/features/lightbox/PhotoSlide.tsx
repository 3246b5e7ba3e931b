// A photo in the lightbox: blur and thumbnail at once, the full picture over them as soon as it is decoded, never
// larger than its own pixels. Its size is asked from the engine; until it is there nothing is shown that would jump.
import type { PhotoTile } from '@semblance/contract';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { dateAndTime } from '../../shared/format.ts';
import { Unveil } from '../../shared/VeiledImage.tsx';
import { useVeiled } from '../../shared/veil.ts';
import { fitPicture, type Size, turnedSize } from './fit.ts';

type Full = 'loading' | 'shown' | 'failed';

/** The engine answers within a few milliseconds; a busy one is not waited for longer than this. */
const PATIENCE_MS = 300;

interface PhotoSlideProps {
  photo: PhotoTile;
  /** Of the original; null until it is known. */
  size: Size | null;
  room: Size;
  near: boolean;
  /** Quarter turns, clockwise; of the view only. */
  turns: number;
  onDoubleClick(event: MouseEvent<HTMLElement>): void;
  /** Over the picture, turned with it. */
  children?: ReactNode;
}

export function PhotoSlide({ photo, size, room, near, turns, onDoubleClick, children }: PhotoSlideProps) {
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const veiled = useVeiled(photo);
  const [full, setFull] = useState<Full>('loading');
  const [late, setLate] = useState(false);
  const isKnown = size !== null;
  useEffect(() => {
    if (isKnown) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isKnown]);

  const alt = t('photo.alt', { date: dateAndTime(i18n.language, photo.takenAt) });
  const quarter = turns % 2 === 1;
  const shown = fitPicture(room, quarter ? 1 / photo.ratio : photo.ratio, turnedSize(size, turns));
  // The picture itself keeps its sides; turned by a quarter it fills the frame the other way round.
  const picture90 = quarter
    ? { inset: 'auto', left: '50%', top: '50%', width: shown.height, height: shown.width }
    : {};
  const turning =
    turns === 0
      ? undefined
      : { ...picture90, transform: `${quarter ? 'translate(-50%, -50%) ' : ''}rotate(${turns * 90}deg)` };
  const wantsFull = near && !veiled && !photo.offline && full !== 'failed';
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key 1 and the zoom buttons do the same */}
      <div
        className="sem-slide"
        data-full={full}
        data-size={isKnown ? 'known' : late ? 'late' : 'awaited'}
        data-was-late={late || undefined}
        data-photo-id={photo.id}
        data-veiled={veiled || undefined}
        style={shown}
        onDoubleClick={onDoubleClick}
      >
        <img
          src={picture('thumb', photo)}
          alt={wantsFull ? '' : alt}
          draggable={false}
          data-layer="thumb"
          style={turning}
        />
        {wantsFull && (
          <img
            src={picture('full', photo)}
            alt={alt}
            draggable={false}
            decoding="async"
            data-layer="full"
            style={turning}
            onLoad={() => setFull('shown')}
            onError={() => setFull('failed')}
          />
        )}
        <Unveil photo={photo} />
        {children && !veiled && (
          <div className="sem-slide-over" style={turning}>
            {children}
          </div>
        )}
      </div>
      {(photo.offline || full === 'failed') && (
        <p className="sem-slide-note">{photo.offline ? t('lightbox.offline') : t('lightbox.fullFailed')}</p>
      )}
    </>
  );
}
