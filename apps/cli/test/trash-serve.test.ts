// Throwing away through the browser host, over HTTP as its window does it: apply, undo, a kill in the middle, a big
// selection. The server, the engine and the pictures are real; the trash is the test's own.
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tempDir, writeLibrary } from '@semblance/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { start } from './run.ts';

const PHOTOS = 6;

interface Served {
  call<T>(procedure: string, input?: unknown): Promise<T>;
  child: ChildProcess;
}

async function serve(library: string, photos: string): Promise<Served> {
  const child = start([
    'serve',
    '--library',
    library,
    '--roots',
    photos,
    '--port',
    '0',
    '--no-open',
    '--json',
  ]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = await new Promise<string>((ready) =>
    child.stdout?.once('data', (data) => ready(String(data))),
  );
  const { url } = JSON.parse(line) as { url: string };
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    child,
    async call<T>(procedure: string, input?: unknown) {
      const answer = await fetch(`${origin}/rpc/${procedure}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, cookie },
        body: JSON.stringify({ json: input }),
      });
      const { json } = (await answer.json()) as { json: T };
      if (!answer.ok) throw Object.assign(new Error(`${procedure}: ${answer.status}`), { json });
      return json;
    },
  };
}

const namesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.\w+$/.test(name))
    .sort();

const bytesIn = (path: string): Map<string, string> =>
  new Map(namesIn(path).map((name) => [name, readFileSync(join(path, name)).toString('base64')]));

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(100);
}

interface Report {
  actId: number | null;
  trashed: number;
}

test.skipIf(process.platform !== 'linux')('apply, undo, kill, undo', { timeout: 240_000 }, async () => {
  const folder = await tempDir();
  const [photos, library] = [join(folder, 'photos'), join(folder, 'library')];
  process.env.XDG_DATA_HOME = join(folder, 'data');
  const made = await writeLibrary(photos, { count: PHOTOS, seed: 5, side: 320 });
  mkdirSync(join(photos, 'copies'));
  for (const [at, { path }] of made.entries()) cpSync(path, join(photos, 'copies', `${at}.jpg`));
  const originals = bytesIn(photos);
  let server = await serve(library, photos);
  await server.call('folders/addOffered', { offerId: 0 });
  const idle = async () =>
    (await server.call<{ counts: { indexed: number; pending: number } }>('library/status')).counts.indexed ===
    PHOTOS;
  await until(idle);
  const groups = { filter: { kinds: ['exact'] } };
  const find = async () => {
    await server.call('duplicates/find');
    await until(
      async () => (await server.call<{ files: number }>('duplicates/plan', groups)).files === PHOTOS,
    );
  };
  await find();
  const before = await server.call<{ total: number }>('library/timeline', { limit: 100 });

  const { actId, trashed } = await server.call<Report>('duplicates/apply', groups);
  expect(trashed).toBe(PHOTOS);
  expect(bytesIn(photos).size).toBe(PHOTOS);
  expect(await server.call('trash/list', { limit: 100 })).toMatchObject({ total: PHOTOS });
  expect(await server.call('acts/undo', { id: actId })).toMatchObject({ photos: PHOTOS });
  expect(bytesIn(photos)).toEqual(originals);
  await expect(server.call('acts/undo', { id: actId })).rejects.toMatchObject({
    json: { code: 'NOTHING_TO_UNDO' },
  });

  for (const milliseconds of [0, 5, 12]) {
    await find();
    const applying = server.call('duplicates/apply', groups).catch(() => null);
    // Names only: the server is moving these files while we look.
    while (namesIn(photos).length === 2 * PHOTOS) await wait(1);
    await wait(milliseconds);
    server.child.kill('SIGKILL');
    await applying;
    server = await serve(library, photos);
    const list = await server.call<{ total: number; files: { actId: number }[] }>('trash/list', {});
    if (list.total > 0) {
      expect(list.total).toBe(PHOTOS);
      await server.call('trash/restore', { actId: list.files[0]?.actId });
    }
    expect(bytesIn(photos)).toEqual(originals);
    const after = await server.call<{ total: number }>('library/timeline', { limit: 100 });
    expect(after.total).toBe(before.total);
  }

  // As many ids as a window may select at a time; all but one are not in the library.
  const { photos: shown } = await server.call<{ photos: { id: string }[] }>('library/timeline', { limit: 1 });
  const many = Array.from({ length: 99_999 }, (_, at) => at.toString(16).padStart(20, '0'));
  const selected = { kind: 'photos', ids: [shown[0]?.id, ...many] };
  const big = await server.call<Report>('photos/trash', { photos: selected });
  expect(big.trashed).toBe(2);
  await server.call('trash/restore', { actId: big.actId });
  expect(bytesIn(photos)).toEqual(originals);
  server.child.kill('SIGTERM');
});
