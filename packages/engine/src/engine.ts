// Composition root (being built).
import type { Router } from '@orpc/server';
import type { Contract } from '@semblance/contract';
import type { EngineOptions } from './ports.ts';

export interface Engine {
  /** Implements `contract`; hand it to an oRPC transport. */
  readonly router: Router<Contract, Record<never, never>>;
  /** Answers `/media/thumb/<id>` and `/media/full/<id>` (also as `media://thumb/<id>`), GET and HEAD only. */
  media(request: Request): Promise<Response>;
  /** Scans every folder and indexes what is new; returns at once. */
  start(): void;
  /** Finishes the batch in hand, closes every process and file. */
  dispose(): Promise<void>;
}

/** @throws SemblanceError LIBRARY_NOT_WRITABLE, LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, MODEL_MISSING, MODEL_DAMAGED */
export async function openEngine(_options: EngineOptions): Promise<Engine> {
  throw new Error('replaced in a later commit');
}
