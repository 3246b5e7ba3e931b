// "Try it with sample pictures": a copy of the pictures that come with the app, in a folder of its own beside the
// library. A copy, because the app's own files may move with every update, and because people may do with it what they like.
import { access, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SemblanceError } from '@semblance/contract';

const NAME = 'Sample pictures';

/**
 * Copies the sample pictures beside the library, once: a folder that is there already is left as it is.
 * @returns the absolute path of the folder to add
 * @throws SemblanceError LIBRARY_NOT_WRITABLE: nothing half-written is left behind
 */
export async function placeSamples(source: string, libraryDirectory: string): Promise<string> {
  const beside = dirname(libraryDirectory);
  const target = join(beside, NAME);
  if (await exists(target)) return target;
  let making: string | null = null;
  try {
    making = await mkdtemp(join(beside, '.semblance-samples-'));
    await cp(source, join(making, NAME), { recursive: true });
    await rename(join(making, NAME), target);
    return target;
  } catch (error) {
    throw new SemblanceError('LIBRARY_NOT_WRITABLE', `The sample pictures could not be put into ${beside}.`, {
      cause: error,
    });
  } finally {
    if (making !== null) await rm(making, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
