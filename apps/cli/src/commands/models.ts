// `semblance models catalog | look | add | remove | verify | test`: models beyond the one that ships. They belong to no
// library, so none is opened; only `look`, `add` of a name, and `verify --repair`, ask the hub for anything.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type CatalogModel,
  hubRepository,
  hubRevision,
  type ModelDownload,
  type ModelOffer,
  type ModelTrial,
} from '@semblance/contract';
import type { ModelStore } from '@semblance/engine';
import { SingleBar } from 'cli-progress';
import { Failed, humanBytes, Interrupted, type Output, UsageError } from '../output.ts';
import { type LibraryOptions, modelsAtHand, openModels, workingDirectory } from '../session.ts';

export async function showCatalog(options: LibraryOptions, output: Output): Promise<void> {
  const catalog = await withModels(options, (store) => store.catalog());
  const here = new Set((await modelsAtHand(options)).map(({ id }) => id));
  const models = catalog.map((model) => ({ ...model, installed: here.has(model.id) }));
  output.answer({ models }, () => models.map(humanModel).join('\n'));
}

export async function lookAtModel(what: string, options: LibraryOptions, output: Output): Promise<void> {
  const offer = await withModels(options, (store) => store.look(requestFor(what)));
  output.answer(offer, () => humanOffer(offer));
}

export async function addModel(
  what: string,
  options: LibraryOptions & { test?: boolean },
  output: Output,
): Promise<void> {
  const folder = resolve(workingDirectory(), what);
  const added = await withModels(options, async (store) => {
    const id = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
      ? await store.addFolder(folder)
      : await fetchModel(store, requestFor(what), output);
    if (options.test === false) return { id, trial: null };
    output.say('Trying it on this machine ...');
    return { id, trial: await store.trials.run(id) };
  });
  const { id, trial } = added;
  const model = (await modelsAtHand(options)).find((one) => one.id === id) ?? { id };
  output.answer({ model, trial }, () =>
    [`${id} is here.`, ...(trial === null ? [] : [humanTrial(trial)])].join('\n'),
  );
}

/** Says what will come before it does. */
async function fetchModel(
  store: ModelStore,
  request: ReturnType<typeof requestFor>,
  output: Output,
): Promise<string> {
  const offer = await store.look(request);
  output.say(humanOffer(offer));
  const { id } = await store.download(request);
  await untilEnd(store, id, output);
  return id;
}

export async function removeModel(id: string, options: LibraryOptions, output: Output): Promise<void> {
  await withModels(options, (store) => store.remove(id));
  output.answer({ removed: id }, () => `${id} is gone.`);
}

export async function verifyModel(
  id: string,
  options: LibraryOptions & { repair?: boolean },
  output: Output,
): Promise<void> {
  const check = await withModels(options, async (store) => {
    const found = await store.verify(id);
    if (found.fine || options.repair !== true) return found;
    await store.repair(id);
    await untilEnd(store, id, output);
    return store.verify(id);
  });
  output.answer(check, () =>
    [
      check.fine
        ? `${id}: ${check.files} files, ${humanBytes(check.bytes)}, all ${check.known ? 'as they should be' : 'noted as right from here on'}.`
        : `${id} is not as it should be.${check.repairable ? ' The option --repair fetches what is wrong.' : ''}`,
      ...check.missing.map((path) => `  missing  ${path}`),
      ...check.changed.map((path) => `  changed  ${path}`),
    ].join('\n'),
  );
  if (!check.fine) throw new Failed();
}

export async function testModel(id: string, options: LibraryOptions, output: Output): Promise<void> {
  const trial = await withModels(options, (store) => store.trials.run(id));
  output.answer(trial, () => humanTrial(trial));
  if (trial.state !== 'done') throw new Failed();
}

function humanTrial({ id, result, state, problem }: ModelTrial): string {
  if (result === null || state !== 'done')
    return `${id} does not work here: ${problem ?? 'nobody knows why'}`;
  const { provider, precision, threads, batch, imagesPerSecond, textMilliseconds } = result;
  const { textMemoryBytes, memoryBytes } = result;
  const memory =
    memoryBytes === 0
      ? ''
      : ` Memory: ${humanBytes(textMemoryBytes)} for searches, ${humanBytes(memoryBytes)} while indexing.`;
  return (
    `${id} works: ${precision}, ${provider}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ` +
    `batches of ${batch}, ${imagesPerSecond.toFixed(1)} pictures a second, ` +
    `a text in ${textMilliseconds.toFixed(1)} ms.${memory}`
  );
}

function humanOffer({ name, repository, commit, files, bytes, have, free, fits }: ModelOffer): string {
  const some = have === 0 ? '' : `, ${humanBytes(have)} of them here already`;
  return [
    `${name}: ${humanBytes(bytes)} in ${files} files${some}, from ${repository} at ${commit.slice(0, 12)}`,
    ...(fits ? [] : [`The disk has only ${humanBytes(free ?? 0)} free; that is too little.`]),
  ].join('\n');
}

/** @throws UsageError for what can be neither */
function requestFor(what: string): { id: string } | { repository: string; revision: string } {
  if (!what.includes('/')) return { id: what };
  const [repository = '', revision = 'main', ...rest] = what.split('@');
  const known = hubRepository.safeParse(repository).success && hubRevision.safeParse(revision).success;
  if (known && rest.length === 0) return { repository, revision };
  throw new UsageError(`${what} is neither a folder nor a repository (owner/name, or owner/name@revision).`);
}

async function withModels<T>(
  options: LibraryOptions & { test?: boolean },
  task: (store: ModelStore) => Promise<T>,
): Promise<T> {
  const store = openModels(options);
  try {
    return await task(store);
  } finally {
    await store.dispose();
  }
}

/** Until the download has ended; Ctrl-C keeps what has come. @throws what ended it; Interrupted */
async function untilEnd(store: ModelStore, id: string, output: Output): Promise<void> {
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    void store.pause(id).catch(() => undefined);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const done = new AbortController();
  const shown = showProgress(store.downloads.follow(done.signal), id, output);
  try {
    await store.ended(id);
  } catch (error) {
    throw interrupted ? new Interrupted() : error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    done.abort();
    await shown;
  }
}

/** A bar on a terminal, silence elsewhere. */
async function showProgress(
  stream: AsyncIterable<ModelDownload[]>,
  id: string,
  output: Output,
): Promise<void> {
  if (!process.stderr.isTTY) return;
  const bar = new SingleBar({
    format: '{bar} {percentage}%  {done} of {all}  {rate}/s  {left}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let state = '';
  for await (const downloads of stream) {
    const download = downloads.find((one) => one.id === id);
    if (download === undefined) continue;
    const { bytes, done, bytesPerSecond, secondsLeft } = download;
    if (download.state !== state) {
      state = download.state;
      if (state === 'waiting') output.say('The hub does not answer; trying again ...');
      if (state === 'checking') output.say('Checking ...');
    }
    if (bytes === null || state !== 'downloading') continue;
    const facts = {
      done: humanBytes(done),
      all: humanBytes(bytes),
      rate: humanBytes(Math.round(bytesPerSecond)),
      left: secondsLeft === null ? '' : `${Math.ceil(secondsLeft)} s left`,
    };
    if (!bar.isActive) bar.start(bytes, done, facts);
    bar.update(done, facts);
  }
  bar.stop();
}

function humanModel(model: CatalogModel & { installed: boolean }): string {
  const size = model.bytes === null ? 'size told by the hub' : `about ${humanBytes(model.bytes)}`;
  const recall = model.recall.map(({ language, percent }) => `${language} ${percent} %`).join(', ');
  return [
    `${model.installed ? '* ' : '  '}${model.id}`,
    `    ${model.name}. ${model.goodFor.en}${model.caution === null ? '' : ` ${model.caution.en}`}`,
    `    languages ${model.languages.join(' ')}; ${size}; licence ${model.license ?? 'not known'}`,
    ...(recall === '' ? [] : [`    published recall: ${recall}`]),
    ...unchecked(model),
  ].join('\n');
}

/** What the list says on trust. Sizes are told by the hub anyway. */
function unchecked({ checked, recall }: CatalogModel): string[] {
  const what = [
    ...(checked.repository ? [] : ['that the repository is there']),
    ...(checked.license ? [] : ['the licence']),
    ...(checked.recall || recall.length === 0 ? [] : ['the recall']),
  ];
  return what.length === 0 ? [] : [`    not checked by us: ${what.join(', ')}`];
}
