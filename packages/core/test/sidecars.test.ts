import { expect, test } from 'vitest';
import { sidecarNames } from '../src/index.ts';

test.each([
  ['IMG_1.jpg', ['IMG_1.jpg.supplemental-metadata.json', 'IMG_1.jpg.json']],
  ['IMG_1(2).jpg', ['IMG_1.jpg.supplemental-metadata(2).json', 'IMG_1.jpg(2).json']],
  [
    '20200101_120000_IMG.jpg',
    ['20200101_120000_IMG.jpg.supplemental-metadata.json', '20200101_120000_IMG.jpg.json'],
  ],
  // 46 characters, then ".json".
  [
    'a very long name that a camera would not give.jpg',
    ['a very long name that a camera would not give..json'],
  ],
  [
    'PXL_20210101_120000123.PORTRAIT.jpg',
    ['PXL_20210101_120000123.PORTRAIT.jpg.supplement.json', 'PXL_20210101_120000123.PORTRAIT.jpg.json'],
  ],
])('takeout names of %s', (name, expected) => {
  expect(sidecarNames(name).takeout).toEqual(expected);
});

test('an edited picture shares the JSON of its original', () => {
  expect(sidecarNames('a-edited.jpg').takeout).toContain('a.jpg.json');
  expect(sidecarNames('a-düzenlendi.jpg').takeout).toContain('a.jpg.supplemental-metadata.json');
  expect(sidecarNames('a-düzenlendi.jpg'.normalize('NFD')).takeout).toContain('a.jpg.json');
});

test.each([
  ['a-edited(1).jpg', 'a.jpg(1).json'],
  ['a-edited(1).jpg', 'a.jpg.supplemental-metadata(1).json'],
  ['IMG_1-modificato.jpg', 'IMG_1.jpg.json'],
  // 47 characters, the last four of them what is left of "-edited"; its JSON is cut at 46.
  [
    'a name that is about as long as they may be-edi.jpg',
    'a name that is about as long as they may be.jp.json',
  ],
])('%s belongs to %s', (name, json) => {
  expect(sidecarNames(name).takeout).toContain(json);
});

test.each(['-edited.jpg', 'sea-e.jpg', 'a (1).jpg', 'unedited.jpg'])('%s is nobody else’s', (name) => {
  expect(sidecarNames(name).takeout.filter((json) => !json.startsWith(name.slice(0, 2)))).toEqual([]);
  expect(sidecarNames(name).takeout).toHaveLength(2);
});

test('XMP beside the whole name before XMP beside the stem', () => {
  expect(sidecarNames('a.b.CR2').xmp.slice(0, 2)).toEqual(['a.b.CR2.xmp', 'a.b.xmp']);
  expect(sidecarNames('noextension').xmp[0]).toBe('noextension.xmp');
});
