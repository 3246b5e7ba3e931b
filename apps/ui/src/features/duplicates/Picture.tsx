// A photo in a pane: the thumbnail at once, the full picture over it as soon as it is there.
import type { PhotoTile } from '@semblance/contract';
import { type CSSProperties, useState } from 'react';
import { useEngine } from '../../shared/engine-context.tsx';
import { Unveil } from '../../shared/VeiledImage.tsx';
import { useVeiled } from '../../shared/veil.ts';
import classes from './Stage.module.css';

interface PictureProps {
  photo: PhotoTile;
  alt: string;
  full: boolean;
  fit?: CSSProperties['objectFit'];
}

export function Picture({ photo, alt, full, fit = 'fill' }: PictureProps) {
  const { picture } = useEngine();
  const style = { objectFit: fit };
  const [failed, setFailed] = useState(false);
  const veiled = useVeiled(photo);
  const wantsFull = full && !veiled && !photo.offline && !failed;
  return (
    <>
      <img
        className={classes.layer}
        src={picture('thumb', photo)}
        alt={wantsFull ? '' : alt}
        draggable={false}
        data-veiled={veiled || undefined}
        style={style}
      />
      <Unveil photo={photo} />
      {wantsFull && (
        <img
          className={classes.layer}
          src={picture('full', photo)}
          alt={alt}
          draggable={false}
          decoding="async"
          data-layer="full"
          style={style}
          onError={() => setFailed(true)}
        />
      )}
    </>
  );
}
