// Whether a folder holds a model that can be used: asked of a compute process, because the engine loads no model code.
import { basename, dirname } from 'node:path';
import { type ModelInfo, SemblanceError } from '@semblance/contract';
import { ComputeGone, createComputeClient } from '../compute/client.ts';
import type { SpawnPort } from '../ports.ts';

export interface ModelTest {
  ok: boolean;
  /** What is wrong; null when nothing is. */
  message: string | null;
  /** Milliseconds, the first time: with everything that is loaded for it. */
  loadMs: number;
  textMs: number;
  imageMs: number;
  dimensions: number;
}

export interface ModelInspector {
  /** Files and configuration; a sentence that says what is missing when it cannot be used. */
  inspect(directory: string): Promise<{ ok: true; dimensions: number } | { ok: false; message: string }>;
  /** Loads both encoders and runs them once. */
  test(directory: string): Promise<ModelTest>;
}

/** A grey picture, 2 x 2, as BMP: any encoder must have an answer to it. */
const PICTURE = greyBitmap();

export function createInspector(spawn: SpawnPort): ModelInspector {
  const client = (modelDirectory: string | null) =>
    createComputeClient({
      role: 'interactive',
      spawn,
      setup: { modelDirectory, warm: 'text', intraOpThreads: 1, thumbnailDirectory: '' },
    });

  return {
    async inspect(directory) {
      const lister = client(null);
      try {
        const models: Omit<ModelInfo, 'active' | 'bundled'>[] = await lister.call('listModels', [
          [dirname(directory)],
        ]);
        const found = models.find(({ id }) => id === basename(directory));
        if (found !== undefined) return { ok: true, dimensions: found.dimensions };
      } finally {
        lister.dispose();
      }
      // It is on no list: loading it says why.
      const { ok, message, dimensions } = await tryModel(directory, false);
      return ok ? { ok, dimensions } : { ok: false, message: message ?? 'This is no model.' };
    },
    test: (directory) => tryModel(directory, true),
  };

  async function tryModel(directory: string, encode: boolean): Promise<ModelTest> {
    const result: ModelTest = { ok: false, message: null, loadMs: 0, textMs: 0, imageMs: 0, dimensions: 0 };
    const compute = client(directory);
    const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      const started = performance.now();
      const value = await work();
      return [value, Math.round(performance.now() - started)];
    };
    try {
      const [model, loadMs] = await timed(() => compute.model());
      Object.assign(result, { loadMs, dimensions: model?.dimensions ?? 0 });
      if (!encode) return { ...result, ok: true };
      const [text, textMs] = await timed(() => compute.call('embedText', ['a photo of a dog']));
      const [image, imageMs] = await timed(() => compute.call('embedPicture', [PICTURE]));
      Object.assign(result, { textMs, imageMs });
      if (!image.ok) return { ...result, message: image.message };
      const wrong = [text.embedding, image.embedding].find((vector) => !isUnit(vector, result.dimensions));
      return {
        ...result,
        ok: wrong === undefined,
        message: wrong === undefined ? null : 'Its vectors are not finite.',
      };
    } catch (error) {
      if (!(error instanceof SemblanceError) && !(error instanceof ComputeGone)) throw error;
      return { ...result, message: error.message };
    } finally {
      compute.dispose();
    }
  }
}

function isUnit(vector: Float32Array, dimensions: number): boolean {
  const length = Math.hypot(...vector);
  return vector.length === dimensions && Math.abs(length - 1) < 1e-3;
}

function greyBitmap(): Uint8Array {
  const bytes = new Uint8Array(54 + 16).fill(128, 54);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 2, true);
  view.setInt32(22, 2, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}
