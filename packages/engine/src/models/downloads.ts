// All downloads of this process and those that an earlier one left: started, paused, gone on with and forgotten by a
// person only. Nothing here starts by itself.
import { rm } from 'node:fs/promises';
import { type CatalogModel, type ModelDownload, SemblanceError } from '@semblance/contract';
import { codeOf } from '@semblance/scan';
import { createRate, type Rate } from '../indexing/rate.ts';
import { createLatest, type Latest } from '../latest.ts';
import { bytesThere, type DownloadOptions, runDownload, total, wasInstalled } from './download.ts';
import { type Job, readJob, writeJob } from './job.ts';
import { lockModel } from './lock.ts';
import type { StorePlaces } from './store-places.ts';

export interface Downloads {
  readonly list: Latest<ModelDownload[]>;
  /** Answers at once. @throws SemblanceError DOWNLOAD_BUSY when another process has it */
  start(job: Job): Promise<ModelDownload>;
  /** @throws SemblanceError MODEL_NOT_FOUND, DOWNLOAD_BUSY */
  resume(id: string): Promise<ModelDownload>;
  /** Resolves when it has stopped; what has come is kept. */
  pause(id: string): Promise<void>;
  /** Resolves when everything is gone. */
  cancel(id: string): Promise<void>;
  has(id: string): Promise<boolean>;
  /** When it has ended, at once if there is none. @throws what ended it; `Stopped` when it was paused or cancelled */
  ended(id: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Ended by a person. */
class Stopped extends Error {}

export interface DownloadsOptions {
  places: StorePlaces;
  /** What a run needs beside its job. */
  tools(): Promise<Pick<DownloadOptions, 'http' | 'hub' | 'inspector' | 'space' | 'waits'>>;
  /** A model came, or was made whole again. */
  onInstalled(id: string, repaired: boolean): void;
}

interface Entry {
  job: Job;
  state: ModelDownload['state'];
  done: number;
  files: ModelDownload['files'];
  rate: Rate;
  controller: AbortController | null;
  running: Promise<void>;
}

/** Readers are told at most so often: milliseconds. */
const INTERVAL_MS = 250;

export function createDownloads({ places, tools, onInstalled }: DownloadsOptions): Downloads {
  const entries = new Map<string, Entry>();
  const list = createLatest<ModelDownload[]>([], INTERVAL_MS);
  const loaded = load();
  let told = 0;

  function tell(now = true): void {
    if (!now && performance.now() - told < INTERVAL_MS) return;
    told = performance.now();
    list.set([...entries.values()].map(describe));
  }

  async function load(): Promise<void> {
    for (const id of await places.jobs()) {
      const job = await readJob(places.job(id), id);
      if (job === null) continue;
      if (await wasInstalled(job, places)) await rm(places.job(id), { recursive: true, force: true });
      else entries.set(id, await entryOf(job));
    }
    tell();
  }

  async function entryOf(job: Job): Promise<Entry> {
    return {
      job,
      state: job.problem === null ? 'paused' : 'failed',
      done: await bytesThere(job, places.staging(job.id)),
      files: { done: Object.keys(job.done).length, all: job.files?.length ?? 0 },
      rate: createRate(),
      controller: null,
      running: Promise.resolve(),
    };
  }

  function run(entry: Entry): ModelDownload {
    const { job } = entry;
    const unlock = lockModel(places.lock(job.id));
    const controller = new AbortController();
    job.problem = null;
    Object.assign(entry, { controller, state: 'asking' });
    entry.rate.begin(performance.now());
    entry.running = download(entry, controller.signal).finally(() => {
      entry.controller = null;
      unlock();
      tell();
    });
    entry.running.catch(() => undefined);
    tell();
    return describe(entry);
  }

  async function download(entry: Entry, signal: AbortSignal): Promise<void> {
    const { job, rate } = entry;
    try {
      await writeJob(places.job(job.id), job);
      await runDownload({
        ...(await tools()),
        job,
        places,
        signal,
        onState(state) {
          entry.state = state;
          tell();
        },
        onFiles(all, _bytes, have) {
          entry.files = { done: 0, all };
          entry.done = have;
          tell();
        },
        onBytes(change) {
          entry.done = Math.max(0, entry.done + change);
          if (change > 0) rate.add(performance.now(), change);
          tell(false);
        },
        onFile() {
          entry.files.done += 1;
          tell(false);
        },
      });
      entries.delete(job.id);
      onInstalled(job.id, job.repair);
    } catch (error) {
      if (signal.aborted) {
        entry.state = 'paused';
        throw new Stopped();
      }
      entry.state = 'failed';
      const known = error instanceof SemblanceError ? error : explained(error, places.root);
      job.problem = { kind: known.kind, message: known.message };
      await writeJob(places.job(job.id), job).catch(() => undefined);
      throw known;
    }
  }

  async function find(id: string): Promise<Entry> {
    await loaded;
    const entry = entries.get(id);
    if (entry !== undefined) return entry;
    throw new SemblanceError('MODEL_NOT_FOUND', `There is no download of ${id}.`);
  }

  async function stop(entry: Entry): Promise<void> {
    entry.controller?.abort(new Stopped());
    await entry.running.catch(() => undefined);
  }

  return {
    list,
    async start(job) {
      await loaded;
      const known = entries.get(job.id);
      if (known !== undefined) return known.controller === null ? run(known) : describe(known);
      const entry = await entryOf(job);
      const answer = run(entry);
      entries.set(job.id, entry);
      tell();
      return answer;
    },
    async resume(id) {
      const entry = await find(id);
      return entry.controller === null ? run(entry) : describe(entry);
    },
    async pause(id) {
      await stop(await find(id));
    },
    async cancel(id) {
      const entry = await find(id);
      await stop(entry);
      // It may have come to its end meanwhile; then there is nothing to forget.
      if (!entries.has(id)) return;
      const unlock = lockModel(places.lock(id));
      try {
        await rm(places.job(id), { recursive: true, force: true });
        entries.delete(id);
      } finally {
        unlock();
      }
      tell();
    },
    async has(id) {
      await loaded;
      return entries.has(id);
    },
    async ended(id) {
      await loaded;
      await entries.get(id)?.running;
    },
    async dispose() {
      await loaded.catch(() => undefined);
      await Promise.all([...entries.values()].map(stop));
      list.close();
    },
  };
}

/** A job that has not begun. */
export function newJob(from: Pick<Job, 'id' | 'name' | 'repository' | 'revision'> & Partial<Job>): Job {
  return {
    format: 1,
    languages: null,
    patterns: null,
    pins: null,
    repair: false,
    commit: null,
    files: null,
    done: {},
    installing: false,
    problem: null,
    ...from,
  };
}

export function jobFor(model: CatalogModel): Job {
  const { id, name, repository, revision } = model;
  return newJob({ id, name, repository, revision, languages: model.languages, patterns: model.files });
}

function describe({ job, state, done, files, rate }: Entry): ModelDownload {
  const now = performance.now();
  const bytes = job.files === null ? null : total(job.files);
  const busy = state === 'downloading';
  return {
    id: job.id,
    name: job.name,
    repository: job.repository,
    state,
    done: bytes === null ? done : Math.min(done, bytes),
    bytes,
    files: { ...files },
    bytesPerSecond: busy ? rate.perSecond(now) : 0,
    secondsLeft: busy && bytes !== null ? rate.secondsLeft(now, Math.max(0, bytes - done)) : null,
    problem: job.problem,
  };
}

function explained(error: unknown, root: string): SemblanceError {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SemblanceError('DISK_FULL', `The disk of ${root} is full.`, { cause: error });
  }
  const why = error instanceof Error ? error.message : String(error);
  return new SemblanceError('HUB_FAILED', `The download stopped: ${why}`, { cause: error });
}
