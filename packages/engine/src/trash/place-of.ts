// Where something that was thrown away lies now, and so whether it can be put back.
import { dirname } from 'node:path';
import type { FileOperation } from '@semblance/catalog';
import type { TrashPlace } from '@semblance/contract';
import { identify } from '@semblance/scan';
import { liesInTrash, receiptOf } from './carry-out.ts';

/** Looks, and moves nothing. A trash that is not there at all is on a disk that is not: that says nothing of the file. */
export async function placeOf(operation: FileOperation): Promise<TrashPlace> {
  const receipt = receiptOf(operation);
  if (receipt.kind === 'system') return 'system';
  if (await liesInTrash(operation).catch(() => false)) return 'here';
  const trash = await identify(dirname(receipt.path)).catch(() => null);
  return trash === null ? 'away' : 'gone';
}
