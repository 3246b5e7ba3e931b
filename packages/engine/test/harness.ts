// An open engine on a fake compute process and a folder of small text files that stand for photos.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Volumes } from '@semblance/scan';
import { tempDir } from '@semblance/testkit';
import { onTestFinished } from 'vitest';
import { type Engine, openEngine } from '../src/engine.ts';
import type { HostPort } from '../src/ports.ts';
import { createFolderTrash } from '../src/trash/folder-trash.ts';
import type { TrashPort } from '../src/trash/port.ts';
import { type FakeCompute, fakeCompute } from './fake-compute.ts';

export interface Bench {
  engine: Engine;
  fake: FakeCompute;
  /** Folder of "photos". */
  photos: string;
  library: string;
  /** The trash folder, in place of the user's own. */
  trash: string;
  write(files: Record<string, string>): Promise<void>;
  /** Another engine on the same library, which must be closed. */
  open(): Promise<Engine>;
  /** Closes the engine and opens another one on the same library. */
  reopen(): Promise<Engine>;
}

interface BenchOptions {
  host?: Partial<HostPort>;
  fake?: FakeCompute;
  /** Folder of sample pictures. */
  samples?: string;
  /** For several tests together: an empty folder, and who closes the engine. */
  shared?: { folder: string; atEnd(close: () => Promise<void>): void };
  /** Made from the one that the bench would use. */
  trash?: (usual: TrashPort) => TrashPort;
  /** Tells disks apart; the machine's own way when left out. */
  volumes?: Volumes;
  /** Patience with files that are still being copied, ms. Usually none: what a test writes is whole. */
  settles?: number;
}

export async function bench(options: BenchOptions = {}): Promise<Bench> {
  const folder = options.shared?.folder ?? (await tempDir());
  const fake = options.fake ?? fakeCompute();
  const photos = join(folder, 'photos');
  const library = join(folder, 'library');
  const trash = join(folder, 'Trash');
  const usual = createFolderTrash(async () => [{ directory: trash, top: null }]);
  await mkdir(photos);
  const open = (): Promise<Engine> =>
    openEngine({
      libraryDirectory: library,
      modelDirectory: join(folder, 'model'),
      bundledModelsDirectory: folder,
      modelsDirectory: join(folder, 'models'),
      labelPacksDirectory: join(import.meta.dirname, '../../../assets/label-packs'),
      ...(options.samples !== undefined && { samplesDirectory: options.samples }),
      host: { kind: 'cli', version: '0', ...options.host },
      spawnCompute: fake.spawn,
      offeredFolders: [photos],
      trash: options.trash?.(usual) ?? usual,
      ...(options.volumes !== undefined && { volumes: options.volumes }),
      settles: options.settles ?? 0,
    });
  const made: Bench = {
    engine: await open(),
    fake,
    open,
    photos,
    library,
    trash,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(photos, name)), { recursive: true });
        await writeFile(join(photos, name), text);
      }
    },
    async reopen() {
      await made.engine.dispose();
      made.engine = await open();
      return made.engine;
    },
  };
  (options.shared?.atEnd ?? onTestFinished)(() => made.engine.dispose());
  return made;
}
