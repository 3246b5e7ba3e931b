import { expect, test } from 'vitest';
import { foldName, type SidecarTags, sidecarTags } from '../src/index.ts';

const NONE: SidecarTags = { subject: [], hierarchical: [], tagsList: [] };

test('labels go into the three fields, with the labels above them', () => {
  expect(sidecarTags(NONE, [], [['Boat'], ['Places', 'Ankara']])).toEqual({
    subject: ['Boat', 'Ankara'],
    hierarchical: ['Boat', 'Places|Ankara'],
    tagsList: ['Boat', 'Places/Ankara'],
  });
});

test('what others wrote stays, in its order; only what was written here is taken out', () => {
  const present = {
    subject: ['theirs', 'Boat', 'also theirs'],
    hierarchical: ['x|theirs', 'Boat'],
    tagsList: ['Boat'],
  };
  expect(sidecarTags(present, [['Boat']], [['Dog']])).toEqual({
    subject: ['theirs', 'also theirs', 'Dog'],
    hierarchical: ['x|theirs', 'Dog'],
    tagsList: ['Dog'],
  });
  expect(sidecarTags(present, [], [])).toBeNull();
});

test('a keyword that was there before is not written twice, and nothing to change is nothing to do', () => {
  const present = { subject: ['Dog'], hierarchical: ['Dog'], tagsList: ['Dog'] };
  expect(sidecarTags(present, [], [['Dog']])).toBeNull();
  expect(sidecarTags(NONE, [['Dog']], [])).toBeNull();
});

test('separators in names do not make hierarchies', () => {
  const tags = sidecarTags(NONE, [], [['Cats/Dogs'], ['a|b']]);
  expect(tags).toEqual({
    subject: ['Cats/Dogs', 'a|b'],
    hierarchical: ['Cats/Dogs', 'a¦b'],
    tagsList: ['Cats∕Dogs', 'a|b'],
  });
});

test('names that people take for the same', () => {
  expect(foldName('  IŞIK ')).toBe(foldName('ışık'));
  expect(foldName('İzmir')).toBe(foldName('izmir'));
  expect(foldName('Dog')).not.toBe(foldName('Dogs'));
});
