// `semblance models` end to end: the starter model, published on a hub of ours, comes as any other would.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeHub, startFakeHub, tempDir, writeLibrary } from '@semblance/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { finish, semblance, start } from './run.ts';

const STARTER = join(import.meta.dirname, '../../../assets/models/starter');
const REPOSITORY = 'ada/starter-copy';
const ID = 'ada--starter-copy';

async function hubWithStarter(): Promise<{ hub: FakeHub; options: string[]; models: string }> {
  const hub = await startFakeHub();
  onTestFinished(() => hub.close());
  const files: Record<string, Buffer> = {};
  for (const entry of readdirSync(STARTER, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(STARTER.length + 1).replaceAll('\\', '/');
    if (entry.isFile()) files[name] = readFileSync(path);
  }
  hub.publish(REPOSITORY, files);
  const models = join(await tempDir(), 'models');
  return { hub, models, options: ['--models', models, '--json'] };
}

describe('semblance models', { timeout: 120_000 }, () => {
  it('adds from a hub, searches with it, checks, repairs and removes', async () => {
    const { hub, models, options } = await hubWithStarter();
    const fromHub = [...options, '--hub', hub.url];
    const looked = (await semblance('models', 'look', REPOSITORY, ...fromHub)).json();
    expect(looked).toMatchObject({
      id: ID,
      fits: true,
      have: 0,
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(existsSync(join(models, ID))).toBe(false);
    const added = await semblance('models', 'add', REPOSITORY, ...fromHub);
    expect(added.code, added.stderr).toBe(0);
    expect(added.json()).toMatchObject({
      model: { id: ID, dimensions: 256, bundled: false },
      // Tried by itself, and kept for the next start.
      trial: { id: ID, state: 'done', result: { precision: 'fp32', provider: 'cpu' } },
    });
    const kept = JSON.parse(readFileSync(join(models, '.runtime.json'), 'utf8'));
    expect(Object.keys(kept.choices)).toEqual([expect.stringMatching(new RegExp(`^${ID}-`))]);
    expect((await semblance('models', 'list', ...options)).json()).toMatchObject({
      models: [
        { id: 'starter', active: true },
        { id: ID, active: false },
      ],
    });
    const again = await semblance('models', 'add', REPOSITORY, ...fromHub);
    expect([again.code, again.json()]).toMatchObject([1, { error: { kind: 'MODEL_EXISTS' } }]);

    expect((await semblance('models', 'test', ID, ...options)).json()).toMatchObject({
      id: ID,
      state: 'done',
      result: { provider: 'cpu' },
    });
    const folder = await tempDir();
    await writeLibrary(join(folder, 'photos'), { count: 3, seed: 1, side: 320 });
    const library = ['--library', join(folder, 'library'), '--model', join(models, ID), '--json'];
    const indexed = await semblance('index', join(folder, 'photos'), ...library);
    expect(indexed.json(), indexed.stderr).toMatchObject({ indexed: 3 });

    writeFileSync(join(models, ID, 'tokenizer.json'), '{}');
    const broken = await semblance('models', 'verify', ID, ...options);
    expect([broken.code, broken.json()]).toMatchObject([1, { fine: false, changed: ['tokenizer.json'] }]);
    const mended = await semblance('models', 'verify', ID, '--repair', ...fromHub);
    expect([mended.code, mended.json()]).toMatchObject([0, { fine: true }]);

    expect((await semblance('models', 'remove', ID, ...options)).code).toBe(0);
    expect(existsSync(join(models, ID))).toBe(false);
    const bundled = await semblance('models', 'remove', 'starter', ...options);
    expect(bundled.json()).toMatchObject({ error: { kind: 'MODEL_IN_USE' } });
  });

  it('goes on after kill -9, and never shows half a model', async () => {
    const { hub, models, options } = await hubWithStarter();
    const fromHub = [...options, '--hub', hub.url];
    hub.pace(20_000, 10);
    const child = start(['models', 'add', REPOSITORY, ...fromHub]);
    const ended = finish(child);
    while (!hub.requests.some(({ path }) => path.includes('/resolve/'))) await sleep(50);
    await sleep(700);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(join(models, ID))).toBe(false);
    expect((await semblance('models', 'list', ...options)).json()).toMatchObject({
      models: [{ id: 'starter' }],
    });
    hub.pace(0, 0);
    const before = hub.requests.length;
    const added = await semblance('models', 'add', REPOSITORY, '--no-test', ...fromHub);
    expect(added.code, added.stderr).toBe(0);
    expect(added.json()).toMatchObject({ trial: null });
    expect(hub.requests.slice(before).some(({ status }) => status === 206)).toBe(true);
    expect((await semblance('models', 'verify', ID, ...options)).json()).toMatchObject({ fine: true });
  });

  it('copies a folder; says what it cannot use, and what it does not know', async () => {
    const { hub, models, options } = await hubWithStarter();
    const own = await semblance('models', 'add', STARTER, ...options);
    expect(own.json()).toMatchObject({ error: { kind: 'MODEL_EXISTS' } });
    const empty = await tempDir();
    expect((await semblance('models', 'add', empty, ...options)).json()).toMatchObject({
      error: { kind: 'MODEL_UNSUITABLE' },
    });
    expect((await semblance('models', 'add', 'nobody', ...options)).json()).toMatchObject({
      error: { kind: 'MODEL_NOT_FOUND' },
    });
    expect((await semblance('models', 'add', 'a/b/c', ...options)).code).toBe(2);
    expect((await semblance('models', 'add', 'a/b', '--hub', 'ftp://x', ...options)).code).toBe(2);
    const catalog = (await semblance('models', 'catalog', ...options)).json() as { models: object[] };
    expect(catalog.models[0]).toMatchObject({ installed: false, family: 'siglip2' });
    expect(hub.requests).toEqual([]);
    expect(existsSync(models) ? readdirSync(models).filter((name) => !name.startsWith('.')) : []).toEqual([]);
  });
});
