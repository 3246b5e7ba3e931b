// `npm test`: everything that must hold, in the order in which a mistake is cheapest to find.
// `npm test -- <vitest filter>` runs only matching unit and integration tests.

import { runSteps, type Step } from './steps.ts';

const filter = process.argv.slice(2);

/** Processes, disks and browsers on a busy machine: a test may have a second try, and the report names it ("retry x1", "flaky"). */
const SECOND_TRY = ['--retry', '1'];

const unit: Step = {
  name: 'unit and integration tests',
  command: 'vitest',
  args: ['run', ...(filter.length > 0 ? filter : SECOND_TRY)],
};

const all: Step[] = [
  { name: 'lint and format', command: 'biome', args: ['check', '.'] },
  { name: 'import boundaries', command: 'node', args: ['build/boundaries.ts'] },
  { name: 'dead code', command: 'knip', args: [] },
  { name: 'types, per environment', command: 'node', args: ['build/typecheck.ts'] },
  { name: 'user interface', command: 'node', args: ['build/ui.ts'] },
  {
    name: 'desktop bundles',
    command: 'electron-vite',
    args: ['build', '--logLevel', 'warn'],
    folder: 'apps/desktop',
  },
  unit,
  {
    name: 'browser tests',
    command: 'playwright',
    args: ['test', '--config', 'e2e/playwright.config.ts', '--retries', '1'],
  },
];

process.exitCode = runSteps(filter.length > 0 ? [unit] : all);
