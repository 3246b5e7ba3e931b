// A directory that is gone when the test is over.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty directory; removed with all that is in it when the running test ends, however it ends. */
export async function tempDir(prefix = 'semblance-'): Promise<string> {
  // Not at the top: Playwright's `expect` and vitest's cannot live in one process, and browser tests use testkit too.
  const { onTestFinished } = await import('vitest');
  const path = await mkdtemp(join(tmpdir(), prefix));
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}
