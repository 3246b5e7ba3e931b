// Runs the steps of a program one after the other, says what it does, and stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

export const ROOT = dirname(import.meta.dirname);

export interface Step {
  name: string;
  /** An executable of node_modules/.bin, or `node`. */
  command: string;
  args: string[];
  /** Where to run it, from the project folder. */
  folder?: string;
}

/** @returns the exit code: 0, or that of the failed step */
export function runSteps(steps: readonly Step[]): number {
  const times: string[] = [];
  for (const { name, command, args, folder } of steps) {
    console.log(`\n--- ${name}`);
    const started = performance.now();
    const status = runTool(command, args, folder);
    times.push(`${name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (status !== 0) {
      console.error(`\nsemblance: "${name}" failed.`);
      return status;
    }
  }
  console.log(`\nsemblance: all steps passed (${times.join(', ')}).`);
  return 0;
}

/** Runs a tool of node_modules/.bin in the project folder, or in a folder of it; on Windows these are scripts for a shell. */
export function runTool(command: string, args: readonly string[], folder = '.'): number {
  const windows = process.platform === 'win32';
  const program = command === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', command);
  const { status, error } = spawnSync(windows && command !== 'node' ? `"${program}"` : program, args, {
    cwd: join(ROOT, folder),
    stdio: 'inherit',
    shell: windows && command !== 'node',
  });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}
