// A finger that rests on a photo selects it.
import { type RefObject, useEffect } from 'react';

const PATIENCE_MS = 450;
const SLACK = 10;

export function useLongPress(
  scroller: RefObject<HTMLElement | null>,
  onPress: (target: Element) => void,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let pressed = false;
    const onDown = (event: PointerEvent) => {
      pressed = false;
      if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return;
      const { target } = event;
      start = { x: event.clientX, y: event.clientY };
      clearTimeout(timer);
      timer = setTimeout(() => {
        pressed = true;
        onPress(target);
      }, PATIENCE_MS);
    };
    const onMove = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK) clearTimeout(timer);
    };
    const onEnd = () => clearTimeout(timer);
    /** What the browser makes of the same press: a click, or its own menu. */
    const swallow = (event: Event) => {
      if (!pressed) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'click') pressed = false;
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    for (const end of ['pointerup', 'pointercancel']) element.addEventListener(end, onEnd);
    element.addEventListener('click', swallow, true);
    element.addEventListener('contextmenu', swallow, true);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      for (const end of ['pointerup', 'pointercancel']) element.removeEventListener(end, onEnd);
      element.removeEventListener('click', swallow, true);
      element.removeEventListener('contextmenu', swallow, true);
    };
  }, [scroller, onPress]);
}
