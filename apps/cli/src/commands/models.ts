// `semblance models catalog | add | remove | verify | test`: models beyond the one that ships. They belong to no
// library, so none is opened; only `add` of a name, and `verify --repair`, ask the hub for anything.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CatalogModel, hubRepository, hubRevision, type ModelDownload } from '@semblance/contract';
import type { ModelStore } from '@semblance/engine';
import { SingleBar } from 'cli-progress';
import { Failed, humanBytes, Interrupted, type Output, UsageError } from '../output.ts';
import { type LibraryOptions, modelsAtHand, openModels, workingDirectory } from '../session.ts';

type TestedModel = Extract<Awaited<ReturnType<ModelStore['test']>>, { ok: true }>;

export async function showCatalog(options: LibraryOptions, output: Output): Promise<void> {
  const catalog = await withModels(options, (store) => store.catalog());
  const here = new Set((await modelsAtHand(options)).map(({ id }) => id));
  const models = catalog.map((model) => ({ ...model, installed: here.has(model.id) }));
  output.answer({ models }, () => models.map(humanModel).join('\n'));
}

export async function addModel(what: string, options: LibraryOptions, output: Output): Promise<void> {
  const folder = resolve(workingDirectory(), what);
  const id = await withModels(options, async (store) => {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return store.addFolder(folder);
    const { id } = await store.download(requestFor(what));
    await untilEnd(store, id, output);
    return id;
  });
  const model = (await modelsAtHand(options)).find((one) => one.id === id) ?? { id };
  output.answer({ model }, () => `${id} is here.`);
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
  const test = await withModels(options, (store) => store.test(id));
  output.answer({ id, ...test }, () =>
    test.ok ? humanTest(id, test) : `${id} does not work: ${test.message}`,
  );
  if (!test.ok) throw new Failed();
}

function humanTest(id: string, test: TestedModel): string {
  const { provider, precision, threads, batch, imagesPerSecond, textMilliseconds, memoryBytes } = test;
  return [
    `${id} works: ${imagesPerSecond.toFixed(1)} pictures/s, a text in ${textMilliseconds.toFixed(1)} ms,`,
    `with ${provider}, ${precision}, ${threads} threads, batches of ${batch}${memoryBytes > 0 ? `; ${humanBytes(memoryBytes)} of memory` : ''}.`,
  ].join(' ');
}

/** @throws UsageError for what can be neither */
function requestFor(what: string): { id: string } | { repository: string; revision: string } {
  if (!what.includes('/')) return { id: what };
  const [repository = '', revision = 'main', ...rest] = what.split('@');
  const known = hubRepository.safeParse(repository).success && hubRevision.safeParse(revision).success;
  if (known && rest.length === 0) return { repository, revision };
  throw new UsageError(`${what} is neither a folder nor a repository (owner/name, or owner/name@revision).`);
}

async function withModels<T>(options: LibraryOptions, task: (store: ModelStore) => Promise<T>): Promise<T> {
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
  const size = model.bytes === null ? 'size told by the hub' : humanBytes(model.bytes);
  const recall = model.recall.map(({ language, percent }) => `${language} ${percent} %`).join(', ');
  return [
    `${model.installed ? '* ' : '  '}${model.id}`,
    `    ${model.name}. ${model.goodFor.en}${model.caution === null ? '' : ` ${model.caution.en}`}`,
    `    languages ${model.languages.join(' ')}; ${size}; licence ${model.license ?? 'not known'}`,
    ...(recall === '' ? [] : [`    published recall: ${recall}`]),
  ].join('\n');
}
