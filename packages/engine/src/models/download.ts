// One download from beginning to end: ask what there is, look whether it fits, fetch, check, and only then give the
// folder its name. Whatever stops it, the next run goes on where this one was.
import { copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SemblanceError } from '@semblance/contract';
import { codeOf, freeSpace, syncFolder } from '@semblance/scan';
import { askHub, changed } from './ask-hub.ts';
import { fetchFile, sha256If } from './fetch-file.ts';
import type { Http } from './http.ts';
import type { Hub, HubFile } from './hub.ts';
import type { ModelInspector } from './inspector.ts';
import { type Job, writeJob } from './job.ts';
import { MANIFEST, readManifest, writeManifest } from './manifest.ts';
import { pinsOf, writePins } from './pins.ts';
import type { StorePlaces } from './store-places.ts';

interface DownloadEvents {
  onState(state: 'asking' | 'downloading' | 'waiting' | 'checking'): void;
  /** The files are known: bytes in all, and those that are on the disk already. */
  onFiles(files: number, bytes: number, have: number): void;
  onBytes(change: number): void;
  onFile(): void;
}

export interface DownloadOptions extends DownloadEvents {
  /** Changed as it goes, and written to the disk. */
  job: Job;
  places: StorePlaces;
  http: Http;
  hub: Hub;
  inspector: Pick<ModelInspector, 'inspect'>;
  signal: AbortSignal;
  /** Bytes that the disk still takes. */
  space?: (directory: string) => Promise<number>;
  /** Between attempts: milliseconds. */
  waits?: readonly number[];
}

/** Files fetched at a time. */
const PARALLEL = 4;
/** Left free for everybody else: bytes. */
const SPARE_BYTES = 200_000_000;

/**
 * @throws SemblanceError HUB_*, DOWNLOAD_CORRUPT, DISK_FULL, MODEL_UNSUITABLE; the signal's reason
 */
export async function runDownload(options: DownloadOptions): Promise<void> {
  const { job, places, hub, signal, onState } = options;
  const staging = places.staging(job.id);
  await mkdir(staging, { recursive: true });
  if (job.files === null || job.commit === null) {
    onState('asking');
    const { commit, files } = await askHub(job, places, hub, signal);
    job.files = files;
    job.commit = commit;
    await save(options);
  }
  await takeWhatIsThere(options, job.files);
  const have = await bytesThere(job, staging);
  const bytes = total(job.files);
  options.onFiles(job.files.length, bytes, have);
  refuseWithoutSpace(places.root, await roomFor(places.root, bytes - have, options.space));
  onState('downloading');
  await fetchAll(options, job.files, job.commit);
  onState('checking');
  const verdict = await options.inspector.inspect(staging);
  signal.throwIfAborted();
  if (!verdict.ok) throw new SemblanceError('MODEL_UNSUITABLE', verdict.message);
  await install(options, job.files, job.commit);
}

/** Of this download, and for a repair of the model that is to be repaired. */
async function takeWhatIsThere({ job, places, signal }: DownloadOptions, files: HubFile[]): Promise<void> {
  for (const file of files) {
    signal.throwIfAborted();
    const target = join(places.staging(job.id), file.path);
    const staged = await sha256IfThere(target, file);
    if (staged !== null) {
      job.done[file.path] = staged;
      continue;
    }
    delete job.done[file.path];
    await rm(target, { force: true });
    if (!job.repair) continue;
    const installed = join(places.installed(job.id), file.path);
    const right = await sha256IfThere(installed, file);
    if (right === null) continue;
    await mkdir(dirname(target), { recursive: true });
    await link(installed, target).catch(() => copyFile(installed, target));
    job.done[file.path] = right;
  }
}

async function sha256IfThere(path: string, file: HubFile): Promise<string | null> {
  const facts = await stat(path).catch(() => null);
  return facts?.isFile() && facts.size === file.bytes ? sha256If(path, file.hash) : null;
}

async function fetchAll(options: DownloadOptions, files: HubFile[], commit: string): Promise<void> {
  const { job, places, hub, http, onState, onBytes, onFile } = options;
  // The largest first: what is left at the end is then small, and can be fetched side by side.
  const queue = files.filter(({ path }) => job.done[path] === undefined).sort((a, b) => b.bytes - a.bytes);
  for (let done = files.length - queue.length; done > 0; done -= 1) onFile();
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  let waiting = 0;
  let working = Math.min(PARALLEL, queue.length);
  const tell = (): void => onState(working > 0 && waiting === working ? 'waiting' : 'downloading');
  const worker = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const sha256 = await fetchFile({
        http,
        url: hub.fileUrl(job.repository, commit, file.path),
        file,
        target: join(places.staging(job.id), file.path),
        model: job.repository,
        signal,
        onBytes,
        onWait() {
          waiting += 1;
          tell();
        },
        onGo() {
          waiting -= 1;
          tell();
        },
        ...(options.waits && { waits: options.waits }),
      });
      const pin = job.pins?.files[file.path];
      if (pin !== undefined && pin !== sha256) throw changed(job.repository, file.path);
      job.done[file.path] = sha256;
      onFile();
    }
    working -= 1;
  };
  const workers = Array.from({ length: working }, () =>
    worker().catch((error) => {
      failed.abort(error);
      throw error;
    }),
  );
  // All must have let go of their files before anybody else touches them.
  const results = await Promise.allSettled(workers);
  options.signal.throwIfAborted();
  if (results.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
}

async function install(options: DownloadOptions, files: HubFile[], commit: string): Promise<void> {
  const { job, places } = options;
  const { id, repository, revision } = job;
  const listed = files.map(({ path, bytes }) => ({ path, bytes, sha256: job.done[path] ?? '' }));
  const before = job.repair ? await readManifest(places.installed(id)) : null;
  await writeManifest(places.staging(id), {
    format: 1,
    // Other weights of the same model would be other vectors.
    ...(before?.precision !== undefined && { precision: before.precision }),
    name: job.name,
    languages: job.languages,
    source: { repository, revision, commit },
    patterns: job.patterns,
    addedAt: new Date().toISOString(),
    files: listed,
  });
  await writePins(places.pins, repository, revision, pinsOf(commit, listed));
  job.installing = true;
  await save(options);
  options.signal.throwIfAborted();
  if (job.repair) {
    await rm(places.replaced(id), { recursive: true, force: true });
    await renameFolder(places.installed(id), places.replaced(id)).catch((error) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
  await renameFolder(places.staging(id), places.installed(id));
  await syncFolder(places.root);
  await rm(places.job(id), { recursive: true, force: true });
}

/** A run that ended between the rename and its tidying up. */
export async function wasInstalled(job: Job, places: StorePlaces): Promise<boolean> {
  if (!job.installing) return false;
  const exists = (path: string): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false,
    );
  return !(await exists(places.staging(job.id))) && exists(join(places.installed(job.id), MANIFEST));
}

/** On Windows a virus scanner may hold a new file for a moment. */
export async function renameFolder(from: string, to: string): Promise<void> {
  for (const delay of [50, 200, 1000]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || !['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error))) throw error;
      await wait(delay);
    }
  }
  await rename(from, to);
}

/** @param need bytes to come */
export async function roomFor(
  root: string,
  need: number,
  space: (directory: string) => Promise<number> = freeSpace,
): Promise<{ need: number; free: number | null; fits: boolean }> {
  const free = await space(root).catch(() => null);
  return { need, free, fits: need <= 0 || free === null || free >= need + SPARE_BYTES };
}

function refuseWithoutSpace(root: string, { need, free, fits }: Awaited<ReturnType<typeof roomFor>>): void {
  if (fits) return;
  const mega = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
  throw new SemblanceError(
    'DISK_FULL',
    `This needs ${mega(need)} on the disk of ${root}, and ${mega(SPARE_BYTES)} to spare; ${mega(free ?? 0)} are free.`,
  );
}

/** Of a job's files, those on the disk: whole, or in part. */
export async function bytesThere(job: Pick<Job, 'files'>, staging: string): Promise<number> {
  let bytes = 0;
  for (const file of job.files ?? []) {
    const path = join(staging, file.path);
    const whole = await stat(path).catch(() => null);
    const part = whole ?? (await stat(`${path}.part`).catch(() => null));
    bytes += Math.min(part?.size ?? 0, file.bytes);
  }
  return bytes;
}

export function total(files: readonly HubFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

function save({ job, places }: DownloadOptions): Promise<void> {
  return writeJob(places.job(job.id), job);
}
