// The thread that prepares pictures while the encoder holds the main one: `session.run` of onnxruntime-node returns only
// when the graph is through, and until then nothing else of its thread runs. The encoder stays in the main thread,
// because sessions in worker threads have ended processes (onnxruntime #20084).
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import {
  createPictureFunctions,
  type Encode,
  type PictureContext,
  type PictureFunctions,
} from './picture-functions.ts';

/** `picture-worker.ts` as it lies here; bundled, it is a file of its own beside the program. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('./picture-worker.ts', import.meta.url)
  : new URL('./picture-worker.mjs', import.meta.url);

/** Its objects are small and short-lived: a young generation that grows as it likes takes 50 MB for them. */
const YOUNG_MB = 12;

export interface EncoderFunctions {
  encode: Encode;
}

/**
 * Where no such thread can be started, this one does the work. One that breaks later ends the process, as it would if the
 * work were done here: the engine then finds out which picture it was.
 */
export async function startPictureThread(
  context: PictureContext,
  encode: Encode,
  program = PROGRAM,
): Promise<PictureFunctions> {
  const worker = new Worker(program, {
    workerData: context,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const thread = createBirpc<PictureFunctions, EncoderFunctions>(
    { encode },
    {
      post: (message) => worker.postMessage(message),
      on: (listener) => worker.on('message', listener),
      timeout: -1,
    },
  );
  const begun = await new Promise<boolean>((resolve) => {
    worker.once('error', () => resolve(false));
    void thread.memory().then(() => resolve(true));
  });
  if (!begun) return createPictureFunctions(context, encode);
  worker.on('error', (error) => {
    throw error;
  });
  worker.unref();
  return thread;
}
