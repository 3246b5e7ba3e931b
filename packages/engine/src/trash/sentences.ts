// Why a file was left alone or a move failed: a kind for windows, a sentence for the command line and the journal.
import { type MoveProblem, SemblanceError } from '@semblance/contract';
import { codeOf } from '@semblance/scan';

export type RefusalReason = Extract<
  MoveProblem,
  'changed' | 'offline' | 'missing' | 'reference' | 'last-one' | 'read-only' | 'link'
>;

/** What is wrong with one file. */
export interface Problem {
  why: MoveProblem;
  message: string;
}

export const REFUSALS: Record<RefusalReason, string> = {
  changed: 'It has changed since it was last looked at, and was left alone.',
  offline: 'Its folder cannot be reached now.',
  missing: 'It is not there any more.',
  reference: 'It lies in a reference folder, where nothing is touched.',
  'last-one': 'The copy to be kept could not be found and read just now, so this one stays.',
  'read-only': 'Its folder may not be changed.',
  link: 'It is another name of the same file, not a copy.',
};

const SENTENCES: Record<Exclude<MoveProblem, 'other'>, string> = {
  ...REFUSALS,
  'disk-full': 'The disk is full.',
  emptied: 'It is not in the trash any more, or its disk is not connected.',
  'folder-taken': 'A file has the name of its folder now. Move that away, and try again.',
  'no-trash': 'Its disk has no place for a trash folder.',
  'disk-error': 'The disk reported an error.',
  'by-hand':
    'The file is in the system’s bin: put it back from there. Its albums, labels and ratings come back with it.',
  closed: 'Semblance was closed before its turn came.',
};

const BY_CODE: Readonly<Record<string, Exclude<MoveProblem, 'other'>>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOENT: 'missing',
  CHANGED: 'changed',
  LAST_ONE: 'last-one',
  EMPTIED: 'emptied',
  ENOTDIR: 'folder-taken',
  EXDEV: 'no-trash',
  EIO: 'disk-error',
};

export function problem(why: Exclude<MoveProblem, 'other'>): Problem {
  return { why, message: SENTENCES[why] };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof SemblanceError) {
    return { why: error.kind === 'NOT_SUPPORTED_HERE' ? 'by-hand' : 'other', message: error.message };
  }
  const why = BY_CODE[codeOf(error)];
  if (why !== undefined) return problem(why);
  const detail = error instanceof Error ? error.message : String(error);
  return { why: 'other', message: `It could not be moved: ${detail}` };
}
