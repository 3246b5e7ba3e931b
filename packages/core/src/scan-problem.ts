// What a walk met and could not use, as a failure that a person can do something about. Pure: a table of codes.
import type { FailureReason } from '@semblance/contract';

export interface ExplainedProblem {
  reason: FailureReason;
  /** One English sentence without the path. */
  message: string;
}

/** What is passed over by rule and not by failure: our own libraries, other programs' packages, links out of the folder. */
const BY_RULE: ReadonlySet<string> = new Set(['LIBRARY', 'PACKAGE', 'OUTSIDE']);

/**
 * @param code the system's (`EACCES`, ...), or one of the walk's own (`NOT_A_FILE`, `BAD_NAME`, ...)
 * @returns null for what is left out on purpose
 */
export function explainProblem(code: string): ExplainedProblem | null {
  if (BY_RULE.has(code)) return null;
  switch (code) {
    case 'BAD_NAME':
    case 'ERR_INVALID_ARG_VALUE':
    case 'EILSEQ':
      return unreadable('Its name is not valid text (UTF-8), so it cannot be opened. Rename it.');
    case 'ENAMETOOLONG':
      return unreadable('Its path is longer than this system can open. Move it nearer to the top.');
    case 'EACCES':
    case 'EPERM':
      return unreadable('Its permissions do not allow it to be read.');
    case 'ENOENT':
      return unreadable('It is a link to something that is not there.');
    case 'ELOOP':
      return unreadable('It is a link that leads back to itself.');
    case 'NOT_A_FILE':
      return {
        reason: 'unsupported',
        message: 'It is called like a photo, but is a pipe, a socket or a device.',
      };
    default:
      return unreadable(`The disk did not let it be looked at (${code}).`);
  }
}

function unreadable(message: string): ExplainedProblem {
  return { reason: 'unreadable', message };
}
