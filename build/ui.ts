// Builds the user interface when its sources are newer than what was built last.
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './steps.ts';

const SOURCES = [
  'apps/ui/index.html',
  'apps/ui/vite.config.ts',
  'apps/ui/src/**/*',
  'packages/{contract,core}/src/**/*',
  'package-lock.json',
];

/** @returns false when the build failed; its output says why */
export function buildUiWhenStale(): boolean {
  if (!isStale(join(ROOT, 'apps/ui/dist/index.html'))) return true;
  console.error('semblance: building the user interface ...');
  return runTool('vite', ['build', 'apps/ui', '--logLevel', 'warn']) === 0;
}

function isStale(built: string): boolean {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  if (builtAt === undefined) return true;
  return SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).some((file) => {
    const facts = statSync(join(ROOT, file), { throwIfNoEntry: false });
    return facts?.isFile() === true && facts.mtimeMs > builtAt;
  });
}

if (import.meta.main) process.exitCode = buildUiWhenStale() ? 0 : 1;
