// The bin of macOS and Windows, through the desktop shell. It gives no receipt.
import { SemblanceError } from '@semblance/contract';
import type { TrashPort } from './port.ts';

const PUT_BACK_BY_HAND =
  'The file is in the system’s bin: put it back from there. Its albums, labels and ratings come back with it.';

export function createSystemTrash(trashItem: (path: string) => Promise<void>): TrashPort {
  return {
    plan: async () => [{ kind: 'system' }],
    put: (path) => trashItem(path),
    restore: async () => {
      throw new SemblanceError('NOT_SUPPORTED_HERE', PUT_BACK_BY_HAND);
    },
    tidy: async () => undefined,
  };
}
