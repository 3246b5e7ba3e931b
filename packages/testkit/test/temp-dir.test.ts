import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tempDir } from '../src/index.ts';

const made: string[] = [];

test('an empty directory per call', async () => {
  made.push(await tempDir(), await tempDir('other-'));
  expect(new Set(made).size).toBe(2);
  for (const path of made) await writeFile(join(path, 'something'), '');
});

afterAll(async () => {
  for (const path of made) await expect(access(path)).rejects.toThrow();
});
