// A file that cannot be read, and whether to wait for it.
import { expect, test } from 'vitest';
import { type CopyFacts, waitForCopy } from '../src/index.ts';

const AT = Date.UTC(2024, 0, 1);
const OLD = AT - 3_600_000;
const facts = (over: Partial<CopyFacts> = {}): CopyFacts => ({
  before: { size: 10, mtimeMs: OLD },
  now: { size: 10, mtimeMs: OLD, changedMs: OLD },
  at: AT,
  waitingSince: null,
  settles: 3000,
  ...over,
});
const grown = { size: 11, mtimeMs: OLD, changedMs: OLD };
const touched = (mtimeMs: number, changedMs: number | null = OLD) => ({ size: 10, mtimeMs, changedMs });

test.each<[string, CopyFacts, number | null]>([
  ['it has stood still', facts(), null],
  ['it has grown', facts({ now: grown }), 3000],
  ['it was written to', facts({ now: touched(OLD + 5) }), 3000],
  ['a date rounded otherwise', facts({ now: touched(OLD + 1) }), null],
  [
    'it was begun a second ago',
    facts({ before: { size: 10, mtimeMs: AT - 1000 }, now: touched(AT - 1000, AT - 1000) }),
    3000,
  ],
  ['copied just now, with the date of the original', facts({ now: touched(OLD, AT - 1000) }), 3000],
  ['no clock of changes here', facts({ now: touched(OLD, null) }), null],
  ['it has stood still for as long as it takes', facts({ now: touched(OLD, AT - 3000) }), null],
  [
    'a camera from the future',
    facts({ before: { size: 10, mtimeMs: AT + 9e9 }, now: touched(AT + 9e9) }),
    null,
  ],
  ['it still grows after a while', facts({ now: grown, waitingSince: AT - 20_000 }), 20_000],
  ['never longer than a minute', facts({ now: grown, waitingSince: AT - 300_000 }), 60_000],
  ['a file that never stands still is no copy', facts({ now: grown, waitingSince: AT - 600_000 }), null],
  ['a clock that was set back', facts({ now: grown, waitingSince: AT + 9e9 }), 3000],
  ['nobody is patient, and yet it grows', facts({ now: grown, settles: 0 }), 100],
  ['nobody is patient', facts({ now: touched(OLD, AT), settles: 0 }), null],
])('%s', (_name, what, wanted) => {
  expect(waitForCopy(what)).toBe(wanted);
});
