// The verbs of an open photo, as toolbar buttons before the library's own zoom and close.
import type { PhotoTile } from '@semblance/contract';
import {
  IconFolderSearch,
  IconHeart,
  IconHeartFilled,
  IconInfoCircle,
  IconRotateClockwise,
  IconSparkles,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';

interface ToolbarProps {
  current: PhotoTile | undefined;
  /** Of other features. */
  tools: ReactNode;
  infoOpen: boolean;
  onInfo(): void;
  onLike(photo: PhotoTile): void;
  onFavourite(photo: PhotoTile, favourite: boolean): void;
  onTurn(): void;
  onReveal(photo: PhotoTile): void;
}

export function toolbarButtons(props: ToolbarProps): ReactNode[] {
  return [<Verbs key="verbs" {...props} />];
}

function Verbs({ current, tools, infoOpen, onInfo, onLike, onFavourite, onTurn, onReveal }: ToolbarProps) {
  const { t } = useTranslation();
  const { info } = useEngine();
  return (
    <>
      <button
        type="button"
        className="yarl__button sem-verb"
        onClick={() => current !== undefined && onLike(current)}
      >
        <IconSparkles size={18} aria-hidden />
        {t('photo.like')}
      </button>
      {tools}
      <button
        type="button"
        className="yarl__button"
        title={`${t('photo.favourite')} (F)`}
        aria-label={t('photo.favourite')}
        aria-pressed={current?.favourite ?? false}
        onClick={() => current !== undefined && onFavourite(current, !current.favourite)}
      >
        {current?.favourite ? <IconHeartFilled size={22} aria-hidden /> : <IconHeart size={22} aria-hidden />}
      </button>
      <button
        type="button"
        className="yarl__button"
        title={`${t('lightbox.turn')} (R)`}
        aria-label={t('lightbox.turn')}
        onClick={onTurn}
      >
        <IconRotateClockwise size={22} aria-hidden />
      </button>
      {info.can.reveal && current?.offline === false && (
        <button
          type="button"
          className="yarl__button"
          title={t('photo.reveal')}
          aria-label={t('photo.reveal')}
          onClick={() => onReveal(current)}
        >
          <IconFolderSearch size={22} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="yarl__button"
        title={t('lightbox.info')}
        aria-label={t('lightbox.info')}
        aria-pressed={infoOpen}
        onClick={onInfo}
      >
        <IconInfoCircle size={22} aria-hidden />
      </button>
    </>
  );
}
