// One photo in a grid: placeholder, thumbnail, and quiet marks for "offline" and "how well it fits".
import type { PhotoTile, SearchHit } from '@semblance/contract';
import { IconCloudOff, IconDots } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../engine-context.tsx';
import { dateAndTime, fileName } from '../format.ts';
import { blurOf, colourOf } from '../placeholder.ts';
import { ThumbImage } from '../ThumbImage.tsx';
import classes from './Tile.module.css';

export type GridPhoto = PhotoTile & Partial<Pick<SearchHit, 'relevance' | 'path'>>;

interface TileProps {
  photo: GridPhoto;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Position in the whole grid, from 0, and its size: a screen reader cannot count what is not rendered. */
  index: number;
  total: number;
  focusable: boolean;
  flying: boolean;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { photo, left, top, width, height, flying } = props;
  const { t, i18n } = useTranslation();
  const { picture } = useEngine();
  const date = dateAndTime(i18n.language, photo.takenAt);
  const alt =
    photo.path === undefined
      ? t('photo.alt', { date })
      : t('photo.altNamed', { name: fileName(photo.path), date });
  return (
    <li
      className={classes.cell}
      style={{ transform: `translate(${left}px, ${top}px)`, width, height }}
      aria-posinset={props.index + 1}
      aria-setsize={props.total}
    >
      <button
        type="button"
        className={classes.tile}
        data-testid="photo-tile"
        data-photo-id={photo.id}
        data-offline={photo.offline || undefined}
        tabIndex={props.focusable ? 0 : -1}
        style={{
          backgroundColor: colourOf(photo.placeholder),
          backgroundImage: flying ? undefined : blurOf(photo.placeholder),
        }}
      >
        {!flying && <ThumbImage src={picture('thumb', photo)} alt={alt} />}
        {photo.offline && (
          <span className={classes.badge} title={t('photo.offline')}>
            <IconCloudOff size={14} aria-label={t('photo.offline')} />
          </span>
        )}
        {photo.relevance !== undefined && (
          <span className={classes.relevance} title={t('photo.relevance', { value: photo.relevance })}>
            <span style={{ width: `${Math.round(photo.relevance)}%` }} />
          </span>
        )}
      </button>
      <button
        type="button"
        className={classes.more}
        data-menu-of={photo.id}
        tabIndex={-1}
        aria-label={t('photo.actions')}
      >
        <IconDots size={16} aria-hidden />
      </button>
    </li>
  );
});
