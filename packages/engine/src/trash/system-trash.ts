// The bin of macOS and Windows, through the desktop shell. It gives no receipt.
import { SemblanceError } from '@semblance/contract';
import type { TrashPort } from './port.ts';
import { problem } from './sentences.ts';

export function createSystemTrash(trashItem: (path: string) => Promise<void>): TrashPort {
  return {
    plan: async () => [{ kind: 'system' }],
    put: (path) => trashItem(path),
    restore: async () => {
      throw new SemblanceError('NOT_SUPPORTED_HERE', problem('by-hand').message);
    },
    tidy: async () => undefined,
  };
}
