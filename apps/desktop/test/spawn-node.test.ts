import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnPlainNode } from '../src/engine/spawn-node.ts';

/** Sends back what it gets, and what it was started with. */
const ECHO = `
process.on('message', (message) => process.send({ message, argv: process.argv.slice(2), options: process.env.NODE_OPTIONS }));
process.on('disconnect', () => process.exit(0));
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-spawn-'));
  await writeFile(join(folder, 'echo.mjs'), ECHO);
});
afterAll(() => rm(folder, { recursive: true }));

describe('compute in plain Node', () => {
  it('speaks structured clone and dies when told', async () => {
    process.env.NODE_OPTIONS = '--no-warnings';
    const channel = spawnPlainNode(process.execPath, join(folder, 'echo.mjs'))('background');
    delete process.env.NODE_OPTIONS;
    const answer = new Promise((resolve) => channel.onMessage(resolve));
    const ended = new Promise((resolve) => channel.onExit(resolve));
    channel.post({ embedding: Float32Array.of(0.5, -1) });
    expect(await answer).toEqual({
      message: { embedding: Float32Array.of(0.5, -1) },
      argv: ['--background'],
      options: undefined,
    });
    expect(channel.pid).toBeTypeOf('number');
    channel.kill();
    expect(await ended).toEqual({ code: null, signal: 'SIGKILL' });
    channel.post('into the void');
  });

  it('tells when the executable is missing', async () => {
    const channel = spawnPlainNode(join(folder, 'no-node'), join(folder, 'echo.mjs'))('interactive');
    await expect(new Promise((resolve) => channel.onExit(resolve))).resolves.toMatchObject({ signal: null });
  });
});
