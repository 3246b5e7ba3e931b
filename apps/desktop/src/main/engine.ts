// Joins the engine's process with what main does for it: pictures, native dialogs, compute processes, news for people.
import { app, shell } from 'electron';
import type { Conditions, FromEngine, LibraryFacts, Work } from '../shared/messages.ts';
import { offerFolders } from './arrivals.ts';
import { createComputeRelay } from './compute-relay.ts';
import type { Wishes } from './decisions/command-line.ts';
import type { Places } from './decisions/places.ts';
import { NOTHING_UNDER_WAY } from './decisions/work.ts';
import { askWhatNow, chooseExportFolder, chooseFolders, tell } from './dialogs.ts';
import { createEngineProcess, type EngineProcess } from './engine-process.ts';
import type { Log } from './log-file.ts';
import { words } from './looks.ts';
import { createMediaClient, type MediaClient } from './media-client.ts';
import { createQuestions } from './questions.ts';

export interface Engine extends EngineProcess {
  readonly media: MediaClient;
  /** Null until the library is open. */
  libraryDirectory(): string | null;
  /** What the machine is up to; a new engine is told again. */
  setConditions(conditions: Conditions): void;
  /** @returns absolute paths; none for photos that cannot be reached, or when the engine is away */
  filesOf(photoIds: string[]): Promise<string[]>;
  /** @returns nothing when the engine is away */
  facts(): Promise<LibraryFacts>;
  /** @returns a PNG; null for a photo that cannot be read, or when the engine is away */
  pictureOf(photoId: string): Promise<Uint8Array | null>;
}

export interface EngineOptions {
  places: Places;
  /** Where library and models lie, and where models come from; null for what is usual. */
  wishes: Pick<Wishes, 'library' | 'models' | 'hub'>;
  log: Log;
  onWork(work: Work): void;
  /** Somebody opened this photo's file with the app. */
  onShow(photoId: string): void;
}

export function createEngine({ places, wishes, log, onWork, onShow }: EngineOptions): Engine {
  const { library, models, hub } = wishes;
  let libraryDirectory: string | null = null;
  let conditions: Conditions | null = null;
  const files = createQuestions<string[]>([]);
  const facts = createQuestions<LibraryFacts>({});
  const pictures = createQuestions<Uint8Array | null>(null);
  const process = createEngineProcess({
    program: places.engineProgram,
    options: {
      libraryDirectory: library,
      modelDirectory: `${places.models}/starter`,
      bundledModelsDirectory: places.models,
      modelsDirectory: models,
      hub,
      labelPacksDirectory: places.labelPacks,
      samplesDirectory: places.samples,
      citiesFile: places.cities,
      version: app.getVersion(),
      compute: places.computeStart,
    },
    log,
    onMessage: receive,
    onGone() {
      media.abandon();
      computes.killAll();
      files.abandon();
      facts.abandon();
      pictures.abandon();
      onWork(NOTHING_UNDER_WAY);
    },
    askWhatNow,
  });
  const media = createMediaClient((message) => process.post(message));
  const computes = createComputeRelay(places.computeProgram, log, (message) => process.post(message));

  /** Lets the engine wait for something that people or the system do. */
  function answer(id: number, work: Promise<string[]>): void {
    work.then(
      (paths) => process.post({ type: 'host-answer', id, paths }),
      (error: Error) => process.post({ type: 'host-failed', id, message: error.message }),
    );
  }

  function receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        libraryDirectory = message.libraryDirectory;
        if (conditions !== null) process.post({ type: 'conditions', conditions });
        break;
      case 'failed':
        break; // The process ends now, and its end tells the user.
      case 'restored': {
        const { message: sentence, detail } = words().restore.done;
        void tell({ message: sentence, detail: detail(message.kept) });
        break;
      }
      case 'problem':
        void tell({ message: words().addFailed, detail: message.message });
        break;
      case 'offer-folders':
        void offerFolders(process, message.paths);
        break;
      case 'show-photo':
        onShow(message.photoId);
        break;
      case 'work':
        onWork(message.work);
        break;
      case 'files':
        files.answer(message.id, message.paths);
        break;
      case 'facts':
        facts.answer(message.id, message.facts);
        break;
      case 'picture':
        pictures.answer(message.id, message.png);
        break;
      case 'choose-folders':
        answer(message.id, chooseFolders());
        break;
      case 'choose-export-folder':
        answer(message.id, chooseExportFolder());
        break;
      case 'reveal':
        shell.showItemInFolder(message.path);
        answer(message.id, Promise.resolve([]));
        break;
      case 'trash-item':
        // On Linux the engine writes the trash itself and never asks: it must know where a file went, for undo.
        answer(
          message.id,
          shell.trashItem(message.path).then(() => []),
        );
        break;
      case 'media-head':
      case 'media-chunk':
      case 'media-end':
      case 'media-failed':
        media.receive(message);
        break;
      case 'compute-spawn':
      case 'compute-post':
      case 'compute-kill':
        computes.receive(message);
        break;
    }
  }

  return {
    ...process,
    media,
    libraryDirectory: () => libraryDirectory,
    setConditions(next) {
      conditions = next;
      process.post({ type: 'conditions', conditions });
    },
    filesOf: (photoIds) =>
      files.ask(process.isRunning(), (id) => process.post({ type: 'files-of', id, photoIds })),
    pictureOf: (photoId) =>
      pictures.ask(process.isRunning(), (id) => process.post({ type: 'picture-of', id, photoId })),
    facts: () => facts.ask(process.isRunning(), (id) => process.post({ type: 'facts-wanted', id })),
  };
}
