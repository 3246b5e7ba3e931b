// What the app says when something stops it: short, calm, and with what to do next.
import type { ErrorKind } from '@semblance/contract';
import type { Words } from './words.ts';

export interface Sentence {
  message: string;
  detail: string;
}

/**
 * @param kind why the library could not be opened
 * @param said the engine's own sentence, in English; shown where it may help, left out where words would mix
 */
export function openFailure(words: Words, kind: ErrorKind | null, said: string): Sentence {
  const { message, detail } = words.failures[failureOf(kind)];
  return { message, detail: words.speaksEnglish && said !== '' ? `${said} ${detail}` : detail };
}

function failureOf(kind: ErrorKind | null): keyof Words['failures'] {
  switch (kind) {
    case 'LIBRARY_IN_USE':
      return 'inUse';
    case 'LIBRARY_NOT_WRITABLE':
      return 'notWritable';
    case 'LIBRARY_TOO_NEW':
      return 'tooNew';
    case 'LIBRARY_CORRUPT':
      return 'corrupt';
    case 'MODEL_MISSING':
    case 'MODEL_DAMAGED':
      return 'model';
    case 'COMPUTE_UNAVAILABLE':
      return 'compute';
    case 'DISK_FULL':
      return 'diskFull';
    default:
      return 'other';
  }
}
