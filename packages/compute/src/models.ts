// What a compute process answers about models that it does not serve itself: what a folder holds, how it runs here.
import { inspectModel, keepPrecision, type ModelTest, testModel } from '@semblance/clip';
import { SemblanceError } from '@semblance/contract';
import { MOST_THREADS } from './limits.ts';
import type { ComputeFunctions, ModelFailure } from './protocol.ts';
import { choiceName, keepChoice, keepTrying, readKept } from './runtime-file.ts';

export const modelFunctions: Pick<ComputeFunctions, 'inspectModel' | 'testModel' | 'keepPrecision'> = {
  inspectModel: (directory) => orFailure(inspectModel(directory)),
  testModel: (directory, runtimeFile) => orFailure(tryModel(directory, runtimeFile)),
  keepPrecision: (directory, precision) => orFailure(keepPrecision(directory, precision)),
};

/** What was found is what indexing begins with. */
async function tryModel(directory: string, runtimeFile: string | undefined): Promise<ModelTest> {
  if (runtimeFile === undefined) return testModel(directory);
  const { ended } = await readKept(runtimeFile);
  const tested = await testModel(directory, {
    maxThreads: MOST_THREADS,
    skip: ended,
    trying: (provider) => keepTrying(runtimeFile, provider),
  });
  const { key, provider, threads, batch, imagesPerSecond } = tested;
  await keepChoice(runtimeFile, choiceName(key, MOST_THREADS), {
    ...{ provider, threads, batch, imagesPerSecond },
  });
  return tested;
}

/** Expected failures are answers. */
export async function orFailure<T extends object>(
  work: Promise<T>,
): Promise<(T & { ok: true }) | ModelFailure> {
  try {
    return { ok: true, ...(await work) };
  } catch (error) {
    if (error instanceof SemblanceError) return { ok: false, kind: error.kind, message: error.message };
    throw error;
  }
}
