// The lane's worker thread: decoders that block their thread. Never loads sharp or onnxruntime.
import { parentPort } from 'node:worker_threads';
import { PictureError } from '../failures.ts';
import { decodeBmp } from '../formats/bmp.ts';
import type { LaneAnswer, LaneFormat, LaneJob } from './messages.ts';

type Decoding = Omit<Extract<LaneAnswer, { ok: true }>, 'ok'>;

const DECODERS: Record<LaneFormat, (data: Buffer, wanted: LaneJob['wanted']) => Promise<Decoding>> = {
  async heic(data, wanted) {
    // Two megabytes of WebAssembly, for those who have such pictures.
    const { decodeHeic, heicMemory } = await import('../formats/heic.ts');
    const raster = decodeHeic(data, wanted);
    return { raster, memory: heicMemory() };
  },
  async jxl(data) {
    const { decodeJxl, jxlMemory } = await import('../formats/jxl.ts');
    const raster = decodeJxl(data);
    return { raster, memory: jxlMemory() };
  },
  bmp: async (data, wanted) => ({ raster: decodeBmp(data, wanted), memory: 0 }),
};

parentPort?.on('message', async ({ format, data, wanted }: LaneJob) => {
  try {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const decoding = await DECODERS[format](bytes, wanted);
    const pixels = 'png' in decoding.raster ? decoding.raster.png : decoding.raster.data;
    answer({ ok: true, ...decoding }, [pixels.buffer as ArrayBuffer]);
  } catch (error) {
    if (error instanceof PictureError) answer({ ok: false, reason: error.reason, message: error.message });
    else answer({ ok: false, broken: String(error) });
  }
});

function answer(message: LaneAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
