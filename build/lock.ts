// `npm run lock`: makes package-lock.json anew, true for every platform. An `npm install` into a folder that is already
// installed drops the optional packages of other platforms, and `npm ci` then fails everywhere else.

import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-lock-'));
try {
  for (const file of ['package.json', ...globSync('{packages,apps}/*/package.json', { cwd: ROOT })]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(folder, file));
  }
  const { status } = spawnSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) copyFileSync(join(folder, 'package-lock.json'), join(ROOT, 'package-lock.json'));
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
