// Where things lie below the folder of added models. What is hidden is work in progress and no model.
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export interface StorePlaces {
  root: string;
  installed(id: string): string;
  /** Everything of a download: what is known of it, and its files. */
  job(id: string): string;
  /** The model as it grows; renamed to `installed` when it is whole. */
  staging(id: string): string;
  /** What a repair replaces, until it has. */
  replaced(id: string): string;
  lock(id: string): string;
  /** Hashes of models that were here before. */
  pins: string;
  settings: string;
  /** How this machine runs each model best. */
  runtime: string;
  /** What it made of those that were tried. */
  trials: string;
  /** Ids that downloads on the disk have. */
  jobs(): Promise<string[]>;
  /** Whether there is a model of this name, in whatever case: an added or a bundled one. */
  taken(id: string): Promise<boolean>;
}

const DOWNLOADS = '.downloads';

/** For indexing, which needs nothing else of the store. */
export function runtimeFileIn(modelsDirectory: string): string {
  return join(modelsDirectory, '.runtime.json');
}

export function storePlaces(directory: string, bundled: string): StorePlaces {
  const root = resolve(directory);
  const job = (id: string): string => join(root, DOWNLOADS, id);
  return {
    root,
    installed: (id) => join(root, id),
    job,
    staging: (id) => join(job(id), 'files'),
    replaced: (id) => join(job(id), 'replaced'),
    lock: (id) => join(root, DOWNLOADS, `${id}.lock`),
    pins: join(root, '.pins.json'),
    settings: join(root, '.hub.json'),
    runtime: runtimeFileIn(root),
    trials: join(root, '.trials.json'),
    async jobs() {
      const entries = await readdir(join(root, DOWNLOADS), { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    },
    async taken(id) {
      const lists = await Promise.all([root, bundled].map((folder) => readdir(folder).catch(() => [])));
      return lists.flat().some((name) => name.toLowerCase() === id.toLowerCase());
    },
  };
}
