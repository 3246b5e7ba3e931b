// `semblance folders`: the folders of the library, and where one of them is now.
import { resolve } from 'node:path';
import type { Folder } from '@semblance/contract';
import type { Output } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';
import { foundAgain } from './status.ts';

export async function listFolders(options: LibraryOptions, output: Output): Promise<void> {
  const folders = await withLibrary(options, async ({ services }) => services.folders.list());
  output.answer({ folders }, () => folders.map(human).join('\n'));
}

/** The folder lies elsewhere now; what was said of its photos comes along. Nothing on the disk is moved. */
export async function moveFolder(
  from: string,
  to: string,
  options: LibraryOptions,
  output: Output,
): Promise<void> {
  const folder = await withLibrary(options, async ({ services }) => {
    const [before, after] = [from, to].map((path) => resolve(workingDirectory(), path));
    const { id } = await services.folders.move(before ?? '', after ?? '');
    await services.indexer.update([id]);
    return services.folders.list().find((one) => one.id === id);
  });
  output.answer({ folder }, () => (folder === undefined ? '' : human(folder)));
}

function human(folder: Folder): string {
  const { path, photos, state, note } = folder;
  return `${path}  ${photos} photos, ${state}${note === null ? '' : `: ${note}`}${foundAgain(folder)}`;
}
