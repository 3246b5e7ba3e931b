// The disk of the catalog runs full in the middle of an act: files and user data are as before, at once when the catalog
// can be written again, else on the next open.
import { type Catalog, openCatalog } from '@semblance/catalog';
import { SemblanceError } from '@semblance/contract';
import { expect, test } from 'vitest';
import { createActs } from '../src/services/acts.ts';
import { createTrash } from '../src/services/trash.ts';
import { createFolderTrash } from '../src/trash/folder-trash.ts';
import { createCatalogInheritor } from '../src/trash/inheritors.ts';
import { createMoves } from '../src/trash/moves.ts';
import { query, request, stateOf, trashBench } from './trash-bench.ts';

/** Writes to the journal fail from the nth on, `times` times. */
function fullCatalog(catalog: Catalog, from: number, times: number): Catalog {
  let n = 0;
  return {
    ...catalog,
    changeFileOperation(id, change) {
      n += 1;
      if (n >= from && n < from + times) throw new SemblanceError('DISK_FULL', 'The disk is full.');
      catalog.changeFileOperation(id, change);
    },
  };
}

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [5, 3],
  [1, Number.POSITIVE_INFINITY],
  [3, Number.POSITIVE_INFINITY],
])('from write %i, for %f writes', async (from, times) => {
  const b = await trashBench();
  const before = stateOf(b.engine, b.photos);
  await b.engine.dispose();
  const catalog = openCatalog(b.library);
  const full = fullCatalog(catalog, from, times);
  const trash = createTrash({
    catalog: full,
    acts: createActs(full, () => undefined),
    moves: createMoves(),
    port: createFolderTrash(async () => [{ directory: b.trash, top: null }]),
    inheritors: [createCatalogInheritor(full)],
    onChange: () => undefined,
  });
  const outcome = await trash.trash(request(b.ids)).catch((error) => error);
  catalog.close();

  const engine = await b.reopen();
  const states = query(b.library, 'SELECT DISTINCT state FROM file_operations').map(({ state }) => state);
  expect(states).not.toContain('planned');
  expect(states).not.toContain('undoing');
  if (outcome instanceof Error) {
    expect(outcome).toMatchObject({ kind: 'DISK_FULL' });
    expect(states).not.toContain('done');
  } else if (outcome.actId !== null) {
    await engine.services.acts.undo(outcome.actId);
  }
  expect(stateOf(engine, b.photos)).toEqual(before);
  await engine.services.indexer.update();
  expect(stateOf(engine, b.photos)).toEqual(before);
});
