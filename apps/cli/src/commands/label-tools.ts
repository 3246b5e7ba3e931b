// `semblance label pack | sidecars`: ready-made labels, and labels for other programs.
import type { PackLanguage } from '@semblance/contract';
import type { Output } from '../output.ts';
import { type LibraryOptions, withLibrary } from '../session.ts';

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
