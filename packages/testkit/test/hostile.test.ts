// The table of hostile files against the decoder itself: what must be indexed decodes, what must fail does not.
import { lstat, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tempDir, writeHostileFiles } from '../src/index.ts';

test('every file is what the table says', async () => {
  const files = await writeHostileFiles(await tempDir());
  expect(files.length).toBeGreaterThanOrEqual(15);
  for (const { path, about, outcome } of files) {
    const isFile = (await lstat(path)).isFile();
    // Folders, links and pipes are never photos, whatever they are called.
    if (!isFile) {
      expect(outcome, about).not.toBe('indexed');
      continue;
    }
    expect(outcome, about).not.toBe('ignored');
    if (outcome === 'unreadable') continue;
    const decoding = readFile(path).then((bytes) =>
      sharp(bytes, { limitInputPixels: 300e6, failOn: 'error' }).raw().toBuffer(),
    );
    if (outcome === 'indexed') await expect(decoding, about).resolves.toBeInstanceOf(Buffer);
    else await expect(decoding, about).rejects.toThrow(outcome === 'too-large' ? /pixel limit/ : /./);
  }
});
