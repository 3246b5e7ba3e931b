// A thread of its own changes nothing but the time: the same answers as from one thread, failures included.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dot } from '@semblance/clip';
import { tempDir, writePhoto } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { startPictureThread } from '../src/picture-thread.ts';
import { createProgram } from '../src/program.ts';
import type { ComputeFunctions } from '../src/protocol.ts';

const STARTER = join(import.meta.dirname, '../../../assets/models/starter');

async function program(thumbnailDirectory: string, pictureThread: boolean): Promise<ComputeFunctions> {
  const made = createProgram({ pictureThread });
  const setup = await made.setup({
    modelDirectory: STARTER,
    warm: 'image',
    intraOpThreads: 1,
    thumbnailDirectory,
  });
  expect(setup).toMatchObject({ ok: true, model: { dimensions: 256 } });
  return made;
}

test('pictures prepared in a thread get what they get without one', { timeout: 120_000 }, async () => {
  const folder = await tempDir();
  const paths = await Promise.all(
    (['sunset', 'forest', 'beach'] as const).map(async (scene, i) => {
      const path = join(folder, `${scene}.jpg`);
      // One of them is wide, and has crops.
      await writePhoto(path, { scene, width: i === 0 ? 900 : 600, height: 400 });
      return path;
    }),
  );
  const broken = join(folder, 'broken.jpg');
  await writeFile(broken, 'no picture');
  const [threaded, alone] = [await program(folder, true), await program(folder, false)];
  const all = async (from: ComputeFunctions) => ({
    ingested: await Promise.all(
      [...paths, broken, join(folder, 'absent.jpg')].map((path) => from.ingest({ path, embed: true })),
    ),
    visible: await from.ingest({ path: paths[0] ?? '', embed: false }),
    embedded: await from.embedPhoto(paths[0] ?? ''),
    text: await from.embedText('a beach'),
  });
  const [answers, same] = [await all(threaded), await all(alone)];
  expect(withoutVectors(answers)).toEqual(withoutVectors(same));
  // Which pictures share a batch depends on what is ready first, and the last digits on that.
  const [vectors, others] = [vectorsOf(answers), vectorsOf(same)];
  expect(vectors).toHaveLength(9);
  for (const [i, vector] of vectors.entries()) expect(dot(vector, others[i] ?? [])).toBeCloseTo(1, 5);
  expect(answers.ingested.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
  expect(answers.visible).toMatchObject({ ok: true, embedding: null });
});

function withoutVectors(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, part) => (part instanceof Float32Array ? part.length : part)));
}

function vectorsOf(value: unknown): Float32Array[] {
  if (value instanceof Float32Array) return [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.values(value).flatMap(vectorsOf);
}

test('where no thread can be started, the work is done without one', { timeout: 120_000 }, async () => {
  const folder = await tempDir();
  const path = join(folder, 'sunset.jpg');
  await writePhoto(path, { scene: 'sunset', width: 300, height: 200 });
  const pictures = await startPictureThread(
    { thumbnailDirectory: folder, model: null },
    () => Promise.reject(new Error('There is no model.')),
    pathToFileURL(join(folder, 'absent.mjs')),
  );
  expect(await pictures.ingest({ path, embed: false })).toMatchObject({ ok: true, width: 300, height: 200 });
});
