// Takes the symbols out of the large native binaries before they are packed: `apps/desktop/out/native` holds them, under
// the names that the package gives them. What nobody can read there costs 38 MB.
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { ROOT } from '../steps.ts';

/** Named by electron-builder.yml as well. */
const SLIM = join(ROOT, 'apps', 'desktop', 'out', 'native');

export interface Slimmed {
  /** `/` separated, from `apps/desktop/out/native`. */
  file: string;
  /** Bytes. */
  before: number;
  after: number;
}

/**
 * Only ELF files lose anything: on macOS a changed binary would need its signature again, and Windows keeps symbols in
 * files of their own. Where there is no `strip`, the package is larger and works the same.
 *
 * @returns what became of each, and a sentence when nothing could be done
 */
export function slim(strip: string | null): { files: Slimmed[]; note: string | null } {
  rmSync(SLIM, { recursive: true, force: true });
  const addons = globSync('node_modules/@lancedb/lancedb-*/*.node', { cwd: ROOT });
  const node = process.platform === 'win32' ? [] : ['node_modules/node/bin/node'];
  const files = [...addons, ...node].map((source) => {
    const file = source.split(sep).join('/').replace('node_modules/node/bin/', 'node/');
    const [from, to] = [join(ROOT, source), join(SLIM, file)];
    mkdirSync(dirname(to), { recursive: true });
    if (strip === null || !stripped(strip, from, to)) copyFileSync(from, to);
    return { file, before: statSync(from).size, after: statSync(to).size };
  });
  return { files, note: strip === null && process.platform === 'linux' ? NO_STRIP : null };
}

const NO_STRIP = '`strip` (binutils) is not here: the package is some 40 MB larger than it need be.';

/** @returns a program that takes symbols out of ELF files, or null */
export function findStrip(): string | null {
  if (process.platform !== 'linux') return null;
  return spawnSync('strip', ['--version'], { stdio: 'ignore' }).status === 0 ? 'strip' : null;
}

function stripped(strip: string, from: string, to: string): boolean {
  return spawnSync(strip, ['--strip-unneeded', '-o', to, from], { stdio: 'inherit' }).status === 0;
}

if (import.meta.main) {
  const { files, note } = slim(findStrip());
  for (const { file, before, after } of files)
    console.log(`slim: ${file}: ${megabytes(before)} -> ${megabytes(after)} MB`);
  if (note !== null) console.log(`slim: ${note}`);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
