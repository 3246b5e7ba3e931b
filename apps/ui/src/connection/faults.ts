// Tells the kinds of failure of a call apart: an expected error with a kind, an expired session, a lost engine.
import { ORPCError } from '@orpc/client';

export function isSessionExpired(error: unknown): boolean {
  return error instanceof ORPCError && error.status === 401;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** What a screen needs to word a failure: a locale key below `errors`, and the engine's own sentence if any. */
export interface Fault {
  kind: string;
  message: string | null;
}

export function toFault(error: unknown): Fault {
  if (error instanceof ORPCError) {
    if (error.status === 401) return { kind: 'SESSION_EXPIRED', message: null };
    return { kind: String(error.code), message: error.defined ? error.message : null };
  }
  return { kind: 'ENGINE_LOST', message: null };
}
