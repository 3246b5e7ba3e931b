// Keys that belong to a screen rather than to a button on it: they work wherever the focus rests, except in fields,
// dialogs and menus.
import { useEffect, useRef } from 'react';

/** @param onKey gets the key in lower case, and says whether it was one of its own */
export function useKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      // Space and Enter on a button press that button.
      const presses = event.key === ' ' || event.key === 'Enter';
      if (presses && target instanceof HTMLElement && target.matches('button, a, [role="treeitem"]')) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      if (latest.current(event.key.toLowerCase())) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
