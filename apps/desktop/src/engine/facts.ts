// What may be said of a library when somebody reports a problem: how much there is, never what.
import type { Engine } from '@semblance/engine';
import type { LibraryFacts } from '../shared/messages.ts';

export async function libraryFacts({ library, progress }: Engine['services']): Promise<LibraryFacts> {
  const { counts, folders, sizes, model } = await library.status();
  const { state, stage, pace, problem } = progress.get();
  return {
    ...counts,
    folders: folders.length,
    foldersOffline: folders.filter((folder) => folder.state === 'offline').length,
    catalogMB: megabytes(sizes.catalog),
    vectorsMB: megabytes(sizes.vectors),
    thumbnailsMB: megabytes(sizes.thumbnails),
    model: model?.bundled === true ? model.id : model === null ? null : 'own',
    dimensions: model?.dimensions ?? null,
    state,
    stage,
    pace: pace.acting,
    paceBecause: pace.because,
    hasProblem: problem !== null,
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10;
}
