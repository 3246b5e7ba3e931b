// Which sources a package is made of. Nothing of the machine or the moment goes in: the same commit gives the same stamp.
import { spawnSync } from 'node:child_process';
import { ROOT } from '../steps.ts';

export interface Stamp {
  /** Short name of the commit, with `+` when files differ from it; empty outside a repository. */
  commit: string;
  /** Of the commit, ISO 8601 in UTC; empty outside a repository. */
  date: string;
}

export function stamp(): Stamp {
  const commit = git('rev-parse', '--short=12', 'HEAD');
  if (commit === null) return { commit: '', date: '' };
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  const seconds = Number(git('log', '-1', '--format=%ct'));
  return { commit: changed ? `${commit}+` : commit, date: new Date(seconds * 1000).toISOString() };
}

/** As electron-builder takes it on its command line: it lands in the packed package.json. */
export function stampOptions({ commit, date }: Stamp): string[] {
  return [`-c.extraMetadata.madeFrom.commit=${commit}`, `-c.extraMetadata.madeFrom.date=${date}`];
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
