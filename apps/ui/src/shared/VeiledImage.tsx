// A photo's picture, blurred while its photo is veiled, and the button that takes the veil off.
import type { MediaKind } from '@semblance/contract';
import { IconEye } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from './engine-context.tsx';
import classes from './VeiledImage.module.css';
import { unveil, useVeiled } from './veil.ts';

interface VeiledImageProps extends Omit<ComponentProps<'img'>, 'src'> {
  photo: { id: string; version: string; sensitive?: boolean | undefined };
  /** While it is veiled, the thumbnail is all that is fetched. */
  kind?: MediaKind;
}

export function VeiledImage({ photo, kind = 'thumb', alt = '', ...rest }: VeiledImageProps) {
  const { picture } = useEngine();
  const veiled = useVeiled(photo);
  return (
    <img
      {...rest}
      src={picture(veiled ? 'thumb' : kind, photo)}
      alt={alt}
      draggable={false}
      data-veiled={veiled || undefined}
    />
  );
}

/** In the middle of a large picture; nothing where the photo is not veiled. */
export function Unveil({ photo }: { photo: { id: string; sensitive?: boolean | undefined } }) {
  const { t } = useTranslation();
  if (!useVeiled(photo)) return null;
  return (
    <button
      type="button"
      className={classes.unveil}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        // The button goes away, and the keys of the room or the viewer must still find somebody.
        event.currentTarget.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
        unveil([photo.id]);
      }}
    >
      <IconEye size={18} aria-hidden />
      {t('photo.unveil')}
    </button>
  );
}
