// `semblance index`: brings the library in step with folders, and says what became of every file.
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Failure,
  type Folder,
  type PaceChoice,
  type Progress,
  SemblanceError,
} from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { SingleBar } from 'cli-progress';
import type { Output } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';

interface IndexReport {
  /** Photo files seen in the folders. */
  found: number;
  /** Files that became (or became again) photos of the library in this run. */
  indexed: number;
  /** Files that were in the library already. */
  unchanged: number;
  /** Files that are still being copied, and are not read yet. */
  waiting: number;
  failed: Failure[];
  seconds: number;
  photosPerSecond: number;
}

export interface IndexOptions extends LibraryOptions {
  /** Photos that an offline folder no longer lists are gone. */
  acceptMissing?: boolean;
  /** Somebody waits for this command, so it works hard unless told not to. */
  pace: PaceChoice;
}

export async function indexFolders(paths: string[], options: IndexOptions, output: Output): Promise<void> {
  const report = await withLibrary(
    options,
    async (engine) => {
      engine.services.pace.insist(options.pace);
      const folders: Folder[] = [];
      const places: string[] = [];
      for (const path of paths) {
        const place = resolve(workingDirectory(), path);
        folders.push(await engine.services.folders.add(place));
        places.push(await realpath(place));
      }
      return run(engine, folders, places, options.acceptMissing === true);
    },
    output,
  );
  output.answer(report, () => humanReport(report));
}

/** @param places the folders as they were named, which may be parts of those of the library: the report is about them */
async function run(
  engine: Engine,
  folders: Folder[],
  places: readonly string[],
  acceptMissing: boolean,
): Promise<IndexReport> {
  const { indexer, library, progress } = engine.services;
  const ids = [...new Set(folders.map((folder) => folder.id))];
  const started = performance.now();
  const done = new AbortController();
  const shown = showProgress(progress.follow(done.signal));
  try {
    library.retryFailures('passing');
    if (acceptMissing) for (const id of ids) void indexer.accept(id).catch(() => undefined);
    const indexedBy = await indexer.update(ids);
    const offline = engine.services.folders.list().find((f) => ids.includes(f.id) && f.state === 'offline');
    if (offline !== undefined) {
      throw new SemblanceError('FOLDER_OFFLINE', offlineSentence(offline));
    }
    const seconds = (performance.now() - started) / 1000;
    const { files, failures, pending, among } = library.filesIn(places);
    const indexed = among([...indexedBy.values()].flat());
    return {
      found: files,
      indexed,
      unchanged: Math.max(0, files - pending - indexed - failures.length),
      waiting: pending,
      failed: failures,
      seconds: round(seconds),
      photosPerSecond: round(indexed / seconds),
    };
  } finally {
    done.abort();
    await shown;
  }
}

function offlineSentence({ path, note, stranger, foundAt }: Folder): string {
  const hint = stranger
    ? 'To take what lies there now in their place, run the same command with --accept-missing.'
    : 'If its photos are really gone, run the same command with --accept-missing.';
  const found =
    foundAt === null
      ? ''
      : ` The same folder is at ${foundAt}: semblance folders move "${path}" "${foundAt}".`;
  return `${path} is offline, and nothing in it was changed. ${note ?? ''}${found} ${hint}`;
}

/** A bar on a terminal, silence elsewhere. */
async function showProgress(stream: AsyncIterable<Progress>): Promise<void> {
  if (!process.stderr.isTTY) return;
  const bar = new SingleBar({
    format: '{bar} {value}/{total}  {rate} photos/s  {left}  {failed} failed',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  for await (const p of stream) {
    if (p.state === 'scanning') process.stderr.write(`\rlooking for photos: ${p.found} `);
    if (p.state !== 'indexing') continue;
    const facts = {
      rate: p.photosPerSecond.toFixed(1),
      left: p.secondsLeft === null ? '' : `${Math.ceil(p.secondsLeft)} s left`,
      failed: p.failed,
    };
    if (!started) bar.start(p.found, p.done + p.failed, facts);
    started = true;
    bar.setTotal(p.found);
    bar.update(p.done + p.failed, facts);
  }
  if (started) bar.stop();
}

function humanReport(report: IndexReport): string {
  const lines = [
    `${report.found} photos found: ${report.indexed} indexed, ${report.unchanged} unchanged, ` +
      `${report.failed.length} failed (${report.seconds} s, ${report.photosPerSecond} photos/s)`,
    ...(report.waiting > 0 ? [`  ${report.waiting} still being copied: run it again when that is done`] : []),
    ...report.failed.map((f) => `  ${f.reason.padEnd(11)} ${f.path}: ${f.message}`),
  ];
  return lines.join('\n');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
