// Temporary folders with files in them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type WalkProblem, walk } from '../src/index.ts';

export const JPEG = Buffer.from('ffd8ffe000104a46494600', 'hex');

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'semblance-scan-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function write(root: string, files: Record<string, string | Buffer>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

export function makeFifo(path: string): void {
  execFileSync('bash', ['-c', 'mkfifo "$1"', 'bash', path]);
}

export async function walked(root: string): Promise<{ paths: string[]; problems: WalkProblem[] }> {
  const paths: string[] = [];
  const problems: WalkProblem[] = [];
  for await (const batch of walk(root, { onProblem: (problem) => problems.push(problem) })) {
    paths.push(...batch.map((file) => file.relPath));
  }
  return { paths: paths.sort(), problems };
}
