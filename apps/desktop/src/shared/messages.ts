// What main and the engine process tell each other. Types only; the window never sees these.
import type { ErrorKind } from '@semblance/contract';

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
  labelPacksDirectory: string;
  citiesFile: string;
  version: string;
  compute: ComputeStart;
}

/** The facts of a request for a picture; its address carries an id, never a path. */
export interface MediaRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** Main to engine. */
export type ToEngine =
  | { type: 'open'; options: OpenOptions }
  /** Carries one MessagePort: a window's connection. */
  | { type: 'connect' }
  | { type: 'add-folders'; paths: string[] }
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
  | { type: 'failed'; kind: ErrorKind | null; message: string }
  /** Something the user asked for from outside the window did not work. */
  | { type: 'problem'; message: string }
  | { type: 'choose-folders' | 'choose-export-folder'; id: number }
  | { type: 'reveal'; id: number; path: string }
  | { type: 'trash-item'; id: number; path: string }
  | { type: 'media-head'; id: number; status: number; headers: [string, string][]; hasBody: boolean }
  | { type: 'media-chunk'; id: number; bytes: Uint8Array }
  | { type: 'media-end' | 'media-failed'; id: number }
  | { type: 'compute-spawn'; id: number; role: ComputeRole }
  | { type: 'compute-post'; id: number; message: unknown }
  | { type: 'compute-kill'; id: number };
