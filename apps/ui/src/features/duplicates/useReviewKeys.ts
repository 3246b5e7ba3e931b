// The keys of the review, wherever the focus is, except in what needs the key for itself.
import { useEffect, useRef } from 'react';
import { belongsToControl, type ReviewAction, reviewAction } from './keys.ts';

export function useReviewKeys(act: (action: ReviewAction) => void, enabled: boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isCovered()) return;
      const action = reviewAction(event);
      if (action === null || belongsToControl(event.key, controlOf(event.target))) return;
      if (event.repeat && action.do !== 'next' && action.do !== 'previous' && action.do !== 'zoom') return;
      event.preventDefault();
      // The window's own ? and Escape are for other rooms.
      event.stopPropagation();
      latest.current(action);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [enabled]);
}

/** A dialog, a menu or the large view lies over the review. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], .yarl__portal') !== null;
}

function controlOf(target: EventTarget | null): 'none' | 'row' | 'button' | 'radio' | 'slider' | 'text' {
  if (!(target instanceof Element)) return 'none';
  if (target.closest('[data-review-row]') !== null) return 'row';
  if (target.closest('[role="slider"], input[type="range"]') !== null) return 'slider';
  if (target.closest('input[type="checkbox"]') !== null) return 'button';
  if (target.closest('input[type="radio"]') !== null) return 'radio';
  if (target.closest('input, textarea, select, [contenteditable]') !== null) return 'text';
  return target.closest('button, a, [role="button"]') === null ? 'none' : 'button';
}
