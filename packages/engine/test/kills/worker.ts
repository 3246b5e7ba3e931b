// An engine that indexes for ever while somebody marks photos, until it is killed. Says on stdout what it begins and
// what it has acknowledged, one JSON line each. With `--finish` it ends by itself once everything is indexed.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PhotoId } from '@semblance/contract';
import { seededRandom } from '@semblance/testkit';
import { forkCompute } from '../../src/compute/fork.ts';
import { type Engine, openEngine } from '../../src/engine.ts';
import type { SpawnPort } from '../../src/ports.ts';
import { createFolderTrash } from '../../src/trash/folder-trash.ts';
import { fakeCompute } from '../fake-compute.ts';

export type Line =
  | { say: 'open' }
  | { say: 'compute'; pid: number }
  /** What a person has asked for, and, with the same number, that it was done. */
  | { say: 'try'; n: number; photo: PhotoId; mark: Mark }
  | { say: 'ack'; n: number }
  | { say: 'done'; failed: number; again: number };

export type Mark = { favourite: boolean } | { rating: number } | { album: number };

const [, , folder = '', modelDirectory = '', seed = '1', mode = ''] = process.argv;
const random = seededRandom(Number(seed));
const say = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const fake = modelDirectory === '' ? fakeCompute() : null;
const program = join(import.meta.dirname, '../../../compute/src/main.ts');
const real = forkCompute(program);
const spawnCompute: SpawnPort =
  fake?.spawn ??
  ((role) => {
    const channel = real(role);
    if (channel.pid !== undefined) say({ say: 'compute', pid: channel.pid });
    return channel;
  });
// A compute process that is a part of this one cannot be killed from outside.
process.stdin.on('data', () => fake?.crash());
process.stdin.unref?.();

const engine = await openEngine({
  libraryDirectory: join(folder, 'library'),
  modelDirectory,
  bundledModelsDirectory: folder,
  modelsDirectory: join(folder, 'models'),
  host: { kind: 'cli', version: '0' },
  spawnCompute,
  trash: createFolderTrash(async () => [{ directory: join(folder, 'Trash'), top: null }]),
});
say({ say: 'open' });
const { folders, indexer, library } = engine.services;
const root = await folders.add(join(folder, 'photos'));

if (mode === '--finish') {
  await indexer.update();
  const { total } = library.failures({ offset: 0, limit: 1 });
  library.retryFailures();
  await indexer.update();
  say({ say: 'done', failed: total, again: library.failures({ offset: 0, limit: 1 }).total });
  await engine.dispose();
  process.exit(0);
}

const person = markForEver(engine);
for (;;) {
  await indexer.update([root.id]).catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  await Promise.race([wait(2), person]);
}

async function markForEver({ services }: Engine): Promise<never> {
  const album = () => {
    const known = services.albums.list()[0]?.id;
    return known ?? services.albums.create({ name: 'Best', query: null }).album.id;
  };
  for (let n = 0; ; n++) {
    await wait(8);
    const { photos } = services.library.timeline({ offset: 0, limit: 500 });
    const photo = photos[Math.floor(random(0, photos.length))]?.id;
    if (photo === undefined) continue;
    const set = { kind: 'photos' as const, ids: [photo] };
    const which = Math.floor(random(0, 3));
    if (which === 2) {
      const id = album();
      say({ say: 'try', n, photo, mark: { album: id } });
      services.albums.add(id, set);
    } else {
      const mark = which === 0 ? { favourite: random() < 0.7 } : { rating: 1 + Math.floor(random(0, 5)) };
      say({ say: 'try', n, photo, mark });
      services.marks.mark({ photos: set, ...mark });
    }
    say({ say: 'ack', n });
  }
}
