// The browser host on a made-up library, in a process of its own: its memory is the engine's.
import { join } from 'node:path';
import { forkCompute, openEngine } from '@semblance/engine';
import { listen } from '../../../apps/cli/src/server/listen.ts';

const [libraryDirectory = '', modelDirectory = ''] = process.argv.slice(2);
const root = join(import.meta.dirname, '../../..');

const engine = await openEngine({
  libraryDirectory,
  modelDirectory,
  bundledModelsDirectory: modelDirectory,
  modelsDirectory: modelDirectory,
  host: { kind: 'server', version: '0' },
  spawnCompute: forkCompute(join(root, 'packages/compute/src/main.ts')),
});
const server = await listen({ engine, pages: libraryDirectory, libraryDirectory, port: 0 });
engine.start();
console.log(server.url);
process.once('SIGTERM', async () => {
  await server.close();
  await engine.dispose();
  process.exit(0);
});
