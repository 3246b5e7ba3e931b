// What main and the engine process tell each other. Types only; the window never sees these.
import type { ErrorKind, Progress } from '@semblance/contract';

type ComputeRole = 'interactive' | 'background';

/** `node`: the engine starts that executable itself. `host`: it asks main, because only main can fork utility processes. */
export type ComputeStart = { kind: 'node'; executable: string; program: string } | { kind: 'host' };

export interface OpenOptions {
  /** Null for the usual place, which the command line uses too. */
  libraryDirectory: string | null;
  modelDirectory: string;
  bundledModelsDirectory: string;
  /** Null for the usual place. */
  modelsDirectory: string | null;
  /** The only hub that models may come from; null for the usual one, or whatever the settings say. */
  hub?: string | null;
  labelPacksDirectory: string;
  samplesDirectory: string;
  citiesFile: string;
  version: string;
  compute: ComputeStart;
  /** Puts the newest sound copy of the catalog in its place first: somebody said so, because it is damaged. */
  restore?: boolean;
}

/** What is known of a library that did not open. */
export interface OpenFailure {
  /** Null for what nobody expected. */
  kind: ErrorKind | null;
  message: string;
  libraryDirectory: string;
  /** When the newest sound copy of a damaged catalog was taken: milliseconds since 1970. Null where there is none. */
  backup: number | null;
}

/** The facts of a request for a picture; its address carries an id, never a path. */
export interface MediaRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** What the host knows of the machine (`PowerConditions` of packages/core). Null: it cannot tell. */
export interface Conditions {
  battery: boolean | null;
  idle: boolean | null;
  suspended: boolean;
}

/** The part of the engine's progress that is shown outside the window. */
export type Work = Pick<Progress, 'state' | 'found' | 'done' | 'pending' | 'unsearchable'>;

/** About the library, for diagnostics: numbers and short names of our own, nothing that names a file or a folder. */
export type LibraryFacts = Record<string, number | string | boolean | null>;

/** Main to engine. */
export type ToEngine =
  | { type: 'open'; options: OpenOptions }
  /** Carries one MessagePort: a window's connection. */
  | { type: 'connect' }
  | { type: 'add-folders'; paths: string[] }
  /**
   * Pictures that were opened with the app, and the folders that they lie in. `show-photo` names the first that is in the
   * library, now or once its folder has been looked at; `offer-folders` those folders that are not in it.
   */
  | { type: 'look-around'; files: string[]; folders: string[] }
  | { type: 'set-paused'; paused: boolean }
  | { type: 'conditions'; conditions: Conditions }
  /** Where photos lie on the disk, to be carried to other programs; answered by `files`. */
  | { type: 'files-of'; id: number; photoIds: string[] }
  /** Answered by `facts`. */
  | { type: 'facts-wanted'; id: number }
  /** A photo's picture for the clipboard; answered by `picture`. */
  | { type: 'picture-of'; id: number; photoId: string }
  | { type: 'host-answer'; id: number; paths: string[] }
  | { type: 'host-failed'; id: number; message: string }
  | { type: 'media'; id: number; request: MediaRequest }
  | { type: 'media-pull' | 'media-cancel'; id: number }
  | { type: 'compute-started'; id: number; pid: number | undefined }
  | { type: 'compute-message'; id: number; message: unknown }
  | { type: 'compute-exit'; id: number; code: number | null }
  /** Finish the batch in hand, close everything, exit. */
  | { type: 'drain' };

/** Engine to main. */
export type FromEngine =
  | { type: 'ready'; libraryDirectory: string }
  | ({ type: 'failed' } & OpenFailure)
  /** A copy is the catalog now; the folder keeps what was there before. */
  | { type: 'restored'; kept: string }
  /** Something the user asked for from outside the window did not work. */
  | { type: 'problem'; message: string }
  | { type: 'offer-folders'; paths: string[] }
  | { type: 'show-photo'; photoId: string }
  | { type: 'work'; work: Work }
  | { type: 'files'; id: number; paths: string[] }
  | { type: 'facts'; id: number; facts: LibraryFacts }
  /** A PNG; null where the photo cannot be read. */
  | { type: 'picture'; id: number; png: Uint8Array | null }
  | { type: 'choose-folders' | 'choose-export-folder'; id: number }
  | { type: 'reveal'; id: number; path: string }
  | { type: 'trash-item'; id: number; path: string }
  | { type: 'media-head'; id: number; status: number; headers: [string, string][]; hasBody: boolean }
  | { type: 'media-chunk'; id: number; bytes: Uint8Array }
  | { type: 'media-end' | 'media-failed'; id: number }
  | { type: 'compute-spawn'; id: number; role: ComputeRole }
  | { type: 'compute-post'; id: number; message: unknown }
  | { type: 'compute-kill'; id: number };
