// The two ways a model can fail its user, as one-liners: it is not there, or it is not what it claims to be.
import { SemblanceError } from '@semblance/contract';

/** A folder or a needed file is absent. The sentence names what and where. */
export function modelMissing(message: string): SemblanceError {
  return new SemblanceError('MODEL_MISSING', message);
}

/** A file is there but broken, altered, or does not fit the others. The sentence names which and how. */
export function modelDamaged(message: string, cause?: unknown): SemblanceError {
  return new SemblanceError('MODEL_DAMAGED', message, cause === undefined ? {} : { cause });
}

/** First line of whatever was thrown, for use inside a sentence. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
