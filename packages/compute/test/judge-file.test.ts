// What is measured on a file that is held against others, on pictures made here.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@semblance/testkit';
import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import { judgeFile } from '../src/judge-file.ts';

/** Squares of every grey, so that there are edges and levels to lose. */
function squares(): Sharp {
  const side = 512;
  const data = Buffer.alloc(side * side);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    data[i] = 40 + (((x >> 4) * 31 + (y >> 4) * 57) % 176);
  }
  return sharp(data, { raw: { width: side, height: side, channels: 1 } });
}

async function judged(change: (picture: Sharp) => Sharp) {
  const path = join(await tempDir(), 'a.png');
  await writeFile(path, await change(squares()).png().toBuffer());
  return judgeFile(path);
}

it('a blurred shot is less sharp, a dark and a bright one less well exposed', async () => {
  const plain = await judged((picture) => picture);
  expect(plain).toMatchObject({ detail: 1, compression: 100 });
  expect((await judged((picture) => picture.blur(4))).sharpness).toBeLessThan((plain.sharpness ?? 0) / 4);
  for (const change of [-110, 110]) {
    const wrong = await judged((picture) => picture.linear(1, change));
    expect(wrong.exposure ?? 1).toBeLessThan((plain.exposure ?? 0) - 0.2);
  }
});

it('a GIF has lost more than the hardest JPEG, whatever it is packed with', async () => {
  const folder = await tempDir();
  const compression = async (name: string, picture: Sharp) => {
    await picture.toFile(join(folder, name));
    return (await judgeFile(join(folder, name))).compression;
  };
  const [gif, jpeg, png] = [
    await compression('a.gif', squares().gif()),
    await compression('a.jpg', squares().jpeg({ quality: 5 })),
    await compression('a.png', squares().png()),
  ];
  expect(gif).toBe(0);
  expect(jpeg).toBeGreaterThanOrEqual(5);
  expect(png).toBe(100);
});

it('what cannot be read has no measures', async () => {
  const none = { detail: null, sharpness: null, exposure: null, compression: null };
  expect(await judgeFile('/no/such/file.jpg')).toEqual(none);
});
