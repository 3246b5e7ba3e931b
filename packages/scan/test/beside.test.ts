// What the walk says of the things beside a photo, and which films are the moving part of one.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lookBeside } from '../src/beside.ts';
import { isLivePhoto } from '../src/index.ts';
import { temporaryFolder, write } from './fixtures.ts';

const DATE = 1_700_000_000_000;

async function beside(files: Record<string, string | Buffer>, photo: string) {
  const root = temporaryFolder();
  write(root, files);
  for (const name of Object.keys(files)) utimesSync(join(root, name), DATE / 1000, DATE / 1000);
  return lookBeside(root, new Set(Object.keys(files)), photo);
}

describe('beside a photo', () => {
  test.each([
    ['nothing', {}, null, null],
    ['a sidecar named after the whole name', { 'a.jpg.xmp': 'xx' }, `.xmp 2 ${DATE}`, null],
    ['one named after the stem', { 'a.xmp': 'xx' }, `.xmp 2 ${DATE}`, null],
    ['the JSON of a Takeout', { 'a.jpg.supplemental-metadata.json': '{}' }, `.json 2 ${DATE}`, null],
    ['a film', { 'a.MOV': 'film' }, null, `.MOV 4 ${DATE}`],
    [
      'both, and something else',
      { 'a.xmp': 'x', 'a.mov': 'f', 'b.xmp': 'x' },
      `.xmp 1 ${DATE}`,
      `.mov 1 ${DATE}`,
    ],
  ])('%s', async (_, files, sidecars, film) => {
    expect(await beside({ 'a.jpg': 'photo', ...files } as Record<string, string>, 'a.jpg')).toEqual({
      sidecars,
      film,
    });
  });
});

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

describe('a film of the same name', () => {
  const key = Buffer.from('mdtacom.apple.quicktime.content.identifier');
  const ftyp = box('ftyp', Buffer.from('qt  '));
  const pixels = box('mdat', Buffer.alloc(5000, 7));
  test.each([
    ['of a Live Photo, its index at the end', Buffer.concat([ftyp, pixels, box('moov', key)]), true],
    ['of a Live Photo, its index first', Buffer.concat([ftyp, box('moov', key), pixels]), true],
    ['a video of its own', Buffer.concat([ftyp, pixels, box('moov', Buffer.alloc(40))]), false],
    ['the key among the pixels only', Buffer.concat([ftyp, box('mdat', key)]), false],
    ['cut off', ftyp.subarray(0, 6), false],
    ['a box that says it is empty', Buffer.alloc(64), false],
    ['no film at all', Buffer.from('just some words'), false],
  ])('%s', async (_, film, live) => {
    const root = temporaryFolder();
    write(root, { 'a.heic': 'photo', 'a.MOV': film });
    expect(await isLivePhoto(join(root, 'a.heic'), '.MOV 1 1')).toBe(live);
    expect(await isLivePhoto(join(root, 'a.heic'), null)).toBe(false);
  });
});
