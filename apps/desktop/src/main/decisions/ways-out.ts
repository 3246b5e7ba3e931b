// What a person can do when the library does not open, or stops again and again: a sentence, and a button for each way.
import type { OpenFailure } from '../../shared/messages.ts';
import { openFailure, type Sentence } from './sentences.ts';
import type { Words } from './words.ts';

export type Way = 'again' | 'restore' | 'folder' | 'quit';

export interface Trouble {
  sentence: Sentence;
  /** The first is what Enter means, the last what Escape does. */
  ways: readonly { way: Way; label: string }[];
}

/**
 * @param failure null for an engine that was restarted several times and stopped again
 * @param timeZone of the date of a copy; the system's own when left out
 */
export function troubleOf(words: Words, failure: OpenFailure | null, timeZone?: string): Trouble {
  const { dialog, failures, restore } = words;
  const again = { way: 'again', label: dialog.tryAgain } as const;
  const folder = { way: 'folder', label: dialog.openFolder } as const;
  const quit = { way: 'quit', label: dialog.quit } as const;
  if (failure === null) return { sentence: failures.engineStops, ways: [again, quit] };
  const sentence = openFailure(words, failure.kind, failure.message);
  if (failure.kind !== 'LIBRARY_CORRUPT') return { sentence, ways: [again, quit] };
  if (failure.backup === null) return { sentence, ways: [again, folder, quit] };
  const when = new Date(failure.backup).toLocaleString(words.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  return {
    sentence: { ...sentence, detail: `${sentence.detail}\n\n${restore.detail(when)}` },
    ways: [{ way: 'restore', label: restore.button }, folder, quit],
  };
}
