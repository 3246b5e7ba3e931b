// Moved and edited at once: one row per case of what can be known, and of what cannot.
import { expect, test } from 'vitest';
import { type KinCandidate, type KinFile, kinOf } from '../src/index.ts';

const P = 'a'.repeat(20);
const Q = 'b'.repeat(20);
const T = Date.UTC(2024, 5, 1, 12);
const nobody = { takenAt: null, make: null, model: null };
const shot = { takenAt: T, make: 'Nikon', model: 'D70' };

const file = (over: Partial<KinFile> = {}): KinFile => ({
  relPath: 'edited/IMG_1.jpg',
  serial: null,
  volume: 'uuid:1',
  rootId: 1,
  shot: nobody,
  ...over,
});
const gone = (over: Partial<KinCandidate> = {}): KinCandidate => ({
  ...file({ relPath: 'IMG_1.jpg' }),
  photoId: P,
  maybeElsewhere: false,
  ...over,
});

const [same, other] = [{ serial: '7-99' }, { serial: '7-100' }];

test.each<[string, KinFile, KinCandidate[], string | null]>([
  ['nothing is missing', file(same), [], null],
  ['renamed and edited in place', file(same), [gone(same)], P],
  ['the inode was given to a new file', file(same), [gone(other)], null],
  ['no serial numbers on this disk', file(), [gone()], null],
  ['moved to another folder of the library on the same disk', file({ ...same, rootId: 2 }), [gone(same)], P],
  ['the same number on another disk', file({ ...same, rootId: 2, volume: 'uuid:2' }), [gone(same)], null],
  [
    'the same number in another folder, disks cannot be told apart',
    file({ ...same, rootId: 2, volume: null }),
    [gone({ ...same, volume: null })],
    null,
  ],
  [
    'the same file, and another shot was written into it',
    file({ ...same, shot }),
    [gone({ ...same, shot: { ...shot, takenAt: T + 1000 } })],
    null,
  ],
  [
    'the same file, by another camera',
    file({ ...same, shot }),
    [gone({ ...same, shot: { ...shot, model: 'D90' } })],
    null,
  ],
  ['the same file, and the editor took the camera data out', file(same), [gone({ ...same, shot })], P],
  ['saved anew in another folder', file({ shot }), [gone({ shot })], P],
  ['saved anew, its name in other case', file({ shot, relPath: 'x/img_1.JPG' }), [gone({ shot })], P],
  ['saved anew under another name', file({ shot, relPath: 'IMG_1-edited.jpg' }), [gone({ shot })], null],
  ['developed from a raw file', file({ shot }), [gone({ shot, relPath: 'IMG_1.nef' })], null],
  ['another second', file({ shot }), [gone({ shot: { ...shot, takenAt: T + 1000 } })], null],
  ['another camera', file({ shot }), [gone({ shot: { ...shot, model: 'D90' } })], null],
  [
    'no camera says when',
    file({ shot: { ...shot, takenAt: null } }),
    [gone({ shot: { ...shot, takenAt: null } })],
    null,
  ],
  [
    'a scanner without a name',
    file({ shot: { ...shot, model: null } }),
    [gone({ shot: { ...shot, model: null } })],
    null,
  ],
  [
    'two photos could be it',
    file({ shot }),
    [gone({ shot }), gone({ shot, photoId: Q, relPath: 'y/IMG_1.jpg' })],
    null,
  ],
  [
    'two missing files of one photo',
    file({ shot }),
    [gone({ shot }), gone({ shot, relPath: 'y/IMG_1.jpg' })],
    P,
  ],
  [
    'the file itself before the shot',
    file({ ...same, shot }),
    [gone({ shot, photoId: Q }), gone({ ...same, shot })],
    P,
  ],
  [
    'the photo itself may be among the files that still wait',
    file({ ...same, shot }),
    [gone({ ...same, shot, maybeElsewhere: true })],
    null,
  ],
])('%s', (_name, now, candidates, wanted) => {
  expect(kinOf(now, candidates)).toBe(wanted);
});
