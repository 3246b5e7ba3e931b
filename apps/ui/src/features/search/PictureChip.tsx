// The picture that is searched by, small: photos, a part of one, or a dropped file.
import type { Region } from '@semblance/contract';
import { IconPhoto } from '@tabler/icons-react';
import { useEngine } from '../../shared/engine-context.tsx';
import { useVeiled } from '../../shared/veil.ts';
import classes from './PictureChip.module.css';
import type { QueryPicture } from './question.ts';

export interface PictureChipProps {
  picture: QueryPicture;
  /** Tile of a photo, where the window knows it. */
  tileOf(id: string): { id: string; version: string; sensitive?: boolean | undefined } | undefined;
}

export function PictureThumb({ picture, tileOf }: PictureChipProps) {
  const { picture: url } = useEngine();
  const [first] = picture.kind === 'photos' ? picture.ids : [];
  const tile = first === undefined ? undefined : tileOf(first);
  const veiled = useVeiled(picture.kind === 'part' ? picture.photo : tile);
  if (picture.kind === 'part') {
    return (
      <span className={classes.thumb}>
        <span
          data-veiled={veiled || undefined}
          style={cropOf(url('thumb', picture.photo), picture.region, picture.photo.ratio)}
        />
      </span>
    );
  }
  const src = picture.kind === 'file' ? picture.preview : tile === undefined ? null : url('thumb', tile);
  return (
    <span className={classes.thumb}>
      {src === null ? (
        <IconPhoto size={16} aria-hidden />
      ) : (
        <img src={src} alt="" data-veiled={veiled || undefined} />
      )}
      {picture.kind === 'photos' && picture.ids.length > 1 && <b>{picture.ids.length}</b>}
    </span>
  );
}

/** The region, as large as it fits without being stretched. */
function cropOf(url: string, { left, top, width, height }: Region, ratio: number) {
  const shape = (width * ratio) / height;
  const place = (from: number, size: number) => (size >= 1 ? 0 : (from / (1 - size)) * 100);
  return {
    aspectRatio: shape,
    ...(shape >= 1 ? { width: '100%' } : { height: '100%' }),
    maxHeight: '100%',
    backgroundImage: `url("${url}")`,
    backgroundPosition: `${place(left, width)}% ${place(top, height)}%`,
    backgroundSize: `${100 / width}% ${100 / height}%`,
  };
}
