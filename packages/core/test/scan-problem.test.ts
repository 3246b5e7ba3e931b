import { expect, test } from 'vitest';
import { explainProblem } from '../src/index.ts';

test.each([
  ['BAD_NAME', 'unreadable', 'Rename it'],
  ['EILSEQ', 'unreadable', 'Rename it'],
  ['ERR_INVALID_ARG_VALUE', 'unreadable', 'Rename it'],
  ['ENAMETOOLONG', 'unreadable', 'longer than'],
  ['EACCES', 'unreadable', 'permissions'],
  ['EPERM', 'unreadable', 'permissions'],
  ['ENOENT', 'unreadable', 'not there'],
  ['ELOOP', 'unreadable', 'back to itself'],
  ['NOT_A_FILE', 'unsupported', 'pipe'],
  ['EIO', 'unreadable', 'EIO'],
])('%s is told', (code, reason, words) => {
  expect(explainProblem(code)).toEqual({ reason, message: expect.stringContaining(words) });
});

test.each(['LIBRARY', 'PACKAGE', 'OUTSIDE'])('%s is left out on purpose', (code) => {
  expect(explainProblem(code)).toBeNull();
});
