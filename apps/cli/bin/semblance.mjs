#!/usr/bin/env node
// Starts the command on the Node that Semblance is pinned to, whatever Node found this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('../src/main.ts');
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(here, '../../../node_modules/node/bin', name);
  if (!existsSync(pinned)) {
    console.error(
      'semblance: the packages are not installed yet. Run `npm start` once in the project folder.',
    );
    process.exit(1);
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // What the engine is done with goes back to the system (glibc; DECISIONS 84).
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '131072' },
  });
  // What is sent to this process is meant for the command, which ends first. A second Ctrl-C does it no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`semblance: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
