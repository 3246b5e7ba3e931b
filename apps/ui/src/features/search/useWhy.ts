// Why a photo was found: asked once for each photo and text, and only while one looks.
import type { WhyPhoto } from '@semblance/contract';
import { useEffect, useRef, useState } from 'react';
import { useEngine } from '../../shared/engine-context.tsx';

export type Why = { state: 'looking' | 'failed'; why: null } | { state: 'ready'; why: WhyPhoto };

const KEPT = 40;
const LOOKING: Why = { state: 'looking', why: null };

/** @param photo null while nobody looks */
export function useWhy(photo: string | null, text: string): Why {
  const { client } = useEngine();
  const kept = useRef(new Map<string, WhyPhoto>());
  const [answer, setAnswer] = useState<{ key: string } & Why>({ key: '', ...LOOKING });
  const key = `${photo}:${text}`;
  useEffect(() => {
    if (photo === null || text === '' || kept.current.has(key)) return;
    const control = new AbortController();
    client.search.why({ photoId: photo, text }, { signal: control.signal }).then(
      (why) => {
        if (kept.current.size >= KEPT) kept.current.clear();
        kept.current.set(key, why);
        if (!control.signal.aborted) setAnswer({ key, state: 'ready', why });
      },
      () => {
        if (!control.signal.aborted) setAnswer({ key, state: 'failed', why: null });
      },
    );
    return () => control.abort();
  }, [client, photo, text, key]);
  const known = kept.current.get(key);
  if (known !== undefined) return { state: 'ready', why: known };
  return answer.key === key ? answer : LOOKING;
}
