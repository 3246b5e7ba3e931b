// The folder a library lives in: made when missing, private to the user, and proven writable before anything else.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/contract';

/** @throws SemblanceError `LIBRARY_NOT_WRITABLE` or `DISK_FULL` */
export function makeWritable(directory: string): void {
  const probe = join(directory, `.write-test-${process.pid}`);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      // It was made, and could not be filled.
      rmSync(probe, { force: true });
      throw new SemblanceError('DISK_FULL', `There is no space left for the library: ${directory}`, {
        cause: error,
      });
    }
    throw new SemblanceError(
      'LIBRARY_NOT_WRITABLE',
      `The library folder cannot be written: ${directory} (${code}). Choose another one, or change its permissions.`,
      { cause: error },
    );
  }
}
