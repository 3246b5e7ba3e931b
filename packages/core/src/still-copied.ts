// Whether a file that cannot be read may still be on its way: other programs need time to copy, and a photo of which half
// is there is not a damaged one. Pure.

export interface CopyFacts {
  /** As it was when it was last looked at, before it was read. */
  before: { size: number; mtimeMs: number };
  /** As it is after that failed. `changedMs` is `ctime`, null where that means nothing. */
  now: { size: number; mtimeMs: number; changedMs: number | null };
  /** Milliseconds since 1970 UTC, of the clock that the file system dates by. */
  at: number;
  /** Since when it is known to be on its way; null when this is the first time. */
  waitingSince: number | null;
  /** A file that has stood still for so long is whole: milliseconds. */
  settles: number;
}

/** A program that writes a file for longer than this is no copy: the failure is recorded, and the next change tried again. */
const LONGEST = 10 * 60_000;
const LONGEST_PAUSE = 60_000;
const SHORTEST_PAUSE = 100;
const SAME_TIME = 1;

/**
 * @returns in how many milliseconds to look again, longer each time; null when the file stands still, and what it is now is
 *   what it is
 */
export function waitForCopy({ before, now, at, waitingSince, settles }: CopyFacts): number | null {
  const waited = waitingSince === null ? 0 : Math.max(0, at - waitingSince);
  if (waited >= LONGEST) return null;
  const moved = before.size !== now.size || Math.abs(before.mtimeMs - now.mtimeMs) > SAME_TIME;
  // A date in the future says nothing: the camera's clock, or a server's.
  const touched = [now.mtimeMs, now.changedMs ?? 0].filter((time) => time <= at);
  const fresh = at - Math.max(0, ...touched) < settles;
  if (!moved && !fresh) return null;
  return Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, Math.max(settles, waited)));
}
