// What the engine needs from whoever hosts it. The engine knows neither Electron nor HTTP.
import type { ComputeRole } from '@semblance/compute';
import type { Volumes } from '@semblance/scan';
import type { TrashPort } from './trash/port.ts';

/** A two-way channel to a child process that speaks structured clone. */
export interface ComputeChannel {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone, whatever the cause. */
  onExit(listener: (how: { code: number | null; signal: string | null }) => void): void;
  /** Ends the process at once (SIGKILL): a hung decoder does not listen. */
  kill(): void;
}

/** Starts the compute program (`packages/compute/src/main.ts`, or its bundle in the packaged app). */
export type SpawnPort = (role: ComputeRole) => ComputeChannel;

/** What the host can do that the engine cannot. A missing function means `can.*` is false in `app.info`. */
export interface HostPort {
  readonly kind: 'desktop' | 'server' | 'cli';
  readonly version: string;
  /** Native folder dialog; empty when cancelled. The only way a path enters from a window. */
  chooseFolders?: () => Promise<string[]>;
  /** Native dialog for the folder that copies go to; null when cancelled. Without it they are offered as a download. */
  chooseExportFolder?: () => Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal?: (path: string) => Promise<void>;
  /** The system's own bin, where the engine cannot write to one that undo can restore from (macOS, Windows). */
  trashItem?: (path: string) => Promise<void>;
}

export interface EngineOptions {
  /** Where the catalog, vectors and thumbnails live. Created when missing. */
  libraryDirectory: string;
  /** The model that a library begins with. One that it was switched to goes before it, unless `modelIsFixed`. */
  modelDirectory: string;
  /** The person has named the model for this time: what the library was switched to does not count. */
  modelIsFixed?: boolean;
  /** Folder that holds the bundled models, and `catalog.json`, the list of those that can be added. */
  bundledModelsDirectory: string;
  /** Where added models live: one folder per model, its name is the model's id. Created when first needed. */
  modelsDirectory: string;
  /** The only hub that models may come from, whatever the settings say: a mirror, or one for tests. */
  hub?: string;
  /** Folder of the label packs; none are offered without one. */
  labelPacksDirectory?: string;
  /** Table of cities that names where photos were taken (assets/places); without it they have coordinates only. */
  citiesFile?: string;
  /** Pictures to try the app with (assets/samples); none are offered without it. */
  samplesDirectory?: string;
  host: HostPort;
  spawnCompute: SpawnPort;
  /** Folders the browser may add by number (`serve --roots`). */
  offeredFolders?: readonly string[];
  /** Where files go instead of being deleted; chosen by platform when left out (`trash/places.ts`). */
  trash?: TrashPort;
  /** How disks are told apart; this machine's way when left out. */
  volumes?: Volumes;
  /** A file that cannot be read is looked at again until it has stood still for so long: milliseconds. */
  settles?: number;
}
