// What is known of a download, on the disk: so that it can go on after the process has ended, however it ended.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorKind, errorKind, hubRepository, hubRevision, modelId } from '@semblance/contract';
import { atomicWrite } from '@semblance/scan';
import type { HubFile } from './hub.ts';
import type { Pins } from './pins.ts';
import { checkedPath } from './safe-path.ts';

export interface Job {
  format: 1;
  id: string;
  name: string;
  /** As in the manifest. */
  languages: string[] | null;
  repository: string;
  revision: string;
  patterns: string[] | null;
  /** What an earlier download of the same has found; null for the first one. */
  pins: Pins | null;
  /** Takes what is right from the model that is there, and replaces it. */
  repair: boolean;
  /** Null until the hub has said. */
  commit: string | null;
  files: HubFile[] | null;
  /** SHA-256 by path, of files that are whole. */
  done: Record<string, string>;
  /** Everything is there, and the folder may already have been renamed. */
  installing: boolean;
  problem: { kind: ErrorKind; message: string } | null;
}

const JOB_FILE = 'job.json';

export async function writeJob(folder: string, job: Job): Promise<void> {
  await mkdir(folder, { recursive: true });
  await atomicWrite(join(folder, JOB_FILE), Buffer.from(`${JSON.stringify(job, null, 1)}\n`));
}

/** Null when there is none, or none that can be read. */
export async function readJob(folder: string, id: string): Promise<Job | null> {
  try {
    const job: Job = JSON.parse(await readFile(join(folder, JOB_FILE), 'utf8'));
    for (const { path } of job.files ?? []) checkedPath(path);
    const known =
      job.format === 1 &&
      job.id === id &&
      modelId.safeParse(id).success &&
      hubRepository.safeParse(job.repository).success &&
      hubRevision.safeParse(job.revision).success &&
      typeof job.done === 'object' &&
      (job.problem === null || errorKind.safeParse(job.problem.kind).success);
    return known ? job : null;
  } catch {
    return null;
  }
}
