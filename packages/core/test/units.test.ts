import { expect, test } from 'vitest';
import { type Neighbours, pairUnits, type UnitFile } from '../src/index.ts';

const file = (relPath: string, over: Partial<UnitFile> = {}): UnitFile => {
  const format = { CR2: 'cr2', NEF: 'nef', dng: 'dng', JPG: 'jpeg', HEIC: 'heic', png: 'png' }[
    relPath.split('.').at(-1) ?? ''
  ];
  return { photoId: relPath, relPath, format: format ?? 'jpeg', takenAt: 0, dated: true, ...over };
};
const pair = (raw: UnitFile, shot: UnitFile): Neighbours => ({ raw, shot });
const raw = file('d/a.CR2');
const jpeg = file('d/a.JPG');

test.each<[string, Neighbours[], Record<string, string>]>([
  ['beside its JPEG', [pair(raw, jpeg)], { 'd/a.CR2': 'd/a.JPG' }],
  ['a second apart', [pair(raw, file('d/a.JPG', { takenAt: 1000 }))], { 'd/a.CR2': 'd/a.JPG' }],
  ['another day', [pair(raw, file('d/a.JPG', { takenAt: 86_400_000 }))], {}],
  [
    'another day by the file only',
    [pair(raw, file('d/a.JPG', { takenAt: 86_400_000, dated: false }))],
    { 'd/a.CR2': 'd/a.JPG' },
  ],
  ['another name', [pair(raw, file('d/ab.JPG'))], {}],
  ['beside a PNG', [pair(raw, file('d/a.png'))], {}],
  ['beside JPEG and HEIC', [pair(raw, file('d/a.HEIC')), pair(raw, jpeg)], { 'd/a.CR2': 'd/a.JPG' }],
  [
    'two raw files of one shot',
    [pair(raw, jpeg), pair(file('d/a.dng'), jpeg)],
    { 'd/a.CR2': 'd/a.JPG', 'd/a.dng': 'd/a.JPG' },
  ],
  ['a picture that is no raw file', [pair(jpeg, file('d/a.HEIC'))], {}],
  ['no ending', [pair(file('d.x/a', { format: 'cr2' }), file('d.x/b', { format: 'jpeg' }))], {}],
])('%s', (_, neighbours, expected) => {
  expect(Object.fromEntries(pairUnits(neighbours, new Map()))).toEqual(expected);
});

test('a raw photo with a copy elsewhere is one with its JPEG only when both copies have it', () => {
  const copy = file('e/a.CR2', { photoId: raw.photoId });
  const two = new Map([[raw.photoId, 2]]);
  expect(pairUnits([pair(raw, jpeg)], two).size).toBe(0);
  expect(pairUnits([pair(raw, jpeg), pair(copy, file('e/a.JPG', { photoId: jpeg.photoId }))], two).size).toBe(
    1,
  );
  expect(pairUnits([pair(raw, jpeg), pair(copy, file('e/a.JPG'))], two).size).toBe(0);
});
