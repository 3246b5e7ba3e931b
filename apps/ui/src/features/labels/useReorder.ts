// When a ranking changes, photos glide from their old place to the new one, so that the eye can follow (FLIP).
import { type RefObject, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 220;

/** @param order what the places depend on: the ids in their order */
export function useReorder(list: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef(new Map<string, { left: number; top: number }>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what moves the cells
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const before = places.current;
    const after = new Map<string, { left: number; top: number }>();
    const cells = [...element.querySelectorAll<HTMLElement>('[data-cell]')];
    for (const cell of cells)
      after.set(cell.dataset.cell ?? '', { left: cell.offsetLeft, top: cell.offsetTop });
    places.current = after;
    if (before.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const cell of cells) {
      const id = cell.dataset.cell ?? '';
      const [from, to] = [before.get(id), after.get(id)];
      if (to === undefined) continue;
      if (from === undefined) {
        cell.animate([{ opacity: 0 }, { opacity: 1 }], { duration: GLIDE_MS, easing: 'ease-out' });
        continue;
      }
      const [x, y] = [from.left - to.left, from.top - to.top];
      if (x === 0 && y === 0) continue;
      cell.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
        duration: GLIDE_MS,
        easing: 'cubic-bezier(0.2, 0, 0, 1)',
      });
    }
  }, [order, list]);
}
