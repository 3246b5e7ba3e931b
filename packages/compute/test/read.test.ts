// Reading into memory that another photo has left.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { withPhoto } from '../src/read.ts';

it('gives each its own bytes, whatever was read before and whatever else is being read', async () => {
  const folder = await tempDir();
  const write = async (name: string, letter: string, length: number): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, letter.repeat(length));
    return path;
  };
  const long = await write('long.jpg', 'a', 3_000_000);
  const short = await write('short.jpg', 'b', 1000);
  const seen = (path: string): Promise<string> =>
    withPhoto(path, async ({ data }) => {
      await new Promise((done) => setImmediate(done));
      return `${data.length} ${[...new Set(data)].map((byte) => String.fromCharCode(byte)).join('')}`;
    });
  const [a, b] = ['3000000 a', '1000 b'];
  expect([await seen(long), await seen(short)]).toEqual([a, b]);
  expect(await Promise.all([long, short, short, long, long, short].map(seen))).toEqual([a, b, b, a, a, b]);
  const failing = withPhoto(long, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect([await seen(short), await seen(long)]).toEqual([b, a]);
  await expect(withPhoto(join(folder, 'absent.jpg'), async () => 1)).rejects.toThrow('ENOENT');
});
