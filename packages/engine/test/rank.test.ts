// The pace reaches the threads that do the work: on real processes, as Linux ranks them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createComputeClient } from '../src/compute/client.ts';
import { forkCompute } from '../src/compute/fork.ts';
import { rankProcess } from '../src/compute/rank.ts';
import { createPacer } from '../src/indexing/pace.ts';

const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL } = constants.priority;
const PROGRAM = join(import.meta.dirname, '../../compute/src/main.ts');
const elsewhere = process.platform === 'linux' ? false : 'only Linux ranks threads one by one';

/** Priorities of all threads of a process; one that ends meanwhile has none. */
const ranks = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return [getPriority(Number(thread))];
    } catch {
      return [];
    }
  });

describe.skipIf(elsewhere)('threads', () => {
  test('all of them are ranked, and those that come later', async () => {
    // Four threads of libuv's pool at the start, and a worker when told so.
    const program = `
      const { Worker } = require('node:worker_threads');
      require('node:fs').stat('/', () => process.stdout.write('ready'));
      process.stdin.once('data', () => {
        new Worker('setInterval(() => {}, 1000)', { eval: true }).once('online', () => process.stdout.write('more'));
      });`;
    const child = spawn(process.execPath, ['-e', program]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const before = ranks(pid).length;
    expect(before).toBeGreaterThan(4);
    rankProcess(pid, PRIORITY_LOW);
    expect(new Set(ranks(pid))).toEqual(new Set([PRIORITY_LOW]));
    child.stdin.write('go');
    await once(child.stdout, 'data');
    expect(ranks(pid).length).toBeGreaterThan(before);
    expect(new Set(ranks(pid))).toEqual(new Set([PRIORITY_LOW]));
  });

  test('a compute process in the background steps back whole, and further when the pace is gentle', async () => {
    const compute = createComputeClient({
      role: 'background',
      spawn: forkCompute(PROGRAM),
      setup: { modelDirectory: null, warm: 'text', intraOpThreads: 1, thumbnailDirectory: '/nowhere' },
    });
    onTestFinished(() => compute.dispose());
    await compute.model();
    const pid = compute.pid() ?? 0;
    expect(new Set(ranks(pid))).toEqual(new Set([PRIORITY_BELOW_NORMAL]));
    const pacer = createPacer({ setting: () => null, setSetting: () => undefined }, () => undefined);
    pacer.insist('gentle');
    pacer.rank(compute);
    expect(new Set(ranks(pid))).toEqual(new Set([PRIORITY_LOW]));
  }, 60_000);
});

test('where a process may not be ranked higher again, a fresh one takes its place', () => {
  const rank = vi.fn((_pid: number, priority: number) => {
    if (priority !== PRIORITY_LOW) throw new Error('EACCES');
  });
  const pacer = createPacer({ setting: () => null, setSetting: () => undefined }, () => undefined, { rank });
  const compute = { pid: () => 77, recycle: vi.fn() };
  pacer.insist('gentle');
  pacer.rank(compute);
  expect(rank).toHaveBeenLastCalledWith(77, PRIORITY_LOW);
  expect(compute.recycle).not.toHaveBeenCalled();
  pacer.insist('full');
  pacer.rank(compute);
  expect(compute.recycle).toHaveBeenCalledTimes(1);
});
