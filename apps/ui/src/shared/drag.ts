// Photos being dragged within the window. Their ids stay here: while dragging, a browser lets nobody read the data.
import type { DragEvent } from 'react';

const TYPE = 'application/x-semblance-photos';
let dragged: readonly string[] = [];

/** @param label what the pointer carries, e.g. "3 photos" */
export function dragPhotos(event: DragEvent, ids: readonly string[], label: string): void {
  dragged = ids;
  event.dataTransfer.setData(TYPE, '');
  event.dataTransfer.effectAllowed = 'copy';
  const pill = document.createElement('div');
  pill.className = 'sem-drag-pill';
  pill.textContent = label;
  document.body.append(pill);
  event.dataTransfer.setDragImage(pill, -12, -12);
  // The browser takes its picture of the pill at once, but after this handler.
  setTimeout(() => pill.remove(), 0);
}

export function carriesPhotos(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(TYPE);
}

export function droppedPhotos(): readonly string[] {
  return dragged;
}
