// What was labelled on a copy that goes is labelled on the one that is kept, and undone exactly.
import { join } from 'node:path';
import { type Catalog, openCatalog } from '@semblance/catalog';
import { tempDir } from '@semblance/testkit';
import { beforeEach, expect, test } from 'vitest';
import { createLabelInheritor } from '../src/trash/label-inheritor.ts';
import { photoOf } from './fake-compute.ts';

let catalog: Catalog;
let keeper: string;
let copy: string;
let ids: Record<string, number>;

beforeEach(async () => {
  const opened = openCatalog(join(await tempDir(), 'library'));
  catalog = opened;
  const { id } = catalog.addRoot('/photos');
  const added = ['a.jpg', 'b.jpg'].map((relPath) => ({ relPath, size: 1, mtimeMs: 1, inode: null }));
  const none = { changed: [], returned: [], respelled: [], unchanged: 0, missing: [] };
  catalog.applyScan(id, { added, ...none }, 'scan');
  [keeper = '', copy = ''] = catalog
    .nextPending({ limit: 2 })
    .map(
      ({ fileId, path }) =>
        catalog.finishFile(fileId, photoOf(path, new Float32Array(4)), null)?.photoId ?? '',
    );
  const label = (name: string) =>
    catalog.createLabel({
      ...{ name, descriptions: [], exclusions: [], parentId: null, color: 'gray', precision: 0.8 },
      ...{ automatic: false, sensitive: false, pack: null },
    });
  ids = { boat: label('Boat'), dog: label('Dog'), cat: label('Cat') };
  return () => opened.close();
});

const states = (photoId: string) =>
  Object.fromEntries(catalog.labelsOf(photoId).map(({ name, state }) => [name, state]));
const answer = (label: string, photoId: string, verdict: 'yes' | 'no') =>
  catalog.answerLabels([{ labelId: ids[label] ?? 0, photoId, verdict, decidedAt: 1 }]);

test('labels pass on; answers given to the keeper stay; undo leaves it as it was', () => {
  answer('boat', copy, 'yes');
  answer('dog', copy, 'yes');
  answer('dog', keeper, 'no');
  answer('cat', keeper, 'yes');
  const before = states(keeper);
  const inheritor = createLabelInheritor(catalog);
  const change = inheritor.inherit(keeper, copy);
  expect(states(keeper)).toEqual({ Boat: 'yours', Dog: 'refused', Cat: 'yours' });
  expect(inheritor.inherit(keeper, copy)).toBeNull();
  // As it comes back from the journal.
  if (change !== null) inheritor.giveBack(JSON.parse(JSON.stringify(change)));
  expect(states(keeper)).toEqual(before);
});

test('an answer given since is not taken back', () => {
  answer('boat', copy, 'yes');
  const inheritor = createLabelInheritor(catalog);
  const change = inheritor.inherit(keeper, copy);
  answer('boat', keeper, 'no');
  if (change !== null) inheritor.giveBack(change);
  expect(states(keeper)).toEqual({ Boat: 'refused' });
});
