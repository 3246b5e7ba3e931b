// `semblance doctor`: is the library sound, and what can be done if it is not. Looks only, unless told otherwise.
import { examineFiles, restoreNewest } from '@semblance/engine';
import { Failed, Interrupted, type Output, UsageError } from '../output.ts';
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
  /** Of the model in use; null when they were not looked at. */
  vectors: { stored: number; damaged: number; waiting: number; repaired: boolean } | null;
  /** What was not looked at, and why. */
  unseen: string[];
  /** The folder that has what a backup took the place of. */
  replaced: string | null;
  /** Null when nothing is known to be wrong, and not all of it could be looked at. */
  sound: boolean | null;
}

interface Look {
  vectors: Diagnosis['vectors'];
  unseen: string[];
}

/** @throws Failed when something is wrong and stays so, or the vectors could not be looked at */
export async function doctor(options: DoctorOptions, output: Output): Promise<void> {
  const directory = libraryDirectory(options);
  const replaced = options.restore === true ? restore(directory) : null;
  const files = examineFiles(directory);
  if (files === null) throw new UsageError(`There is no library in ${directory}.`);
  const { problems, photos, labels, albums } = files.catalog;
  const backups = files.backups.map(({ file, takenAt, problems }) => ({ file, takenAt, problems }));
  const look = problems.length > 0 ? unseen('the catalog goes first.') : await examineVectors(options);
  const diagnosis: Diagnosis = {
    directory,
    catalog: { problems, photos, labels, albums },
    backups,
    ...look,
    replaced,
    sound: problems.length === 0 && isSound(look),
  };
  output.answer(diagnosis, () => human(diagnosis));
  if (diagnosis.sound !== true) throw new Failed();
}

/** Vectors of models that do not answer are named and do no harm: they are looked at when those are used. */
function isSound({ vectors }: Look): boolean | null {
  return vectors === null ? null : vectors.damaged === 0 || vectors.repaired;
}

function unseen(why: string): Look {
  return { vectors: null, unseen: [`vectors: ${why}`] };
}

/** Whatever keeps it from looking is said beside what is known of the catalog. @throws Interrupted */
async function examineVectors(options: DoctorOptions): Promise<Look> {
  try {
    return await withLibrary(options, async ({ services: { health, library, modelSwitch } }) => {
      const { stored, damaged } = await health.damagedVectors();
      const { counts, model } = await library.status();
      const repaired = options.repair === true && damaged.length > 0;
      if (repaired) await health.dropVectors(damaged);
      const others = modelSwitch.inUse().filter((id) => id !== model?.id);
      return {
        vectors: {
          ...{ stored, damaged: damaged.length, repaired },
          waiting: Math.max(0, counts.photos - counts.indexed),
        },
        unseen: others.map((id) => `vectors of ${id}: it is not the model in use.`),
      };
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return unseen(error instanceof Error ? error.message : String(error));
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

function human({ directory, catalog, backups, vectors, unseen, replaced, sound }: Diagnosis): string {
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
    vectors === null ? null : `vectors  ${vectors.stored}, ${vectors.damaged} damaged`,
    ...unseen.map((what) => `not looked at: ${what}`),
    advice({ catalog, vectors, unseen, sound, restorable: restorable !== undefined }),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

function advice(found: {
  catalog: Diagnosis['catalog'];
  vectors: Diagnosis['vectors'];
  unseen: string[];
  sound: Diagnosis['sound'];
  restorable: boolean;
}): string {
  if (found.catalog.problems.length > 0) {
    return found.restorable
      ? '`semblance doctor --restore` puts the newest sound backup in its place and keeps what is there now.'
      : 'There is no sound backup. Keep this folder; another library can be started with --library.';
  }
  if (found.vectors === null) return 'The catalog is sound; of the vectors nothing is known.';
  if (found.vectors.repaired) return 'The damaged vectors are computed again with the next look.';
  if (found.sound !== true) return '`semblance doctor --repair` has the damaged vectors computed again.';
  if (found.vectors.waiting > 0) {
    return `${found.vectors.waiting} photos have no vector yet; \`semblance index <folder>\` computes them.`;
  }
  return found.unseen.length > 0 ? 'What was looked at is well.' : 'All is well.';
}
