// Ctrl/Cmd-K from everywhere, and / outside of text fields, lead to the search box; Escape clears a search.
import { type RefObject, useEffect } from 'react';
import { useSearch } from '../features/search/store.ts';

export function useSearchKeys(input: RefObject<HTMLInputElement | null>, enabled: boolean): void {
  const clear = useSearch((state) => state.clear);
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');
      const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      if (isShortcut || (event.key === '/' && !isTyping && !hasDialog())) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      } else if (event.key === 'Escape' && !isTyping && !event.defaultPrevented && !hasDialog()) {
        clear();
      }
    };
    // Before anyone else sees the key: afterwards the dialog that Escape closed could already be gone.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [input, enabled, clear]);
}

/** An open drawer, dialog or menu takes Escape for itself. */
function hasDialog(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}
