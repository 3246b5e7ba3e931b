// Labels in XMP sidecars, written by the real exiftool and read back; everything else in them stays as it was.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bench, bench } from './harness.ts';

const perl = process.platform === 'win32' || spawnSync('perl', ['-v']).status === 0;
const why = perl ? false : 'no Perl, which exiftool needs';

const LIGHTROOM = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:mine="http://example.com/mine/"
 xmp:Rating="4" crs:Exposure2012="+0.35" mine:Secret="kept">
<dc:subject><rdf:Bag><rdf:li>theirs</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

let b: Bench;
let ids: Map<string, string>;

beforeEach(async () => {
  b = await bench();
  await b.write({ 'a.jpg': 'A', 'b.nef': 'B', 'b.xmp': LIGHTROOM, 'sub/ü 🦊.jpg': 'C' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 10 });
  ids = new Map(photos.map(({ id }) => [b.engine.services.library.photo(id).fileName, id]));
});

function label(name: string, parentId: number | null = null): number {
  return b.engine.services.labels.create({
    ...{ name, descriptions: [], exclusions: [], parentId, color: 'gray' },
    ...{ precision: 0.8, automatic: false, sensitive: false },
  }).label.id;
}

function give(labelId: number, file: string, verdict: 'yes' | 'no' | null = 'yes'): void {
  b.engine.services.labelAnswers.answer([{ labelId, photoId: ids.get(file) ?? '', verdict }]);
}

/** Another reader than the one under test: exiftool on the command line. */
function read(path: string): Record<string, unknown> {
  const script = createRequire(import.meta.url).resolve('exiftool-vendored.pl/bin/exiftool');
  return JSON.parse(execFileSync('perl', [script, '-json', '-G1', path], { encoding: 'utf8' }))[0];
}

const write = () => b.engine.services.labelTools.sidecars.write({ kind: 'all' });

describe.skipIf(why)('sidecars', () => {
  test('a new one beside the picture, in the three fields that others read', async () => {
    const places = label('Yerler');
    give(label('İstanbul', places), 'a.jpg');
    give(label('Boat'), 'a.jpg');
    expect(await write()).toEqual({ written: 1, unchanged: 0, failed: [] });
    expect(read(join(b.photos, 'a.jpg.xmp'))).toMatchObject({
      'XMP-dc:Subject': ['Boat', 'İstanbul'],
      'XMP-lr:HierarchicalSubject': ['Boat', 'Yerler|İstanbul'],
      'XMP-digiKam:TagsList': ['Boat', 'Yerler/İstanbul'],
    });
    expect(await write()).toEqual({ written: 0, unchanged: 1, failed: [] });
    expect((await readdir(b.photos)).sort()).toEqual(['a.jpg', 'a.jpg.xmp', 'b.nef', 'b.xmp', 'sub']);
  });

  test('one that is there keeps everything that others wrote, to the last field', async () => {
    const before = read(join(b.photos, 'b.xmp'));
    const boat = label('Boat');
    give(boat, 'b.nef');
    await write();
    const after = read(join(b.photos, 'b.xmp'));
    expect(after['XMP-dc:Subject']).toEqual(['theirs', 'Boat']);
    const others = (tags: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries(tags).filter(([name]) => !/Subject|TagsList|^System|XMPToolkit|ExifTool/.test(name)),
      );
    expect(others(after)).toEqual(others(before));
    expect(Object.keys(others(before))).toContain('XMP-crs:Exposure2012');

    give(boat, 'b.nef', 'no');
    await write();
    expect(read(join(b.photos, 'b.xmp'))['XMP-dc:Subject']).toBe('theirs');
    expect(await readdir(b.photos)).not.toContain('b.nef.xmp');
  });

  test('renaming, moving and removing a label is followed', async () => {
    const boat = label('Boat');
    give(boat, 'ü 🦊.jpg');
    await write();
    const sidecar = join(b.photos, 'sub/ü 🦊.jpg.xmp');
    const { labels, labelTools } = b.engine.services;
    labels.change(boat, { name: 'Tekne', parentId: label('Deniz') });
    expect(labelTools.sidecars.settings().waiting).toBe(1);
    await write();
    expect(read(sidecar)['XMP-digiKam:TagsList']).toBe('Deniz/Tekne');
    labels.remove(boat);
    expect(labelTools.sidecars.settings().waiting).toBe(1);
    await write();
    expect(read(sidecar)).not.toHaveProperty('XMP-dc:Subject');
  });

  test('a label that goes leaves the sidecar, also after its picture was moved, or thrown away and brought back', async () => {
    const { indexer, trash, acts } = b.engine.services;
    const dog = label('Dog');
    give(dog, 'a.jpg');
    await write();
    await indexer.update();
    const thrown = await trash.photos({ kind: 'photos', ids: [ids.get('a.jpg') ?? ''] });
    await acts.undo(thrown.actId ?? 0);
    for (const name of ['a.jpg', 'a.jpg.xmp'])
      await rename(join(b.photos, name), join(b.photos, 'sub', name));
    await indexer.update();
    give(dog, 'a.jpg', 'no');
    expect(await write()).toEqual({ written: 1, unchanged: 0, failed: [] });
    expect(read(join(b.photos, 'sub/a.jpg.xmp'))).not.toHaveProperty('XMP-dc:Subject');
  });

  test('automatic ones follow by themselves; originals are never touched', async () => {
    const hash = async () =>
      createHash('sha256')
        .update(await readFile(join(b.photos, 'a.jpg')))
        .digest('hex');
    const before = await hash();
    const { sidecars } = b.engine.services.labelTools;
    expect(sidecars.settings()).toEqual({ automatic: false, into: 'sidecars', waiting: 0 });
    sidecars.change({ automatic: true });
    give(label('Dog'), 'a.jpg');
    await expect.poll(() => readdir(b.photos), { timeout: 15_000, interval: 200 }).toContain('a.jpg.xmp');
    await expect.poll(() => sidecars.settings().waiting).toBe(0);
    expect(await hash()).toBe(before);
  });

  test('a damaged sidecar is reported, left as it is, and holds up nothing', async () => {
    await writeFile(join(b.photos, 'a.jpg.xmp'), 'not xml <<<');
    const dog = label('Dog');
    give(dog, 'a.jpg');
    give(dog, 'b.nef');
    const report = await write();
    expect(report).toMatchObject({ written: 1, failed: [{ path: join(b.photos, 'a.jpg.xmp') }] });
    expect(await readFile(join(b.photos, 'a.jpg.xmp'), 'utf8')).toBe('not xml <<<');
    expect(b.engine.services.labelTools.sidecars.settings().waiting).toBe(1);
  });

  test('into the pictures themselves only when asked to, and never without a copy of how they were', async () => {
    const picture = join(b.photos, 'real.jpg');
    const original = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } })
      .withExif({ IFD0: { Make: 'Testmake' } })
      .jpeg()
      .toBuffer();
    await writeFile(picture, original);
    await b.engine.services.indexer.update();
    const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 10 });
    const id =
      photos.find((photo) => b.engine.services.library.photo(photo.id).fileName === 'real.jpg')?.id ?? '';
    const { sidecars } = b.engine.services.labelTools;
    sidecars.change({ into: 'files' });
    const dog = label('Dog');
    b.engine.services.labelAnswers.answer([{ labelId: dog, photoId: id, verdict: 'yes' }]);
    const before = (await stat(picture)).mtimeMs;
    expect(await write()).toEqual({ written: 1, unchanged: 0, failed: [] });
    expect(read(picture)).toMatchObject({ 'XMP-dc:Subject': 'Dog', 'IFD0:Make': 'Testmake' });
    expect(await readdir(b.photos)).not.toContain('real.jpg.xmp');
    expect(Math.abs((await stat(picture)).mtimeMs - before)).toBeLessThan(1000);
    const hash = createHash('sha256').update(original).digest('hex');
    const copy = await readFile(join(b.library, 'backups', hash.slice(0, 2), `${hash}.jpg`));
    expect(copy.equals(original)).toBe(true);

    // The scan after it takes the picture for the same photo.
    await b.engine.services.indexer.update();
    expect(b.engine.services.library.photo(id)).toMatchObject({ fileName: 'real.jpg' });
    expect(b.engine.services.labelAnswers.of(id)).toMatchObject([{ name: 'Dog', state: 'yours' }]);

    // Somebody else wrote into it meanwhile: it is left alone until it was looked at again.
    await writeFile(picture, 'edited elsewhere');
    b.engine.services.labelAnswers.answer([{ labelId: label('Cat'), photoId: id, verdict: 'yes' }]);
    expect((await write()).failed).toHaveLength(1);
    expect(await readFile(picture, 'utf8')).toBe('edited elsewhere');
  });

  test("what killed writers left behind is in nobody's way: ours goes, what may be others' stays", async () => {
    const picture = join(b.photos, 'real.jpg');
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } })
      .jpeg()
      .toFile(picture);
    chmodSync(picture, 0o640);
    const ours = ['.real.jpg.semblance-0123abcd', '.gone.jpg.semblance-89ef4567.xmp'];
    const others = ['real.jpg_exiftool_tmp', '.real.jpg.semblance-notes', '.semblance-0123abcd'];
    for (const name of [...ours, ...others]) await writeFile(join(b.photos, name), name);
    await b.engine.services.indexer.update();
    const { library, labelTools, labelAnswers } = b.engine.services;
    const { photos } = library.timeline({ offset: 0, limit: 10 });
    const id = photos.find((photo) => library.photo(photo.id).fileName === 'real.jpg')?.id ?? '';
    labelTools.sidecars.change({ into: 'files' });
    labelAnswers.answer([{ labelId: label('Dog'), photoId: id, verdict: 'yes' }]);
    expect(await write()).toEqual({ written: 1, unchanged: 0, failed: [] });
    expect(read(picture)).toMatchObject({ 'XMP-dc:Subject': 'Dog' });
    expect((await stat(picture)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o640);
    const left = await readdir(b.photos);
    for (const name of others) expect(await readFile(join(b.photos, name), 'utf8')).toBe(name);
    expect(left.filter((name) => /semblance-|_tmp/.test(name)).sort()).toEqual([...others].sort());
  });

  test('into every copy of a picture: what was said of it is said of what the copies are now', async () => {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#369' } })
      .jpeg()
      .toBuffer();
    for (const name of ['real.jpg', 'sub/real.jpg']) await writeFile(join(b.photos, name), picture);
    const { indexer, library, marks, albums, labelAnswers, labelTools } = b.engine.services;
    await indexer.update();
    const real = () =>
      library
        .timeline({ offset: 0, limit: 10 })
        .photos.filter(({ id }) => library.photo(id).fileName === 'real.jpg')
        .map(({ id }) => id);
    const photos = { kind: 'photos' as const, ids: real() };
    marks.mark({ photos, favourite: true, rating: 4 });
    albums.create({ name: 'Boats', query: null, photos });
    labelAnswers.assign(label('Dog'), photos, true);
    labelTools.sidecars.change({ into: 'files' });
    expect(await write()).toEqual({ written: 2, unchanged: 0, failed: [] });
    await indexer.update();
    const [now = '', ...others] = real();
    expect(others).toEqual([]);
    expect(library.photo(now)).toMatchObject({ favourite: true, rating: 4 });
    expect(library.photo(now).files).toHaveLength(2);
    expect(albums.of(now)).toMatchObject([{ name: 'Boats', photos: 1 }]);
    expect(labelAnswers.of(now)).toMatchObject([{ name: 'Dog', state: 'yours' }]);
    expect(await write()).toEqual({ written: 0, unchanged: 2, failed: [] });
  });

  test.skipIf(process.getuid?.() === 0 && 'root may write everywhere')(
    'a folder that may not be written is reported',
    async () => {
      give(label('Dog'), 'ü 🦊.jpg');
      chmodSync(join(b.photos, 'sub'), 0o555);
      const report = await write();
      chmodSync(join(b.photos, 'sub'), 0o755);
      expect(report.failed).toHaveLength(1);
    },
  );
});
