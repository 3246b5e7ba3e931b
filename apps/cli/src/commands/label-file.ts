// `semblance label export | import`: labels with their examples, as one file to keep or to take to another library.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';
import { labelNamed } from './label.ts';

/** What the file may hold at most: bytes. */
const LARGEST = 50_000_000;

export async function exportLabels(
  file: string,
  names: string[] | undefined,
  options: LibraryOptions,
  output: Output,
): Promise<void> {
  if (file === '-' && output.json)
    throw new UsageError('With --json, name a file: standard output is taken.');
  const { text, labels } = await withLibrary(options, async ({ services }) => {
    const labels = names?.length ? names.map((name) => labelNamed(services, name)) : services.labels.list();
    const text = services.labelTools.transfer.export(labels.map(({ id }) => id));
    return { text, labels: labels.map(({ name }) => name) };
  });
  if (file === '-') return output.answer({}, () => text.trimEnd());
  const path = resolve(workingDirectory(), file);
  // A file of that name may be the only copy of other labels.
  await writeFile(path, text, { flag: 'wx' }).catch((error) => {
    throw new UsageError(`${path} cannot be written${error.code === 'EEXIST' ? ': it exists.' : '.'}`);
  });
  output.answer({ file: path, labels }, () => `${labels.length} labels are in ${path}.`);
}

export async function importLabels(file: string, options: LibraryOptions, output: Output): Promise<void> {
  const path = resolve(workingDirectory(), file);
  const text = await readFile(path).catch(() => {
    throw new UsageError(`${path} cannot be read.`);
  });
  if (text.length > LARGEST) throw new UsageError(`${path} is too large to hold labels.`);
  const report = await withLibrary(options, async ({ services }) =>
    services.labelTools.transfer.import(text.toString('utf8')),
  );
  output.answer(report, () =>
    [
      `${report.created} labels made, ${report.joined} were there, ${report.examples} examples added.`,
      ...(report.unknown > 0
        ? [`${report.unknown} examples are of photos that are not in this library.`]
        : []),
    ].join('\n'),
  );
}
