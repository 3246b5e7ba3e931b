// An unplugged drive must never read as "the user deleted everything", nor another one as "the user edited everything".
import { describe, expect, test } from 'vitest';
import {
  countFamiliar,
  isSameFolder,
  judgeRoot,
  type KnownFile,
  type RootFacts,
  type SeenFile,
} from '../src/index.ts';

const facts = (known: number, seen: number, over: Partial<RootFacts> = {}): RootFacts => ({
  known,
  seen,
  familiar: Math.min(known, seen),
  place: 'same',
  problem: null,
  ...over,
});

test.each<[string, RootFacts, 'online' | 'offline' | 'stranger']>([
  ['first scan', facts(0, 500), 'online'],
  ['first scan, places cannot be told apart', facts(0, 500, { place: 'unknown' }), 'online'],
  ['empty folder, nothing known', facts(0, 0), 'online'],
  ['nothing changed', facts(100, 100), 'online'],
  ['an evening of tidying', facts(100, 51), 'online'],
  ['half of few', facts(30, 11), 'online'],
  ['exactly half', facts(100, 50), 'online'],
  ['lists none', facts(1, 0), 'offline'],
  ['far fewer', facts(100, 49), 'offline'],
  ['twenty fewer of thirty', facts(30, 10), 'offline'],
  ['not there', facts(10, 0, { problem: 'ENOENT' }), 'offline'],
  ['may not be read', facts(0, 0, { problem: 'EACCES' }), 'offline'],
  ['input/output error', facts(0, 0, { problem: 'EIO' }), 'offline'],
  ['unplugged in the middle of it', facts(10, 10, { problem: 'CHANGED' }), 'offline'],
  ['another folder under its name', facts(100, 100, { familiar: 3, place: 'other' }), 'stranger'],
  ['every photo edited, on the same disk', facts(100, 100, { familiar: 0 }), 'online'],
  ['another disk with other photos', facts(100, 100, { familiar: 0, place: 'other' }), 'stranger'],
  ['another disk, one photo known', facts(1, 400, { familiar: 0, place: 'other' }), 'stranger'],
  ['another disk that holds a few of them', facts(100, 100, { familiar: 49, place: 'other' }), 'stranger'],
  ['a new disk with a copy of all', facts(100, 100, { place: 'other' }), 'online'],
  ['a new disk with a copy of half', facts(100, 100, { familiar: 50, place: 'other' }), 'online'],
  ['another disk, empty', facts(100, 0, { familiar: 0, place: 'other' }), 'offline'],
  ['another disk, and nothing known yet', facts(0, 10, { place: 'other' }), 'online'],
  [
    'places cannot be told apart, other photos',
    facts(100, 100, { familiar: 9, place: 'unknown' }),
    'stranger',
  ],
  [
    'places cannot be told apart, most were edited',
    facts(100, 100, { familiar: 10, place: 'unknown' }),
    'online',
  ],
  ['places cannot be told apart, few known', facts(19, 30, { familiar: 0, place: 'unknown' }), 'online'],
])('%s', (_name, what, wanted) => {
  const health = judgeRoot(what);
  expect(health.state).toBe(wanted === 'online' ? 'online' : 'offline');
  expect(health.stranger).toBe(wanted === 'stranger');
  if (health.state === 'offline') expect(health.note).toMatch(/^[A-Z].*[.?]$/);
  else expect(health.note).toBeNull();
  expect(health.why === null).toBe(health.state === 'online');
});

test('the facts behind the note are there for other languages', () => {
  const why = (what: RootFacts) => judgeRoot(what).why;
  expect(why(facts(400, 3))).toEqual({ kind: 'partial', known: 400, seen: 3, code: null });
  expect(why(facts(400, 400, { familiar: 0, place: 'other' }))?.kind).toBe('replaced');
  expect(why(facts(400, 400, { familiar: 0, place: 'unknown' }))?.kind).toBe('unfamiliar');
  expect(why(facts(1, 0))?.kind).toBe('empty');
  expect(why(facts(1, 0, { problem: 'ENOTDIR' }))?.kind).toBe('missing');
  expect(why(facts(1, 0, { problem: 'EPERM' }))?.kind).toBe('forbidden');
  expect(why(facts(1, 0, { problem: 'CHANGED' }))?.kind).toBe('moving');
  expect(why(facts(1, 0, { problem: 'EIO' }))).toMatchObject({ kind: 'unreadable', code: 'EIO' });
});

test('the note says how many photos are meant', () => {
  expect(judgeRoot(facts(1, 0)).note).toContain('1 photo were');
  expect(judgeRoot(facts(400, 3)).note).toContain('Only 3 photos');
  expect(judgeRoot(facts(400, 400, { familiar: 0, place: 'other' })).note).toContain('400 photos');
});

describe('countFamiliar', () => {
  const known = (relPath: string, over: Partial<KnownFile> = {}): KnownFile => ({
    id: 1,
    relPath,
    size: 10,
    mtimeMs: 1000,
    presence: 'present',
    ...over,
  });
  const seen = (relPath: string, size = 10, mtimeMs = 1000): SeenFile => ({
    relPath,
    size,
    mtimeMs,
    inode: null,
  });

  test.each<[string, KnownFile, SeenFile, number]>([
    ['as it was', known('a.jpg'), seen('a.jpg'), 1],
    ['copied without its date', known('a.jpg'), seen('a.jpg', 10, 5000), 1],
    ['moved within the folder', known('a.jpg'), seen('x/b.jpg'), 1],
    ['spelled in another Unicode form', known('caf\u00e9.jpg'), seen('cafe\u0301.jpg', 10, 5), 1],
    ['the same name on another card', known('DCIM/IMG_0001.JPG'), seen('DCIM/IMG_0001.JPG', 11, 9), 0],
    ['edited', known('a.jpg'), seen('a.jpg', 12, 5000), 0],
    ['another photo of the same size', known('a.jpg'), seen('b.jpg', 10, 5000), 0],
    ['was missing before', known('a.jpg', { presence: 'missing' }), seen('a.jpg'), 0],
  ])('%s', (_name, before, now, wanted) => {
    expect(countFamiliar([before], [now])).toBe(wanted);
  });
});

test.each([
  [0, 0, false],
  [1, 1, true],
  [1, 0, false],
  [32, 24, true],
  [32, 23, false],
  [3, 3, true],
  [3, 2, false],
])('of %d files asked for, %d familiar: the same folder is %s', (asked, familiar, same) => {
  expect(isSameFolder({ asked, familiar })).toBe(same);
});
