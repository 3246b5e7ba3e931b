// `semblance label export | import | pack | sidecars`: labels as files, from packs, and for other programs.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type PackLanguage, SemblanceError } from '@semblance/contract';
import { atomicWrite } from '@semblance/engine';
import type { Output } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';
import { labelNamed } from './label.ts';

export async function exportLabels(
  names: string[] | undefined,
  options: LibraryOptions & { to?: string },
  output: Output,
): Promise<void> {
  const text = await withLibrary(options, async ({ services }) =>
    services.labelTools.transfer.export(names?.map((name) => labelNamed(services, name).id)),
  );
  const { labels } = JSON.parse(text) as { labels: { name: string }[] };
  if (options.to === undefined) {
    output.answer(JSON.parse(text), () => text.trimEnd());
    return;
  }
  const file = resolve(workingDirectory(), options.to);
  await atomicWrite(file, Buffer.from(text));
  output.answer(
    { file, labels: labels.map(({ name }) => name) },
    () => `${labels.length} labels are in ${file}.`,
  );
}

export async function importLabels(file: string, options: LibraryOptions, output: Output): Promise<void> {
  const path = resolve(workingDirectory(), file);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SemblanceError(
      'LABEL_FILE_DAMAGED',
      `${file} cannot be read (${error.code ?? error.message}).`,
    );
  });
  const report = await withLibrary(options, async ({ services }) =>
    services.labelTools.transfer.import(text),
  );
  output.answer(report, () =>
    [
      `${report.created} labels made, ${report.joined} known; ${report.examples} examples taken over.`,
      ...(report.unknown > 0 ? [`${report.unknown} examples are of photos that are not here.`] : []),
    ].join('\n'),
  );
}

export async function addPack(
  id: string | undefined,
  options: LibraryOptions & { language: PackLanguage },
  output: Output,
): Promise<void> {
  const { language } = options;
  if (id === undefined) {
    const packs = await withLibrary(options, ({ services }) => services.labelTools.packs.list(language));
    output.answer({ packs }, () =>
      packs
        .map((pack) => `${pack.id}  ${pack.title}: ${pack.labels.map(({ name }) => name).join(', ')}`)
        .join('\n'),
    );
    return;
  }
  const added = await withLibrary(options, ({ services }) => services.labelTools.packs.add(id, language));
  output.answer(added, () => `${added.labels.length} labels added.`);
}

export async function writeSidecars(options: LibraryOptions, output: Output): Promise<void> {
  const report = await withLibrary(options, ({ services }) =>
    services.labelTools.sidecars.write({ kind: 'all' }),
  );
  output.answer(report, () =>
    [
      `${report.written} written, ${report.unchanged} up to date, ${report.failed.length} failed.`,
      ...report.failed.map(({ path, message }) => `${path}: ${message}`),
    ].join('\n'),
  );
}
