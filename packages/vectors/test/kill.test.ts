// kill -9 while vectors are written, replaced, removed and compacted: what was acknowledged is there, once, and right.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openVectors } from '../src/index.ts';
import { DIMENSIONS, id, MODEL, temporaryFolder, unit } from './fixtures.ts';

const ROUNDS = 6;

/** Appends batches for ever, replacing one old vector each time by the same, and says how far it got. */
const WORKER = `
const [, , index, directory, from] = process.argv;
const { openVectors } = await import(index);
const table = await (await openVectors(directory)).table('${MODEL}', ${DIMENSIONS});
process.stdout.write('ready\\n');
const id = (n) => n.toString(16).padStart(20, '0');
const { vectors } = JSON.parse(process.env.VECTORS);
const row = (n) => ({ photoId: id(n), vector: Float32Array.from(vectors[n % vectors.length]) });
for (let n = Number(from); ; n += 4) {
  await table.append([row(n), row(n + 1), row(n + 2), row(n + 3), row(Math.floor(n / 2))]);
  await table.compact(5);
  process.stdout.write(n + 4 + '\\n');
}`;

test(`${ROUNDS} kills in the middle of writing`, { timeout: 90_000 }, async () => {
  const directory = temporaryFolder();
  const index = join(import.meta.dirname, '../src/index.ts');
  const vectors = Array.from({ length: 50 }, (_, n) => [...unit(n)]);
  let reached = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const worker = spawn(
      process.execPath,
      ['--input-type=module', '--eval', WORKER, '--', 'worker', index, directory, String(reached)],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, VECTORS: JSON.stringify({ vectors }) } },
    );
    let said = '';
    worker.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await once(worker.stdout, 'data');
    await wait(60 + round * 41);
    const ended = once(worker, 'close');
    worker.kill('SIGKILL');
    await ended;
    reached = Math.max(reached, ...said.split('\n').slice(1, -1).map(Number));

    const store = await openVectors(directory);
    const table = await store.table(MODEL, DIMENSIONS);
    expect(table.recovery).toBeNull();
    const seen = new Set<string>();
    for await (const batch of table.scan()) {
      for (const { photoId, vector } of batch) {
        expect(seen.has(photoId)).toBe(false);
        seen.add(photoId);
        expect(vector).toEqual(unit(Number.parseInt(photoId, 16) % 50));
      }
    }
    for (let n = 0; n < reached; n++) expect(seen.has(id(n))).toBe(true);
    expect(seen.size).toBe(table.count());
    await store.close();
  }
  expect(reached).toBeGreaterThan(ROUNDS * 4);
});
