// Why a file was left alone or a move failed, in words for the person whose file it is.
import { SemblanceError } from '@semblance/contract';
import { codeOf } from '@semblance/scan';

export type RefusalReason =
  | 'changed'
  | 'offline'
  | 'missing'
  | 'reference'
  | 'last-one'
  | 'read-only'
  | 'link';

export const REFUSALS: Record<RefusalReason, string> = {
  changed: 'It has changed since it was last looked at, and was left alone.',
  offline: 'Its folder cannot be reached now.',
  missing: 'It is not there any more.',
  reference: 'It lies in a reference folder, where nothing is touched.',
  'last-one': 'The copy to be kept could not be found and read just now, so this one stays.',
  'read-only': 'Its folder may not be changed.',
  link: 'It is another name of the same file, not a copy.',
};

export function sentenceOf(error: unknown): string {
  if (error instanceof SemblanceError) return error.message;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return REFUSALS['read-only'];
    case 'ENOENT':
      return REFUSALS.missing;
    case 'CHANGED':
      return REFUSALS.changed;
    case 'LAST_ONE':
      return REFUSALS['last-one'];
    case 'EMPTIED':
      return 'It is not in the trash any more, or its disk is not connected.';
    case 'ENOTDIR':
      return 'A file has the name of its folder now. Move that away, and try again.';
    case 'EXDEV':
      return 'Its disk has no place for a trash folder.';
    case 'EIO':
      return 'The disk reported an error.';
    default:
      return `It could not be moved: ${error instanceof Error ? error.message : String(error)}`;
  }
}
