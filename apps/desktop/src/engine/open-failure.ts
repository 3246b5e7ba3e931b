// What is known of a library that does not open, and whether a copy of its catalog could take its place.
import { SemblanceError } from '@semblance/contract';
import { examineFiles } from '@semblance/engine';
import type { OpenFailure } from '../shared/messages.ts';

export function failureOf(error: unknown, libraryDirectory: string): OpenFailure {
  const kind = error instanceof SemblanceError ? error.kind : null;
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind,
    message,
    libraryDirectory,
    backup: kind === 'LIBRARY_CORRUPT' ? copyOf(libraryDirectory) : null,
  };
}

/** When the newest sound copy was taken: milliseconds since 1970. */
function copyOf(libraryDirectory: string): number | null {
  try {
    const backups = examineFiles(libraryDirectory)?.backups ?? [];
    return backups.find(({ problems }) => problems.length === 0)?.takenAt ?? null;
  } catch {
    // A disk that cannot be read has none to offer.
    return null;
  }
}
