// One photo in a grid: placeholder, thumbnail, quiet marks for "offline" and "how well it fits", and its controls,
// whose signs are drawn by CSS: every node here counts as often as there are photos on screen.
import type { PhotoTile, SearchHit } from '@semblance/contract';
import { IconCloudOff, IconEyeOff } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../engine-context.tsx';
import { dateAndTime, fileName } from '../format.ts';
import { blurOf, colourOf } from '../placeholder.ts';
import { useIsSelected } from '../selection.ts';
import { ThumbImage } from '../ThumbImage.tsx';
import { useVeiled } from '../veil.ts';
import classes from './Tile.module.css';

export type GridPhoto = PhotoTile & Partial<Pick<SearchHit, 'relevance' | 'path' | 'similar'>>;

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
  const selected = useIsSelected(photo.id);
  const veiled = useVeiled(photo);
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
        data-selected={selected || undefined}
        aria-pressed={selected || undefined}
        draggable={selected !== null}
        tabIndex={props.focusable ? 0 : -1}
        style={{
          backgroundColor: colourOf(photo.placeholder),
          backgroundImage: flying ? undefined : blurOf(photo.placeholder),
        }}
      >
        {!flying && <ThumbImage src={picture('thumb', photo)} alt={alt} veiled={veiled} />}
        {veiled && (
          <span className={classes.veiled} title={t('photo.veiled')}>
            <IconEyeOff size={20} aria-label={t('photo.veiled')} />
          </span>
        )}
        {photo.offline && (
          <span className={classes.badge} title={t('photo.offline')}>
            <IconCloudOff size={14} aria-label={t('photo.offline')} />
          </span>
        )}
        {photo.together !== undefined && (
          <span
            className={classes.together}
            title={photo.together.map((kind) => t(`photo.together.${kind}`)).join(' · ')}
          >
            {photo.together.map((kind) => t(`photo.badge.${kind}`)).join(' · ')}
          </span>
        )}
        {photo.similar !== undefined && (
          <span className={classes.similar}>{t('photo.similar', { count: photo.similar })}</span>
        )}
        {photo.relevance !== undefined && (
          <span className={classes.relevance} title={t('photo.relevance', { value: photo.relevance })}>
            <span style={{ width: `${Math.round(photo.relevance)}%` }} />
          </span>
        )}
      </button>
      {selected !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: an input would be a node more for each photo */}
          <button
            type="button"
            role="checkbox"
            className={classes.check}
            data-check-of={photo.id}
            tabIndex={-1}
            aria-checked={selected}
            aria-label={t('photo.select')}
          />
          <button
            type="button"
            className={classes.heart}
            data-heart-of={photo.id}
            tabIndex={-1}
            aria-pressed={photo.favourite}
            aria-label={t('photo.favourite')}
          />
        </>
      )}
      <button
        type="button"
        className={classes.more}
        data-menu-of={photo.id}
        tabIndex={-1}
        aria-label={t('photo.actions')}
      />
    </li>
  );
});
