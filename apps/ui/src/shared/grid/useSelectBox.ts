// A box drawn with the mouse from a free spot of the grid selects what it touches; near the edges the grid scrolls.
// The box is a plain element moved by hand, so that drawing renders no photo.
import { type RefObject, useContext, useEffect } from 'react';
import type { GridLayout } from '../layout/layout.ts';
import { GridActsContext } from '../selection.ts';
import { type Box, boxBetween, photosInBox } from './box.ts';
import classes from './PhotoGrid.module.css';

/** A shorter way is a click. */
const THRESHOLD = 6;
const EDGE = 48;
const FASTEST = 24;

export function useSelectBox(
  scroller: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLElement | null>,
  layout: GridLayout | null,
  photos: readonly { id: string }[],
): void {
  const selection = useContext(GridActsContext)?.selection;
  useEffect(() => {
    const element = scroller.current;
    const ground = canvas.current;
    if (element === null || ground === null || layout === null || selection === undefined) return;

    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || event.pointerType !== 'mouse') return;
      if (event.target instanceof Element && event.target.closest('button')) return;
      // The scroll bar is part of the scroller, right of its content.
      if (event.offsetX > element.clientWidth && event.target === element) return;
      const start = pointIn(ground, event);
      const base =
        event.shiftKey || event.ctrlKey || event.metaKey ? selection.getState().ids : new Set<string>();
      let pointer = event;
      let frame: HTMLElement | null = null;
      let ticking = 0;

      const draw = () => {
        const box = boxBetween(start, pointIn(ground, pointer));
        if (frame === null) {
          if (box.right - box.left < THRESHOLD && box.bottom - box.top < THRESHOLD) return;
          frame = document.createElement('div');
          frame.className = classes.box ?? '';
          ground.append(frame);
        }
        place(frame, box);
        const touched = photosInBox(layout, box).flatMap((index) => photos[index]?.id ?? []);
        selection.getState().replace([...base, ...touched]);
      };
      const scroll = () => {
        const { top, bottom } = element.getBoundingClientRect();
        const beyond =
          Math.max(0, pointer.clientY - (bottom - EDGE)) - Math.max(0, top + EDGE - pointer.clientY);
        if (beyond !== 0 && frame !== null) {
          element.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, beyond / 2));
          draw();
        }
        ticking = requestAnimationFrame(scroll);
      };
      const onMove = (moved: PointerEvent) => {
        pointer = moved;
        draw();
      };
      const stop = () => {
        cancelAnimationFrame(ticking);
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', stop);
        window.removeEventListener('pointercancel', stop);
        if (frame === null) return;
        frame.remove();
        // The click that ends the drawing is not one on the free spot, which would clear the selection.
        element.dataset.drew = '';
        setTimeout(() => delete element.dataset.drew, 0);
      };
      ticking = requestAnimationFrame(scroll);
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', stop);
      window.addEventListener('pointercancel', stop);
    };
    element.addEventListener('pointerdown', onDown);
    return () => element.removeEventListener('pointerdown', onDown);
  }, [scroller, canvas, layout, photos, selection]);
}

function pointIn(ground: HTMLElement, event: PointerEvent): { x: number; y: number } {
  const { left, top } = ground.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function place(frame: HTMLElement, { left, top, right, bottom }: Box): void {
  frame.style.transform = `translate(${left}px, ${top}px)`;
  frame.style.width = `${right - left}px`;
  frame.style.height = `${bottom - top}px`;
}
