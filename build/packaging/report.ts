// The table that `npm run package:check` prints and e2e/bench/results/package.md keeps.
import type { Part } from './contents.ts';
import type { PackedRun } from './run-packed.ts';

export interface PackageReport {
  parts: Part[];
  /** Bytes on disk, Electron's runtime not counted. */
  unpacked: number;
  /** The same as .tar.xz; null when it was not asked for or could not be made. */
  archived: number | null;
  files: number;
  run: PackedRun;
  problems: string[];
}

/** Bytes, Linux x64. */
export const LARGEST = { unpacked: 430e6, archived: 150e6 };

export function reportOf({ parts, unpacked, archived, files, run, problems }: PackageReport): string {
  return [
    `| part | MB |`,
    `|---|---:|`,
    ...parts.map(({ name, size }) => `| ${name} | ${megabytes(size)} |`),
    `| **all, without Electron** (wanted: at most ${megabytes(LARGEST.unpacked, 0)}) | **${megabytes(unpacked)}** |`,
    `| **the same as .tar.xz** (wanted: at most ${megabytes(LARGEST.archived, 0)}) | **${archived === null ? 'not measured' : megabytes(archived)}** |`,
    '',
    `${files.toLocaleString('en')} files. From the packed result, in its own plain Node: ${run.indexed} of ${run.photos} photos indexed, ` +
      `a search answered, a thumbnail streamed, ${run.sidecars} sidecar written; the library was open after ` +
      `${(run.readyMs / 1000).toFixed(1)} s. ${problems.length === 0 ? 'Nothing was loaded from elsewhere.' : `Problems: ${problems.length}.`}`,
  ].join('\n');
}

/** @returns a sentence for each limit that is passed */
export function tooLarge({ unpacked, archived }: Pick<PackageReport, 'unpacked' | 'archived'>): string[] {
  const over = (what: string, size: number, most: number): string[] =>
    size > most ? [`${what} takes ${megabytes(size)} MB, more than ${megabytes(most, 0)}.`] : [];
  return [
    ...over('Unpacked it', unpacked, LARGEST.unpacked),
    ...(archived === null ? [] : over('The archive', archived, LARGEST.archived)),
  ];
}

/** Of a million bytes. */
function megabytes(bytes: number, digits = 1): string {
  return (bytes / 1e6).toFixed(digits);
}
