// kill -9 at every step of an act and of its undo, and at random moments: on the next open everything is as before or as
// decided, files and user data alike, without anybody doing anything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../src/engine.ts';
import { createFolderTrash } from '../src/trash/folder-trash.ts';
import { fakeCompute } from './fake-compute.ts';
import { CONTENTS, FILES, filesBelow, fill, idsOf, query, request, stateOf } from './trash-bench.ts';

const WORKER = join(import.meta.dirname, 'trash-worker.ts');
/** Six files move: before and after each. */
const STEPS = Array.from({ length: 12 }, (_, at) => at + 1);
const RANDOM_ROUNDS = 12;

let folder = '';
let template = '';
let before: ReturnType<typeof stateOf>;
let decided: ReturnType<typeof stateOf>;

const photos = () => join(folder, 'photos');

function open(): Promise<Engine> {
  return openEngine({
    libraryDirectory: join(folder, 'library'),
    modelDirectory: join(folder, 'model'),
    bundledModelsDirectory: folder,
    modelsDirectory: folder,
    host: { kind: 'cli', version: '0' },
    spawnCompute: fakeCompute().spawn,
    trash: createFolderTrash(async () => [{ directory: join(folder, 'Trash'), top: null }]),
  });
}

/** The library as it was, at the same place. */
function reset(): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  cpSync(template, folder, { recursive: true, preserveTimestamps: true });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-test-'));
  template = mkdtempSync(join(tmpdir(), 'semblance-test-'));
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(photos(), name)), { recursive: true });
    await writeFile(join(photos(), name), text);
  }
  const engine = await open();
  await fill(engine, photos(), join(folder, 'library'));
  before = stateOf(engine, photos());
  await engine.dispose();
  cpSync(folder, template, { recursive: true, preserveTimestamps: true });
  const again = await open();
  await again.services.trash.trash(request(idsOf(join(folder, 'library'))));
  decided = stateOf(again, photos());
  await again.dispose();
}, 60_000);

afterAll(() => {
  for (const made of [folder, template]) rmSync(made, { recursive: true, force: true });
});

async function runUntilKilled(mode: 'apply' | 'undo', killAt: number, afterMs: number | null) {
  const worker = spawn(process.execPath, [WORKER, folder, mode, String(killAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(worker, 'close');
  if (afterMs !== null) {
    await once(worker.stdout, 'data');
    await wait(afterMs);
    worker.kill('SIGKILL');
  }
  const [, signal] = await ended;
  return signal;
}

async function expectAllOrNothing(outcomes: Set<string>): Promise<void> {
  const engine = await open();
  try {
    const now = stateOf(engine, photos());
    const isBefore = JSON.stringify(now) === JSON.stringify(before);
    outcomes.add(isBefore ? 'before' : 'decided');
    expect(now).toEqual(isBefore ? before : decided);
    const kept = [filesBelow(photos()), filesBelow(join(folder, 'Trash/files'))];
    const all = new Set(kept.flatMap((files) => [...files.values()]));
    expect([...CONTENTS].filter((hash) => !all.has(hash))).toEqual([]);
    const states = query(join(folder, 'library'), 'SELECT DISTINCT state FROM file_operations');
    const journal = states.map(({ state }) => state);
    if (isBefore) expect(journal).not.toContain('done');
    else expect(journal).toEqual(['done']);
    expect(journal).not.toContain('planned');
    expect(journal).not.toContain('undoing');
    const notes = filesBelow(join(folder, 'Trash/info')).size;
    expect(notes).toBe(filesBelow(join(folder, 'Trash/files')).size);
    const [act] = engine.services.acts.list(1);
    if (act?.kind === 'duplicates-apply') expect(act.undone).toBe(isBefore);

    await engine.services.indexer.update();
    expect(stateOf(engine, photos())).toEqual(now);
    if (!isBefore) await engine.services.acts.undo(act?.id ?? 0);
    expect(stateOf(engine, photos())).toEqual(before);
  } finally {
    await engine.dispose();
  }
}

test('killed at every step of an act', { timeout: 300_000 }, async () => {
  const outcomes = new Set<string>();
  for (const at of STEPS) {
    reset();
    expect(await runUntilKilled('apply', at, null)).toBe('SIGKILL');
    await expectAllOrNothing(outcomes);
  }
  expect([...outcomes]).toEqual(['before']);
});

test('killed at every step of an undo', { timeout: 300_000 }, async () => {
  const outcomes = new Set<string>();
  for (const at of STEPS) {
    reset();
    expect(await runUntilKilled('undo', at, null)).toBe('SIGKILL');
    await expectAllOrNothing(outcomes);
  }
  expect([...outcomes]).toEqual(['before']);
});

test(`killed at ${RANDOM_ROUNDS} other moments`, { timeout: 300_000 }, async () => {
  for (let round = 0; round < RANDOM_ROUNDS; round++) {
    reset();
    await runUntilKilled(round % 2 === 0 ? 'apply' : 'undo', 0, round * 2);
    await expectAllOrNothing(new Set());
  }
});
