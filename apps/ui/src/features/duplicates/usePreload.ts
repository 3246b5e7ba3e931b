// The pictures of the group that comes next, so that it is there at once.
import type { DuplicateGroup } from '@semblance/contract';
import { useEffect } from 'react';
import { useEngine } from '../../shared/engine-context.tsx';

/** Larger groups show thumbnails until one zooms. */
const MOST = 4;

export function usePreload(group: DuplicateGroup | undefined): void {
  const { picture } = useEngine();
  useEffect(() => {
    if (group === undefined) return;
    const kind = group.photos.length > MOST ? 'thumb' : 'full';
    const images = group.photos
      .filter(({ photo }) => !photo.offline)
      .map(({ photo }) => {
        const image = new Image();
        image.decoding = 'async';
        image.src = picture(kind, photo);
        return image;
      });
    // A group that was skipped over is not waited for.
    return () => {
      for (const image of images) if (!image.complete) image.src = '';
    };
  }, [group, picture]);
}
