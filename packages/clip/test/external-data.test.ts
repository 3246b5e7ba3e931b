// Weights beside the graph, as large models keep them, and what is read of a file that claims to be a graph.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writeClipModel } from '@semblance/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { dot, inspectModel, loadImageEncoder, loadTextEncoder, readModelFolder } from '../src/index.ts';
import { readOnnxHead } from '../src/onnx-head.ts';

async function written(externalData: boolean): Promise<string> {
  const directory = join(await tempDir(), 'tiny');
  await writeClipModel(directory, { externalData });
  return directory;
}

async function query(directory: string): Promise<Float32Array> {
  const text = await loadTextEncoder(await readModelFolder(directory));
  onTestFinished(() => text.dispose());
  return (await text.encodeQuery('a dog')).embedding;
}

describe('weights in a file of their own', () => {
  test('give the same embeddings, and count as part of the model', async () => {
    const [inside, outside] = [await written(false), await written(true)];
    expect(dot(await query(inside), await query(outside))).toBeGreaterThan(0.999999);
    const folder = await readModelFolder(outside);
    expect(folder.paths.visionData).toEqual([join(outside, 'onnx/vision_model.onnx_data')]);
    expect(folder.paths.textData).toEqual([join(outside, 'onnx/text_model.onnx_data')]);
    const [{ bytes } = { bytes: 0 }] = (await inspectModel(outside)).precisions;
    expect(bytes).toBeGreaterThan(300_000);
    await (await loadImageEncoder(folder)).dispose();
  });

  test('decide the key: texts may change without the pictures', async () => {
    const directory = await written(true);
    const before = await inspectModel(directory);
    const path = join(directory, 'onnx/text_model.onnx_data');
    const data = await readFile(path);
    data[0] = (data[0] ?? 0) ^ 1;
    await writeFile(path, data);
    const after = await inspectModel(directory);
    expect(after.key).not.toBe(before.key);
    expect(after.imageKey).toBe(before.imageKey);
  });

  test('that are missing are named', async () => {
    const directory = await written(true);
    const path = join(directory, 'onnx/vision_model.onnx_data');
    await rm(path);
    await expect(inspectModel(directory)).rejects.toMatchObject({
      kind: 'MODEL_MISSING',
      message: `The model file ${path} is missing: vision_model.onnx keeps its weights there.`,
    });
  });

  test('that lie outside the folder are not read', async () => {
    const directory = await written(true);
    const path = join(directory, 'onnx/vision_model.onnx');
    const graph = (await readFile(path, 'latin1')).replaceAll(
      'vision_model.onnx_data',
      '../../../etc/passwords',
    );
    await writeFile(path, graph, 'latin1');
    await expect(inspectModel(directory)).rejects.toMatchObject({
      kind: 'MODEL_DAMAGED',
      message: expect.stringContaining('outside its own folder'),
    });
  });
});

describe('the head of a graph', () => {
  test('says what goes in and what comes out, whatever the weights', async () => {
    const directory = await written(false);
    const head = await readOnnxHead(join(directory, 'onnx/vision_model.onnx'));
    expect(head.inputs).toEqual([
      { name: 'pixel_values', type: 'float32', shape: ['batch_size', 3, 32, 32] },
    ]);
    expect(head.outputs).toEqual([{ name: 'image_embeds', type: 'float32', shape: ['batch_size', 24] }]);
    expect(head.externalData).toEqual([]);
  });

  test.each([
    ['nothing', Buffer.alloc(0), /holds no ONNX graph/],
    ['text', Buffer.from('<!DOCTYPE html><title>404</title>'), /not built as ONNX|ends too early/],
    ['a Git LFS pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), /cannot be opened/],
    ['a graph longer than its file', Buffer.from([0x3a, 0xff, 0x7f, 0x08]), /ends too early/],
    ['endless numbers', Buffer.alloc(64, 0xff), /not built as ONNX/],
    ['zeros', Buffer.alloc(64), /not built as ONNX/],
  ])('of %s is an error that names the file', async (_, bytes, message) => {
    const path = join(await tempDir(), 'x.onnx');
    await writeFile(path, bytes);
    await expect(readOnnxHead(path)).rejects.toMatchObject({
      kind: 'MODEL_DAMAGED',
      message: expect.stringMatching(message),
    });
    await expect(readOnnxHead(path)).rejects.toThrow(path);
  });

  test('any byte may be wrong: a head or an error of ours, never anything else', async () => {
    const directory = await written(false);
    const whole = (await readFile(join(directory, 'onnx/text_model.onnx'))).subarray(0, 6000);
    const path = join(directory, 'broken.onnx');
    for (let at = 0; at < whole.length; at += 61) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(path, bytes);
      const kind = await readOnnxHead(path).then(
        () => 'MODEL_DAMAGED',
        (error: { kind?: string }) => error.kind,
      );
      expect(kind, `byte ${at}`).toBe('MODEL_DAMAGED');
    }
  });
});
