// The program of the thread that prepares pictures.
import { parentPort, workerData } from 'node:worker_threads';
import { type BirpcReturn, createBirpc } from 'birpc';
import { createPictureFunctions, type PictureContext, type PictureFunctions } from './picture-functions.ts';
import type { EncoderFunctions } from './picture-thread.ts';

const port = parentPort;
if (port === null) throw new Error('This program is started as a thread.');

/** What the encoder reads is handed over, not copied: half a megabyte a picture. */
function handedOver({ m, a }: { m?: string; a?: unknown[] }): ArrayBuffer[] {
  if (m !== 'encode') return [];
  return (a as [Float32Array<ArrayBuffer>[]])[0].map(({ buffer }) => buffer);
}

const main: BirpcReturn<EncoderFunctions, PictureFunctions> = createBirpc<EncoderFunctions, PictureFunctions>(
  createPictureFunctions(workerData as PictureContext, (inputs) => main.encode(inputs)),
  {
    post: (message) => port.postMessage(message, handedOver(message)),
    on: (listener) => port.on('message', listener),
    timeout: -1,
  },
);
