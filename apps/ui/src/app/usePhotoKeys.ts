// The keys of the verbs, for the chosen photos, else the focused one, else the open one: f, a, e, h, l, 0 to 5.
import { useEffect, useRef } from 'react';
import { hasDialog, isTyping } from '../shared/typing.ts';
import type { Verb } from '../shared/verbs.ts';

interface PhotoKeys {
  /** What the keys are about now; empty when there is nothing. */
  targets(): readonly string[];
  verbs(ids: readonly string[]): readonly Verb[];
  rate(ids: readonly string[], rating: number | null): void;
}

export function usePhotoKeys(keys: PhotoKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
      if (event.defaultPrevented || isTyping(event.target) || hasDialog()) return;
      const { targets, verbs, rate } = latest.current;
      const isStar = /^[0-5]$/.test(event.key);
      const pressed = event.key === 'Delete' ? 'DEL' : event.key.toUpperCase();
      if (!isStar && !/^([A-Z]|DEL)$/.test(pressed)) return;
      const ids = targets();
      if (ids.length === 0) return;
      if (isStar) {
        event.preventDefault();
        rate(ids, event.key === '0' ? null : Number(event.key));
        return;
      }
      const verb = verbs(ids).find((other) => other.shortcut?.toUpperCase() === pressed);
      if (verb === undefined) return;
      event.preventDefault();
      verb.run(ids);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
