// The parts of `npm run package:check` that need no package: reading an archive, judging what is in it, its sizes.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { extractAsar, listAsar, type PackedFile } from '../packaging/asar.ts';
import { partsOf, wrongContents } from '../packaging/contents.ts';
import { LARGEST, tooLarge } from '../packaging/report.ts';
import { stamp, stampOptions } from '../packaging/stamp.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-package-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A pickle as `@electron/asar` writes it: sizes, the table padded to four bytes, the files. */
function writeAsar(archive: string, table: object, body: string): void {
  const json = Buffer.from(JSON.stringify(table));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4)]);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(padded.length + 8, 4);
  sizes.writeUInt32LE(padded.length + 4, 8);
  sizes.writeUInt32LE(json.length, 12);
  writeFileSync(archive, Buffer.concat([sizes, padded, Buffer.from(body)]));
}

describe('an archive', () => {
  const archive = join(folder, 'app.asar');
  writeAsar(
    archive,
    {
      files: {
        'a.js': { size: 3, offset: '0' },
        bin: {
          files: {
            run: { size: 4, offset: '3', executable: true },
            'x.node': { size: 5, unpacked: true },
          },
        },
      },
    },
    'oneFOUR',
  );
  mkdirSync(join(folder, 'app.asar.unpacked', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'app.asar.unpacked', 'bin', 'x.node'), 'fives');

  it('is listed with what lies beside it', () => {
    expect(listAsar(archive).map(({ path, size, unpacked }) => [path, size, unpacked])).toEqual([
      ['a.js', 3, false],
      ['bin/run', 4, false],
      ['bin/x.node', 5, true],
    ]);
  });

  it('is laid out as one folder', () => {
    const out = join(folder, 'out');
    extractAsar(archive, out);
    const read = (path: string) => readFileSync(join(out, path), 'utf8');
    expect([read('a.js'), read('bin/run'), read('bin/x.node')]).toEqual(['one', 'FOUR', 'fives']);
    if (process.platform !== 'win32') expect(statSync(join(out, 'bin/run')).mode & 0o111).not.toBe(0);
  });

  it('has no links', () => {
    const other = join(folder, 'linked.asar');
    writeAsar(other, { files: { passwd: { link: '/etc/passwd' } } }, '');
    expect(() => listAsar(other)).toThrow('passwd is a link');
  });
});

describe('the contents', () => {
  const host = { platform: 'linux', arch: 'x64' };
  const file = (path: string, unpacked = false): PackedFile => ({
    path,
    size: 10,
    unpacked,
    offset: unpacked ? null : 0,
    executable: false,
  });
  const complete = [
    'package.json',
    'apps/desktop/out/main/main.js',
    'apps/desktop/out/preload/preload.cjs',
    'apps/desktop/out/engine/engine.mjs',
    'apps/desktop/out/compute/compute.mjs',
    'apps/desktop/out/compute/decode-worker.mjs',
    'apps/desktop/out/compute/picture-worker.mjs',
    'apps/ui/dist/index.html',
    'assets/models/starter/SHA256SUMS',
    'assets/places/cities.tsv.br',
    'assets/licenses/THIRD_PARTY.txt',
    'assets/licenses/LICENSE.txt',
  ].map((path) => file(path));

  it('are well when everything is there', () => {
    const native = [
      file('node_modules/@lancedb/lancedb-linux-x64-gnu/lancedb.linux-x64-gnu.node', true),
      file('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', true),
    ];
    expect(wrongContents([...complete, ...native], host)).toEqual([]);
  });

  it.each(complete.map(({ path }) => path))('must have %s', (path) => {
    expect(
      wrongContents(
        complete.filter((one) => one.path !== path),
        host,
      ),
    ).toEqual([`${path} is missing.`]);
  });

  it.each([
    ['apps/desktop/src/main/main.ts', 'no place'],
    ['build/test/lock.test.ts', 'no place'],
    ['node_modules/luxon/src/luxon.ts', 'never loaded'],
    ['apps/ui/dist/index.js.map', 'never loaded'],
    ['node_modules/he/test/tests.js', 'never loaded'],
    ['node_modules/@img/sharp-libvips-linux-x64/lib/libvips-cpp.so.8.18.7', 'outside app.asar'],
    ['node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll', 'another system'],
    ['node_modules/@img/sharp-darwin-arm64/lib/sharp-darwin-arm64.node', 'another system'],
    ['node_modules/@img/sharp-linuxmusl-x64/lib/sharp.node', 'another system'],
    ['node_modules/@lancedb/lancedb-linux-arm64-gnu/lancedb.node', 'another system'],
  ])('must not have %s: %s', (path, why) => {
    expect(wrongContents([...complete, file(path)], host).join()).toContain(why);
  });

  it('are weighed by part, the heaviest first', () => {
    const parts = partsOf([
      ...complete,
      { ...file('node_modules/@lancedb/lancedb/dist/index.js'), size: 900 },
      { ...file('node_modules/apache-arrow/Arrow.js'), size: 100 },
    ]);
    expect(parts[0]).toEqual({ name: 'LanceDB', size: 1000 });
    expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(1000 + 10 * complete.length);
  });
});

describe('a package', () => {
  it('may weigh so much and no more', () => {
    expect(tooLarge(LARGEST)).toEqual([]);
    expect(tooLarge({ unpacked: LARGEST.unpacked + 1, archived: null })).toHaveLength(1);
    expect(tooLarge({ unpacked: 0, archived: LARGEST.archived + 1 })[0]).toContain('The archive');
  });

  it('says what it was made from, the same for the same commit', () => {
    expect(stamp()).toEqual(stamp());
    expect(stampOptions({ commit: '0123456789ab', date: '2026-01-02T03:04:05.000Z' })).toEqual([
      '-c.extraMetadata.madeFrom.commit=0123456789ab',
      '-c.extraMetadata.madeFrom.date=2026-01-02T03:04:05.000Z',
    ]);
    const { commit, date } = stamp();
    if (commit !== '') {
      expect(commit).toMatch(/^[0-9a-f]{12}\+?$/);
      expect(new Date(date).toISOString()).toBe(date);
    }
  });
});
