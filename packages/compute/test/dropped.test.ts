// A picture that is no file is embedded as the same picture in a file is.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writePhoto } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { createProgram } from '../src/program.ts';

const STARTER = join(import.meta.dirname, '../../../assets/models/starter');

it('embeds a dropped picture, and answers for one that is none', { timeout: 60_000 }, async () => {
  const folder = await tempDir();
  const path = join(folder, 'sunset.jpg');
  await writePhoto(path, { scene: 'sunset', width: 400, height: 300 });
  const program = createProgram();
  await program.setup({
    modelDirectory: STARTER,
    warm: 'image',
    intraOpThreads: 1,
    thumbnailDirectory: folder,
  });
  const bytes = await readFile(path);
  expect(await program.embedPicture(new Uint8Array(bytes))).toEqual(await program.embedImage(path));
  const broken = await program.embedPicture(new Uint8Array(bytes.subarray(0, 100)));
  expect(broken).toMatchObject({ ok: false, reason: 'corrupt' });
  expect(await program.embedPicture(new Uint8Array(0))).toMatchObject({ ok: false });
});
