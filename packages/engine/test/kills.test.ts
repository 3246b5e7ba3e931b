// The short form of `npm run bench -- kills`: engine and (fake) compute process killed at random, and nothing is lost.
import { seededRandom, tempDir } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { killRounds } from './kills/rounds.ts';

const KILLS = 14;

test(`${KILLS} kills at random moments`, { timeout: 240_000 }, async () => {
  const report = await killRounds({
    folder: await tempDir(),
    kills: KILLS,
    seed: 1,
    random: seededRandom(7),
    photo: (n) => new TextEncoder().encode(`photo ${n}`),
    modelDirectory: '',
    modelKey: 'fake-1',
    dimensions: 4,
    longestMs: 400,
  });
  expect(report.violations).toEqual([]);
  expect(report.engineKills + report.computeKills).toBeGreaterThanOrEqual(KILLS);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.photos).toBeGreaterThan(30);
});
