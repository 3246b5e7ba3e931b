// `semblance status` and `semblance models list`: what is there.
import type { Folder, LibraryStatus, ModelInfo } from '@semblance/contract';
import { humanBytes, type Output } from '../output.ts';
import { type LibraryOptions, modelsAtHand, withLibrary } from '../session.ts';

export async function status(options: LibraryOptions, output: Output): Promise<void> {
  const answer = await withLibrary(options, ({ services }) => services.library.status());
  const { folders: roots, ...rest } = answer;
  output.answer({ ...rest, roots }, () => humanStatus(answer));
}

export async function listModels(options: LibraryOptions, output: Output): Promise<void> {
  const models = await modelsAtHand(options);
  output.answer({ models }, () => models.map(humanModel).join('\n'));
}

function humanStatus({ directory, counts, folders, model, sizes }: LibraryStatus): string {
  return [
    `library  ${directory}`,
    `photos   ${counts.photos} (${counts.indexed} searchable, ${counts.offline} offline)`,
    `files    ${counts.pending} waiting${counts.copying > 0 ? ` (${counts.copying} still being copied)` : ''}, ${counts.failed} failed, ${counts.missing} missing`,
    `model    ${model === null ? 'none' : humanModel(model)}`,
    `on disk  catalog ${humanBytes(sizes.catalog)}, vectors ${humanBytes(sizes.vectors)}, thumbnails ${humanBytes(sizes.thumbnails)}`,
    ...folders.map(
      (f) =>
        `folder   ${f.path} (${f.photos} photos, ${f.state}${f.note ? `: ${f.note}` : ''})${foundAgain(f)}`,
    ),
  ].join('\n');
}

/** Where an offline folder is now. */
export function foundAgain({ foundAt }: Folder): string {
  return foundAt === null ? '' : `\n         it is at ${foundAt} now`;
}

function humanModel(model: ModelInfo): string {
  const facts = `${model.dimensions} dimensions, ${model.imageSize} px, ${model.languages.join('+')}`;
  return `${model.active ? '* ' : ''}${model.id}  ${model.name} (${facts}, ${humanBytes(model.bytes)})`;
}
