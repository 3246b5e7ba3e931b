// Ctrl/Cmd-K from everywhere, and / outside of text fields, lead to the search box; Escape ends what lies on top:
// a selection, else a search.
import { type RefObject, useEffect, useRef } from 'react';
import { useSearch } from '../features/search/store.ts';
import { hadDialog, hasDialog, isTyping } from '../shared/typing.ts';

export function useSearchKeys(
  input: RefObject<HTMLInputElement | null>,
  enabled: boolean,
  /** Closes the open photo; null while none is open. */
  uncover: (() => void) | null,
  /** Ends what lies over the search; false when there is nothing. */
  onEscape: () => boolean,
): void {
  const clear = useSearch((state) => state.clear);
  const ending = useRef(onEscape);
  ending.current = onEscape;
  const uncovering = useRef(uncover);
  uncovering.current = uncover;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const typing = isTyping(event.target);
      const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
      const close = uncovering.current;
      if (isShortcut && close !== null) {
        event.preventDefault();
        close();
        // The viewer, on leaving, gives the focus back to where it came from.
        requestAnimationFrame(() => input.current?.focus());
      } else if (close !== null) return;
      else if (isShortcut || (event.key === '/' && !typing && !hasDialog())) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      } else if (event.key === 'Escape' && !typing && !event.defaultPrevented && !hadDialog()) {
        if (!ending.current()) clear();
      }
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [input, enabled, clear]);
}
