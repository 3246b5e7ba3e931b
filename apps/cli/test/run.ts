// Runs the real command as a user's shell would.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLibrary } from '@semblance/testkit';

const COMMAND = join(import.meta.dirname, '../bin/semblance.mjs');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
  /** stdout as JSON. @throws when it is not exactly one JSON value */
  json(): Record<string, unknown>;
}

/** What is measured here is not for the person whose machine this is. */
const MODELS = join(tmpdir(), `semblance-cli-test-models-${process.pid}`);
process.once('exit', () => rmSync(MODELS, { recursive: true, force: true }));

export function start(args: string[]): ChildProcess {
  const env = { SEMBLANCE_MODELS: MODELS, ...process.env };
  return spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
}

export function finish(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => (stdout += data));
  child.stderr?.on('data', (data) => (stderr += data));
  return new Promise((done) =>
    child.on('close', (code) => done({ code, stdout, stderr, json: () => JSON.parse(stdout) })),
  );
}

export function semblance(...args: string[]): Promise<Finished> {
  return finish(start(args));
}

/** A library of one photo, for all tests of a file: there until its process ends. */
export async function smallLibrary(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-cli-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const library = join(folder, 'library');
  await writeLibrary(join(folder, 'photos'), { count: 1, seed: 5, side: 64 });
  const { code, stderr } = await semblance('index', join(folder, 'photos'), '--library', library);
  if (code !== 0) throw new Error(stderr);
  return library;
}
