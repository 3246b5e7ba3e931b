// A process that moves files to the trash, or takes that back, until it is killed. Started by trash-kill.test.ts.
import { join } from 'node:path';
import { openEngine } from '../src/engine.ts';
import { createFolderTrash } from '../src/trash/folder-trash.ts';
import { fakeCompute } from './fake-compute.ts';
import { idsOf, request } from './trash-bench.ts';

const [, , folder = '', mode, killAt = '0'] = process.argv;
const usual = createFolderTrash(async () => [{ directory: join(folder, 'Trash'), top: null }]);
let steps = 0;

/** Ends this process as a power cut would, at the step that was asked for. */
function step(): void {
  steps += 1;
  if (armed && steps === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

let armed = false;
const engine = await openEngine({
  libraryDirectory: join(folder, 'library'),
  modelDirectory: join(folder, 'model'),
  bundledModelsDirectory: folder,
  modelsDirectory: folder,
  host: { kind: 'cli', version: '0' },
  spawnCompute: fakeCompute().spawn,
  trash: {
    ...usual,
    async put(path, receipt) {
      step();
      await usual.put(path, receipt);
      step();
    },
    async restore(receipt, path) {
      step();
      await usual.restore(receipt, path);
      step();
    },
  },
});
const act = () => engine.services.trash.trash(request(idsOf(join(folder, 'library'))));
const begin = () => {
  steps = 0;
  armed = true;
  process.stdout.write('ready\n');
};

if (mode === 'apply') {
  begin();
  await act();
} else {
  const { actId } = await act();
  begin();
  await engine.services.acts.undo(actId ?? 0);
}
process.stdout.write('done\n');
await engine.dispose();
