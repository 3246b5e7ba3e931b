// `semblance models use | compare`: another model for the library, and what it would be worth.
import type { ComparedModel, ModelComparison, ModelSwitchStatus, SwitchPreview } from '@semblance/contract';
import { SemblanceError } from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { humanBytes, type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary } from '../session.ts';

export interface UseOptions extends LibraryOptions {
  preview?: boolean;
  now?: boolean;
  keepTags?: boolean;
  back?: boolean;
  cancel?: boolean;
  forgetPrevious?: boolean;
}

interface Used {
  status: ModelSwitchStatus;
  /** Which tags have changed, or would; null when that was not looked at. */
  preview: SwitchPreview | null;
}

/** How often a person is told: milliseconds. */
const SAY_EVERY_MS = 2000;

export async function useModel(id: string | undefined, options: UseOptions, output: Output): Promise<void> {
  const wishes = [options.back, options.cancel, options.forgetPrevious].filter((wish) => wish === true);
  if (wishes.length + (id === undefined ? 0 : 1) > 1) {
    throw new UsageError('Give a model, or one of --back, --cancel and --forget-previous.');
  }
  const used = await withLibrary(options, ({ services }) => carryOut(services, id, options, output));
  output.answer(used, () => humanUse(used));
}

async function carryOut(
  { modelSwitch }: Engine['services'],
  id: string | undefined,
  options: UseOptions,
  output: Output,
): Promise<Used> {
  if (options.back === true) return { status: await modelSwitch.back(), preview: null };
  if (options.cancel === true) return { status: await modelSwitch.cancel(), preview: null };
  if (options.forgetPrevious === true) return { status: await modelSwitch.forgetPrevious(), preview: null };
  if (id === undefined || (id === modelSwitch.status().current && modelSwitch.status().problem === null)) {
    return { status: modelSwitch.status(), preview: null };
  }
  await modelSwitch.begin(id, false);
  if (options.now !== true) await untilReady(modelSwitch, output);
  const preview = await modelSwitch.preview();
  if (options.preview === true) {
    modelSwitch.pause();
    return { status: modelSwitch.status(), preview };
  }
  await modelSwitch.commit(options.keepTags !== true);
  await modelSwitch.settled();
  return { status: modelSwitch.status(), preview };
}

async function untilReady(modelSwitch: Engine['services']['modelSwitch'], output: Output): Promise<void> {
  let said = 0;
  for await (const { next } of modelSwitch.follow(undefined)) {
    if (next === null || next.state === 'ready') return;
    if (next.state === 'failed') {
      throw new SemblanceError('COMPUTE_UNAVAILABLE', next.problem ?? 'The model could not be prepared.');
    }
    if (performance.now() - said < SAY_EVERY_MS || next.total === 0) continue;
    said = performance.now();
    const left = next.secondsLeft === null ? '' : `, ${Math.ceil(next.secondsLeft)} s left`;
    output.say(`${next.done} of ${next.total} photos${left}`);
  }
}

function humanUse({ status: { current, next, previous, problem }, preview }: Used): string {
  const waiting = previous?.waiting ?? 0;
  return [
    `in use    ${current}`,
    ...(next === null ? [] : [`prepared  ${next.id} (${next.done} of ${next.total} photos, ${next.state})`]),
    ...(previous === null ? [] : [`before    ${previous.id} (kept: --back)`]),
    ...(waiting === 0 ? [] : [`${waiting} photos are still found through the model before.`]),
    ...(problem === null ? [] : [problem]),
    ...(preview?.labels ?? []).map(
      ({ name, kept, gained, lost }) => `label     ${name}: ${kept} stay, ${gained} new, ${lost} go`,
    ),
  ].join('\n');
}

export async function compareModels(
  a: string,
  b: string,
  options: LibraryOptions,
  output: Output,
): Promise<void> {
  if (a === b) throw new UsageError('Give two different models.');
  const compared = await withLibrary(options, ({ services }) => services.modelSwitch.compare(a, b));
  output.answer(compared, () => humanComparison(compared));
}

function humanComparison({
  a,
  b,
  photos,
  labels,
  searches,
  agreement,
  samePictures,
}: ModelComparison): string {
  const row = (what: string, of: (model: ComparedModel) => string) =>
    `${what.padEnd(22)}${of(a).padStart(20)}${of(b).padStart(20)}`;
  const share = (value: number | null) => (value === null ? '-' : value.toFixed(3));
  return [
    row('', ({ id }) => id),
    row('on disk', ({ bytes }) => humanBytes(bytes)),
    row('languages', ({ languages }) => languages.join('+')),
    row('photos per second', ({ imagesPerSecond }) => imagesPerSecond?.toFixed(1) ?? '-'),
    row('ms per query', ({ textMilliseconds }) => textMilliseconds.toFixed(1)),
    row('mAP on your labels', ({ meanAveragePrecision }) => share(meanAveragePrecision)),
    ...labels.map(
      (label) => `  ${label.name.padEnd(20)}${share(label.a).padStart(20)}${share(label.b).padStart(20)}`,
    ),
    `${photos} photos looked at; of the ten best of ${searches.length} searches both have ${
      agreement === null ? '-' : `${Math.round(agreement * 100)} %`
    } in common.`,
    ...(samePictures ? ['They see pictures alike: switching embeds nothing again.'] : []),
  ].join('\n');
}
