// `semblance label run | undo`: labels over photos, and a whole run taken back.
import { resolve } from 'node:path';
import { type PhotoSet, SemblanceError } from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';
import { labelNamed } from './label.ts';

export interface RunOptions extends LibraryOptions {
  all?: boolean;
  album?: string;
  folder?: string;
}

export async function runLabels(
  names: string[] | undefined,
  options: RunOptions,
  output: Output,
): Promise<void> {
  if ([options.all, options.album, options.folder].filter((given) => given !== undefined).length > 1) {
    throw new UsageError('Give one of --all, --album and --folder.');
  }
  const answer = await withLibrary(options, async ({ services }) => {
    const { labels, labelRuns, labelAnswers, library } = services;
    const ids = (names ?? []).map((name) => labelNamed(services, name).id);
    const wanted = ids.length > 0 ? ids : labels.list().map((label) => label.id);
    if (wanted.length === 0)
      throw new UsageError('There is no label yet; make one with `semblance label add`.');
    const over = await photosOf(services, options);
    const run = await labelRuns.finished(labelRuns.start(wanted, over).id);
    const given = labelAnswers.given(wanted, over);
    const paths = library.pathsOf([...given.keys()]);
    const photos = [...given].map(([id, labels]) => ({ path: paths.get(id) ?? '', labels }));
    return { run, photos: photos.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  });
  const { run, photos } = answer;
  output.answer(answer, () =>
    [
      ...photos.map(({ path, labels }) => {
        const all = labels.map(({ name, score, source }) =>
          score === null ? `${name} (${source})` : `${name} (${source}, ${score.toFixed(2)})`,
        );
        return `${path}: ${all.join(', ')}`;
      }),
      `run ${run.id}: ${run.tagged} tagged, ${run.suggested} to look at, ${run.withdrawn} taken back, of ${run.total} photos`,
    ].join('\n'),
  );
}

export async function undoLabelRun(id: number, options: LibraryOptions, output: Output): Promise<void> {
  const { photos } = await withLibrary(options, async ({ services }) => {
    const actId = services.labelRuns.get(id)?.actId ?? null;
    if (actId === null) {
      throw new SemblanceError('NOTHING_TO_UNDO', `Run ${id} cannot be taken back, or there is none.`);
    }
    return services.acts.undo(actId);
  });
  output.answer({ run: id, photos }, () => `run ${id} is taken back (${photos} photos).`);
}

async function photosOf(services: Engine['services'], { album, folder }: RunOptions): Promise<PhotoSet> {
  if (folder !== undefined) return services.library.folderAt(resolve(workingDirectory(), folder));
  if (album === undefined) return { kind: 'all' };
  const found = services.albums.list().find(({ name }) => name.toLowerCase() === album.toLowerCase());
  if (found === undefined) throw new SemblanceError('ALBUM_NOT_FOUND', `There is no album "${album}".`);
  return services.search.found({ kind: 'album', id: found.id });
}
