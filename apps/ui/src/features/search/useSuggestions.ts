// What the last piece of the query could become, asked while one types; late answers are dropped.
import type { Suggestion } from '@semblance/contract';
import { useCallback, useEffect, useState } from 'react';
import { useEngine } from '../../shared/engine-context.tsx';
import { completed } from './text-edit.ts';

const PAUSE_MS = 90;
const MOST = 8;

interface Suggestions {
  suggestions: readonly Suggestion[];
  forget(text: string): void;
}

/** @param active whether they are looked at now */
export function useSuggestions(text: string, active: boolean): Suggestions {
  const { client } = useEngine();
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const load = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const found = await client.search.suggest({ text, limit: MOST }, signal ? { signal } : {});
        if (!signal?.aborted) setSuggestions(worthwhile(text, found));
      } catch {
        // The search itself says what is wrong.
        if (!signal?.aborted) setSuggestions([]);
      }
    },
    [client, text],
  );
  useEffect(() => {
    if (!active) return setSuggestions([]);
    const control = new AbortController();
    const timer = setTimeout(() => void load(control.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [active, load]);
  const forget = (recent: string) => {
    setSuggestions(suggestions.filter((one) => one.kind !== 'recent' || one.insert !== recent));
    void client.search.forgetRecent({ text: recent }).catch(() => void load());
  };
  return { suggestions, forget };
}

/** What would change nothing is no suggestion. */
export function worthwhile(text: string, found: readonly Suggestion[]): readonly Suggestion[] {
  return found.filter((one) => completed(text, one).trim() !== text.trim());
}
