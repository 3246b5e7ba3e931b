// `semblance label add | teach | list | scores | remove`: labels, and how well they fit.
import { resolve } from 'node:path';
import { type Label, type LabelDecision, SemblanceError } from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';

interface Examples {
  yes?: string[];
  /** Commander takes `--no` for the negation of an option: without photos it is `true`. */
  no?: string[] | boolean;
}

export interface AddOptions extends LibraryOptions, Examples {
  describe?: string[];
  not?: string[];
  precision: number;
  parent?: string;
  automatic?: boolean;
}

export interface TeachOptions extends LibraryOptions, Examples {}

export async function addLabel(name: string, options: AddOptions, output: Output): Promise<void> {
  if (name.trim() === '') throw new UsageError('A label needs a name.');
  const label = await withLibrary(options, async ({ services }) => {
    const decisions = await decisionsOf(services, options);
    const parentId = options.parent === undefined ? null : labelNamed(services, options.parent).id;
    const { label } = services.labels.create({
      name: name.trim(),
      descriptions: options.describe ?? [],
      exclusions: options.not ?? [],
      parentId,
      color: 'gray',
      precision: options.precision,
      automatic: options.automatic === true,
      sensitive: false,
    });
    services.labelAnswers.answer(decisions.map((decision) => ({ ...decision, labelId: label.id })));
    return services.labels.get(label.id);
  });
  output.answer({ label }, () => humanLabel(label));
}

export async function teachLabel(name: string, options: TeachOptions, output: Output): Promise<void> {
  const label = await withLibrary(options, async ({ services }) => {
    const { id } = labelNamed(services, name);
    const decisions = await decisionsOf(services, options);
    if (decisions.length === 0) throw new UsageError('Give photos with --yes or --no.');
    services.labelAnswers.answer(decisions.map((decision) => ({ ...decision, labelId: id })));
    return services.labels.get(id);
  });
  output.answer({ label }, () => humanLabel(label));
}

export async function listLabels(options: LibraryOptions, output: Output): Promise<void> {
  const labels = await withLibrary(options, async ({ services }) => services.labels.list());
  output.answer({ labels }, () => labels.map(humanLabel).join('\n'));
}

export async function scoreLabel(name: string, options: LibraryOptions, output: Output): Promise<void> {
  const photos = await withLibrary(options, async ({ services }) => {
    const scores = await services.labelStudio.scores(labelNamed(services, name).id);
    const paths = services.library.pathsOf(scores.map(({ photoId }) => photoId));
    return scores.map(({ photoId, score }) => ({ path: paths.get(photoId) ?? '', score }));
  });
  output.answer({ label: name, photos }, () =>
    photos.map(({ path, score }) => `${score.toFixed(4)}  ${path}`).join('\n'),
  );
}

export async function removeLabel(name: string, options: LibraryOptions, output: Output): Promise<void> {
  const result = await withLibrary(options, async ({ services }) =>
    services.labels.remove(labelNamed(services, name).id),
  );
  output.answer({ removed: name, ...result }, () => `${name} is removed (${result.photos} photos had it).`);
}

/** By name, as in the library: capitals do not matter. @throws SemblanceError LABEL_NOT_FOUND */
export function labelNamed(services: Engine['services'], name: string): Label {
  const labels = services.labels.list();
  const exact = labels.find((label) => label.name === name.trim());
  const folded = labels.find((label) => label.name.toLowerCase() === name.trim().toLowerCase());
  const label = exact ?? folded;
  if (label === undefined) throw new SemblanceError('LABEL_NOT_FOUND', `There is no label "${name}".`);
  return label;
}

async function decisionsOf(
  services: Engine['services'],
  { yes, no }: Examples,
): Promise<Omit<LabelDecision, 'labelId'>[]> {
  const said = [
    ...(yes ?? []).map((path) => ({ path, verdict: 'yes' as const })),
    ...(Array.isArray(no) ? no : []).map((path) => ({ path, verdict: 'no' as const })),
  ];
  return Promise.all(
    said.map(async ({ path, verdict }) => {
      const photoId = await services.library.photoAt(resolve(workingDirectory(), path));
      if (photoId === null) {
        throw new SemblanceError('PHOTO_NOT_FOUND', `${path} is not in the library; index its folder first.`);
      }
      return { photoId, verdict };
    }),
  );
}

function humanLabel({ name, tagged, suggested, examples, precision, automatic }: Label): string {
  const facts = [
    `${tagged} photos`,
    `${suggested} to look at`,
    `${examples.yes} yes, ${examples.no} no`,
    `precision ${precision}`,
    ...(automatic ? ['automatic'] : []),
  ];
  return `${name}  (${facts.join('; ')})`;
}
