// `semblance doctor`: is the library sound, and what can be done if it is not. Looks only, unless told otherwise.
import { SemblanceError } from '@semblance/contract';
import { examineFiles, restoreNewest } from '@semblance/engine';
import { Failed, type Output, UsageError } from '../output.ts';
import { type LibraryOptions, libraryDirectory, withLibrary } from '../session.ts';

interface DoctorOptions extends LibraryOptions {
  repair?: boolean;
  restore?: boolean;
}

interface Diagnosis {
  directory: string;
  catalog: { problems: string[]; photos: number; labels: number; albums: number };
  /** Newest first; `takenAt` in milliseconds since 1970. */
  backups: { file: string; takenAt: number; problems: string[] }[];
  /** Null where the catalog must be mended first, or another process has the library. */
  vectors: { stored: number; damaged: number; repaired: boolean } | null;
  /** The folder that has what a backup took the place of. */
  replaced: string | null;
  sound: boolean;
}

/** @throws Failed when something is wrong and stays so */
export async function doctor(options: DoctorOptions, output: Output): Promise<void> {
  const directory = libraryDirectory(options);
  const replaced = options.restore === true ? restore(directory) : null;
  const files = examineFiles(directory);
  if (files === null) throw new UsageError(`There is no library in ${directory}.`);
  const { problems, photos, labels, albums } = files.catalog;
  const backups = files.backups.map(({ file, takenAt, problems }) => ({ file, takenAt, problems }));
  const vectors = problems.length > 0 ? null : await examineVectors(options, output);
  const diagnosis: Diagnosis = {
    directory,
    catalog: { problems, photos, labels, albums },
    backups,
    vectors,
    replaced,
    sound: problems.length === 0 && (vectors === null || vectors.damaged === 0 || vectors.repaired),
  };
  output.answer(diagnosis, () => human(diagnosis));
  if (!diagnosis.sound) throw new Failed();
}

async function examineVectors(options: DoctorOptions, output: Output): Promise<Diagnosis['vectors']> {
  try {
    return await withLibrary(options, async ({ services: { health } }) => {
      const { stored, damaged } = await health.damagedVectors();
      const repaired = options.repair === true && damaged.length > 0;
      if (repaired) await health.dropVectors(damaged);
      return { stored, damaged: damaged.length, repaired };
    });
  } catch (error) {
    if (!(error instanceof SemblanceError) || error.kind !== 'LIBRARY_IN_USE') throw error;
    output.say(`${error.message} Vectors were not looked at.`);
    return null;
  }
}

/** @throws UsageError when there is nothing to mend, or no backup to do it with */
function restore(directory: string): string {
  if (examineFiles(directory) === null) throw new UsageError(`There is no library in ${directory}.`);
  const result = restoreNewest(directory);
  if ('replaced' in result) return result.replaced;
  throw new UsageError(
    result.refused === 'sound'
      ? 'The catalog is sound: there is nothing to restore.'
      : 'There is no sound backup of this catalog.',
  );
}

function human({ directory, catalog, backups, vectors, replaced, sound }: Diagnosis): string {
  const restorable = backups.find(({ problems }) => problems.length === 0);
  const lines = [
    `library  ${directory}`,
    replaced === null ? null : `restored from the newest sound backup; what was there is in ${replaced}`,
    catalog.problems.length === 0
      ? `catalog  sound: ${catalog.photos} photos, ${catalog.labels} labels, ${catalog.albums} albums`
      : `catalog  DAMAGED: ${catalog.problems.slice(0, 3).join('; ')}`,
    backups.length === 0 ? 'backups  none yet' : null,
    ...backups.map(
      ({ takenAt, problems }) =>
        `backup   ${new Date(takenAt).toLocaleString('en-GB')}, ${problems.length === 0 ? 'sound' : `damaged: ${problems[0]}`}`,
    ),
    vectors === null ? 'vectors  not looked at' : `vectors  ${vectors.stored}, ${vectors.damaged} damaged`,
    advice({ catalog, vectors, sound, restorable: restorable !== undefined }),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function advice(found: {
  catalog: Diagnosis['catalog'];
  vectors: Diagnosis['vectors'];
  sound: boolean;
  restorable: boolean;
}): string {
  if (found.catalog.problems.length > 0) {
    return found.restorable
      ? '`semblance doctor --restore` puts the newest sound backup in its place and keeps what is there now.'
      : 'There is no sound backup. Keep this folder; another library can be started with --library.';
  }
  if (found.vectors?.repaired === true) return 'The damaged vectors are computed again with the next look.';
  if (!found.sound) return '`semblance doctor --repair` has the damaged vectors computed again.';
  return 'All is well.';
}
