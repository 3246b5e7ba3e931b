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

test('XMP beside the whole name before XMP beside the stem', () => {
  expect(sidecarNames('a.b.CR2').xmp.slice(0, 2)).toEqual(['a.b.CR2.xmp', 'a.b.xmp']);
  expect(sidecarNames('noextension').xmp[0]).toBe('noextension.xmp');
});
