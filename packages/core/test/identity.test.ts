// One row per everyday case: what happened on the disk, and what becomes of the file.
import { describe, expect, test } from 'vitest';
import { decideIdentity, type IdentityDecision, type IdentityFacts } from '../src/index.ts';

const P = 'a'.repeat(20);
const Q = 'b'.repeat(20);
const own = (contentHash: string, otherFiles = 0) => ({ id: P, contentHash, otherFiles });
const twin = (presentFiles: number) => ({ id: Q, presentFiles });

const kin = { id: Q };

const cases: [string, Omit<IdentityFacts, 'kin'> & Partial<IdentityFacts>, IdentityDecision][] = [
  ['new photo', { contentHash: 'h', own: null, twin: null }, { change: 'new', story: 'new' }],
  [
    'touched: other date, same bytes',
    { contentHash: 'h', own: own('h'), twin: null },
    { change: 'same', story: 'same', photoId: P },
  ],
  [
    'touched while a copy exists',
    { contentHash: 'h', own: own('h', 2), twin: null },
    { change: 'same', story: 'same', photoId: P },
  ],
  [
    'moved to another folder: the old place is missing',
    { contentHash: 'h', own: null, twin: twin(0) },
    { change: 'linked', story: 'found-again', photoId: Q },
  ],
  [
    'renamed: the same as moved',
    { contentHash: 'h', own: null, twin: twin(0) },
    { change: 'linked', story: 'found-again', photoId: Q },
  ],
  [
    'copied: the original is still there',
    { contentHash: 'h', own: null, twin: twin(1) },
    { change: 'linked', story: 'copied', photoId: Q },
  ],
  [
    'edited in place',
    { contentHash: 'h2', own: own('h1'), twin: null },
    { change: 'updated', story: 'edited', photoId: P },
  ],
  [
    'edited copy: the photo stays with its other file',
    { contentHash: 'h2', own: own('h1', 1), twin: null },
    { change: 'new', story: 'edited-copy' },
  ],
  [
    'replaced by known content',
    { contentHash: 'h2', own: own('h1'), twin: twin(1) },
    { change: 'linked', story: 'replaced', photoId: Q },
  ],
  [
    'two names swapped: the other photo has no file at this moment',
    { contentHash: 'h2', own: own('h1'), twin: twin(0) },
    { change: 'linked', story: 'replaced', photoId: Q },
  ],
  [
    'restored at its old place from a backup',
    { contentHash: 'h', own: own('h'), twin: null },
    { change: 'same', story: 'same', photoId: P },
  ],
  [
    'restored after its record was forgotten',
    { contentHash: 'h', own: null, twin: twin(0) },
    { change: 'linked', story: 'found-again', photoId: Q },
  ],
  [
    'moved and edited: surely a photo that is nowhere else',
    { contentHash: 'h2', own: null, twin: null, kin },
    { change: 'updated', story: 'moved-and-edited', photoId: Q },
  ],
  [
    'its bytes are those of a known photo, whatever file it may have been',
    { contentHash: 'h2', own: null, twin: { id: P, presentFiles: 0 }, kin },
    { change: 'linked', story: 'found-again', photoId: P },
  ],
  [
    'edited in place: what it was at this path counts',
    { contentHash: 'h2', own: own('h1'), twin: null, kin },
    { change: 'updated', story: 'edited', photoId: P },
  ],
  [
    'edited copy: the photo stays with its other file, whatever else is missing',
    { contentHash: 'h2', own: own('h1', 1), twin: null, kin },
    { change: 'new', story: 'edited-copy' },
  ],
];

describe('decideIdentity', () => {
  test.each(cases)('%s', (_name, facts, decision) => {
    expect(decideIdentity({ kin: null, ...facts })).toEqual(decision);
  });
});
