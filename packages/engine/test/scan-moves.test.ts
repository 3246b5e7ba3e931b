// A scan in the middle of which we move files ourselves: what it has walked past by then is looked at again.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalog } from '@semblance/catalog';
import { volumes } from '@semblance/scan';
import { expect, onTestFinished, test } from 'vitest';
import { scanRoot } from '../src/indexing/scan-root.ts';
import { createMoves } from '../src/trash/moves.ts';
import { bench } from './harness.ts';
import { idsOf } from './trash-bench.ts';

async function scanned() {
  const b = await bench();
  await b.write({ 'a.jpg': 'a', 'b.jpg': 'b' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  const { fileId = 0, photoId = '' } = idsOf(b.library).get('b.jpg') ?? {};
  await b.engine.dispose();
  const catalog = openCatalog(b.library);
  onTestFinished(() => catalog.close());
  const [root] = catalog.listRoots();
  if (root === undefined) throw new Error('no folder');
  const [path, away] = [join(b.photos, 'b.jpg'), join(b.photos, '.away', 'b.jpg')];
  mkdirSync(join(b.photos, '.away'));
  const facts = catalog.fileFacts([fileId]).get(fileId);
  const file = { fileId, path, bytes: 1, modifiedAt: 0, inode: null, contentHash: '', ...facts, photoId };
  const moves = createMoves();
  /** Does `during` when the walk has seen everything. */
  const scan = (during: () => void) => {
    const { signal } = new AbortController();
    return scanRoot(catalog, root, { signal, accept: false, moves, volumes, onSeen: during });
  };
  const known = () => [...catalog.knownFiles(root.id)].map((f) => `${f.relPath} ${f.presence}`).sort();
  const back = () =>
    catalog.fileBack({ ...file, path, contentHash: file.contentHash ?? '', inode: file.inode });
  return { catalog, moves, scan, known, path, away, fileId, back };
}

test('a file that leaves after it was seen is not taken for a new one', async () => {
  const { catalog, moves, scan, known, path, away, fileId } = await scanned();
  await scan(() => {
    moves.begin(path);
    renameSync(path, away);
    catalog.fileGone(fileId);
    moves.end(path);
  });
  expect(known()).toEqual(['a.jpg present']);
});

test('a file that comes back after its folder was passed is not taken for missing', async () => {
  const { catalog, moves, scan, known, path, away, fileId, back } = await scanned();
  renameSync(path, away);
  catalog.fileGone(fileId);
  await scan(() => {
    moves.begin(path);
    renameSync(away, path);
    back();
    moves.end(path);
  });
  expect(known()).toEqual(['a.jpg present', 'b.jpg present']);
  expect(catalog.fileFacts([fileId]).get(fileId)).toMatchObject({ present: true, ready: true });
});

test('what is on its way is left as it is on record, in both directions', async () => {
  const { catalog, moves, scan, known, path, away, fileId, back } = await scanned();
  await scan(() => {
    moves.begin(path);
    renameSync(path, away);
  });
  expect(known()).toEqual(['a.jpg present', 'b.jpg present']);
  catalog.fileGone(fileId);
  moves.end(path);
  moves.begin(path);
  renameSync(away, path);
  await scan(() => undefined);
  expect(known()).toEqual(['a.jpg present']);
  back();
  moves.end(path);
  expect(catalog.fileFacts([fileId]).get(fileId)).toMatchObject({ present: true, ready: true });
});
