// Once per run: unpack the browser and make a place for the photos; afterwards take both away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideChromium } from './chromium.ts';
import { PHOTOS_VARIABLE } from './host.ts';

export default async function setUp(): Promise<() => void> {
  const takeAway = await provideChromium();
  if (process.env[PHOTOS_VARIABLE] !== undefined) return takeAway;
  const photos = mkdtempSync(join(tmpdir(), 'semblance-e2e-photos-'));
  process.env[PHOTOS_VARIABLE] = photos;
  return () => {
    rmSync(photos, { recursive: true, force: true });
    takeAway();
  };
}
