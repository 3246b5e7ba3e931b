// What a compute process answers about models that it does not serve itself: what a folder holds, how it runs here.
import { inspectModel, keepPrecision, testModel } from '@semblance/clip';
import { SemblanceError } from '@semblance/contract';
import type { ComputeFunctions, ModelFailure } from './protocol.ts';

export const modelFunctions: Pick<ComputeFunctions, 'inspectModel' | 'testModel' | 'keepPrecision'> = {
  inspectModel: (directory) => orFailure(inspectModel(directory)),
  testModel: (directory) => orFailure(testModel(directory)),
  keepPrecision: (directory, precision) => orFailure(keepPrecision(directory, precision)),
};

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
