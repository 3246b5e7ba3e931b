// What part of a scroller is on screen, in steps: React renders when the window of rows moves, not per pixel.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface Viewport {
  width: number;
  height: number;
  /** Rounded down to a step; what is rendered reaches `OVERSCAN` beyond it on both sides. */
  top: number;
  /** Scrolling so fast that pictures would be gone before they load. */
  flying: boolean;
}

const STEP = 160;
export const OVERSCAN = 480;
/** Viewport heights per second. */
const FLYING_SPEED = 6;
const SETTLE_MS = 110;

export function useViewport(scroller: RefObject<HTMLElement | null>): Viewport {
  const [view, setView] = useState<Viewport>({ width: 0, height: 0, top: 0, flying: false });
  const last = useRef({ top: 0, time: 0 });

  const measure = useCallback(
    (flying: boolean) => {
      const element = scroller.current;
      if (element === null) return;
      const next = {
        width: element.clientWidth,
        height: element.clientHeight,
        top: Math.floor(element.scrollTop / STEP) * STEP,
        flying,
      };
      setView((now) => (same(now, next) ? now : next));
    },
    [scroller],
  );

  useLayoutEffect(() => measure(false), [measure]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let settle: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const time = performance.now();
      const { top, time: before } = last.current;
      const speed = Math.abs(element.scrollTop - top) / element.clientHeight / ((time - before) / 1000);
      last.current = { top: element.scrollTop, time };
      clearTimeout(settle);
      settle = setTimeout(() => measure(false), SETTLE_MS);
      measure(time - before < 200 && speed > FLYING_SPEED);
    };
    const observer = new ResizeObserver(() => measure(false));
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(settle);
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, measure]);

  return view;
}

function same(a: Viewport, b: Viewport): boolean {
  return a.width === b.width && a.height === b.height && a.top === b.top && a.flying === b.flying;
}
