// What a terminal is shown of words that come from strangers.
import { expect, test } from 'vitest';
import { printable } from '../src/output.ts';

test('control characters in names are shown and not obeyed; lines, tabs and letters stay', () => {
  expect(printable('a\u001b[2J\u0007\r\u009bb\u007f.jpg')).toBe('a\\x1b[2J\\x07\\x0d\\x9bb\\x7f.jpg');
  expect(printable('çğ 🦊\ttab\nnext')).toBe('çğ 🦊\ttab\nnext');
});
