// One process per library, whatever way the owner ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import { expect, onTestFinished, test } from 'vitest';
import { lockLibrary, readOwner } from '../src/index.ts';
import { temporaryFolder } from './fixtures.ts';

async function lockInChild(directory: string): Promise<ChildProcess> {
  const lockModule = join(import.meta.dirname, '../src/index.ts');
  const program = `
    const { lockLibrary } = await import(${JSON.stringify(lockModule)});
    lockLibrary(${JSON.stringify(directory)}, 'cli');
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('locked');
  return child;
}

function refusal(directory: string): SemblanceError {
  try {
    lockLibrary(directory).release();
  } catch (error) {
    if (error instanceof SemblanceError) return error;
    throw error;
  }
  throw new Error('the lock was given');
}

test('the second process is told who has the library; kill -9 of the owner frees it at once', async () => {
  const directory = temporaryFolder();
  const child = await lockInChild(directory);
  const error = refusal(directory);
  expect(error.kind).toBe('LIBRARY_IN_USE');
  expect(error.message).toContain(`process ${child.pid}`);
  expect(error.message).toContain('a Semblance command');

  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const lock = lockLibrary(directory, 'desktop');
  expect(readOwner(directory)).toEqual(lock.owner);
  expect(lock.owner).toMatchObject({ pid: process.pid, host: 'desktop' });
  lock.release();
});

test('the same process cannot take it twice either; release gives it back, and may be called twice', () => {
  const directory = temporaryFolder();
  const lock = lockLibrary(directory);
  expect(refusal(directory).message).toContain(String(process.pid));
  lock.release();
  expect(existsSync(join(directory, 'owner.json'))).toBe(false);
  const next = lockLibrary(directory);
  lock.release();
  expect(refusal(directory).kind).toBe('LIBRARY_IN_USE');
  next.release();
});

test('an unreadable owner note still gives a clear sentence', () => {
  const directory = temporaryFolder();
  const lock = lockLibrary(directory);
  writeFileSync(join(directory, 'owner.json'), '{"pid":');
  expect(refusal(directory).message).toMatch(/^Another Semblance process has this library open/);
  lock.release();
});

test('a folder that cannot be a library', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const directory of [file, join(file, 'below')]) {
    const error = refusal(directory);
    expect(error.kind).toBe('LIBRARY_NOT_WRITABLE');
    expect(error.message).toContain(directory);
  }
});
