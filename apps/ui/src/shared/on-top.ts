// For dialogs that are also asked for while a photo is open: the lightbox lies over everything, and needs the keys back.
import { useEffect, useState } from 'react';

/** For a Modal that is mounted when it opens: the lightbox makes portals inert that were there before it. */
export const OVER_THE_PHOTO = {
  /** The lightbox is at 9999. */
  zIndex: 10_001,
  portalProps: { reuseTargetNode: false },
} as const;

/** A dialog that is mounted when it opens gives the focus back itself, to whoever had it and is still there. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
