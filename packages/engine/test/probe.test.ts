import { mkdir, readdir, readFile, rename, rm, stat, writeFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';
let b: Bench;
beforeEach(async () => {
  b = await bench();
  await b.write({ 'one.jpg': 'one', 'two.jpg': 'two', 'three.jpg': 'three' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
});
const all = () => b.engine.services.library.timeline({ offset: 0, limit: 100 }).photos;
const idOf = (name: string) => all().find((p) => b.engine.services.library.photo(p.id).fileName === name)?.id ?? 'none';
const photo = (id: string) => b.engine.services.library.photo(id);
function label(name: string, parentId: number | null = null): number {
  return b.engine.services.labels.create({
    ...{ name, descriptions: [], exclusions: [], parentId, color: 'gray' },
    ...{ precision: 0.8, automatic: false, sensitive: false },
  }).label.id;
}
test('Q1 sidecar after trash+undo', async () => {
  const { labelAnswers, labelTools, trash, acts, labels, indexer } = b.engine.services;
  const l = label('Dog');
  const id = idOf('one.jpg');
  labelAnswers.answer([{ labelId: l, photoId: id, verdict: 'yes' }]);
  console.log(await labelTools.sidecars.write({ kind: 'all' }));
  await indexer.update();
  const r = await trash.photos({ kind: 'photos', ids: [id] });
  await acts.undo(r.actId ?? 0);
  labelAnswers.answer([{ labelId: l, photoId: id, verdict: 'no' }]);
  console.log(await labelTools.sidecars.write({ kind: 'all' }));
  console.log('Q1', (await readFile(join(b.photos, 'one.jpg.xmp'), 'utf8')).includes('Dog'));
});
test('Q1b sidecar after rename of both', async () => {
  const { labelAnswers, labelTools, indexer } = b.engine.services;
  const l = label('Dog');
  const id = idOf('one.jpg');
  labelAnswers.answer([{ labelId: l, photoId: id, verdict: 'yes' }]);
  await labelTools.sidecars.write({ kind: 'all' });
  await indexer.update();
  await rename(join(b.photos, 'one.jpg'), join(b.photos, 'uno.jpg'));
  await rename(join(b.photos, 'one.jpg.xmp'), join(b.photos, 'uno.jpg.xmp'));
  await indexer.update();
  labelAnswers.answer([{ labelId: l, photoId: id, verdict: 'no' }]);
  console.log(await labelTools.sidecars.write({ kind: 'all' }));
  console.log('Q1b', (await readFile(join(b.photos, 'uno.jpg.xmp'), 'utf8')).includes('Dog'));
});
test('Q6 leftover exiftool tmp', async () => {
  const { labelAnswers, labelTools, indexer } = b.engine.services;
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } }).jpeg().toBuffer();
  await writeFile(join(b.photos, 'x.jpg'), bytes);
  await indexer.update();
  const l = label('Dog');
  labelAnswers.answer([{ labelId: l, photoId: idOf('x.jpg'), verdict: 'yes' }]);
  await writeFile(join(b.photos, 'x.jpg_exiftool_tmp'), 'junk');
  labelTools.sidecars.change({ into: 'files' });
  console.log('Q6', await labelTools.sidecars.write({ kind: 'all' }), await readdir(b.photos));
  await writeFile(join(b.photos, '.one.jpg.semblance.xmp'), 'junk');
  labelTools.sidecars.change({ into: 'sidecars' });
  labelAnswers.answer([{ labelId: l, photoId: idOf('one.jpg'), verdict: 'yes' }]);
  console.log('Q6b', await labelTools.sidecars.write({ kind: 'all' }), await readdir(b.photos));
});
test('Q25 restore when name taken', async () => {
  const { trash, acts, indexer } = b.engine.services;
  await writeFile(join(b.photos, 'one.jpg.xmp'), '<x:xmpmeta/>');
  await writeFile(join(b.photos, 'one.aae'), 'aae');
  await indexer.update();
  const r = await trash.photos({ kind: 'photos', ids: [idOf('one.jpg')] });
  await b.write({ 'one.jpg': 'stranger' });
  await indexer.update();
  await acts.undo(r.actId ?? 0);
  console.log('Q25', await readdir(b.photos));
});
test('Q26 label import', async () => {
  const { labelTools, labels } = b.engine.services;
  console.log(Object.keys(labelTools));
  const l = label('A', null);
  const c = label('B', l);
  b.engine.services.labelAnswers.answer([{ labelId: l, photoId: idOf('one.jpg'), verdict: 'yes' }]);
  const file = labelTools.export();
  console.log(JSON.stringify(file));
  console.log(JSON.stringify(labelTools.import(file)));
  console.log(labels.list().map((x) => x.name));
});
