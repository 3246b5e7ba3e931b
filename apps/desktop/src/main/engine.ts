// Joins the engine's process with what main does for it: pictures, native dialogs, compute processes, news for people.
import { app, shell } from 'electron';
import type { FromEngine } from '../shared/messages.ts';
import { createComputeRelay } from './compute-relay.ts';
import type { Wishes } from './decisions/command-line.ts';
import type { Places } from './decisions/places.ts';
import { askToTryAgain, chooseExportFolder, chooseFolders, tell } from './dialogs.ts';
import { createEngineProcess, type EngineProcess } from './engine-process.ts';
import { createMediaClient, type MediaClient } from './media-client.ts';

export interface Engine extends EngineProcess {
  readonly media: MediaClient;
  /** Null until the library is open. */
  libraryDirectory(): string | null;
}

export function createEngine(
  places: Places,
  { library, models }: Pick<Wishes, 'library' | 'models'>,
): Engine {
  let libraryDirectory: string | null = null;
  const process = createEngineProcess({
    program: places.engineProgram,
    options: {
      libraryDirectory: library,
      modelDirectory: `${places.models}/starter`,
      bundledModelsDirectory: places.models,
      modelsDirectory: models,
      labelPacksDirectory: places.labelPacks,
      citiesFile: places.cities,
      version: app.getVersion(),
      compute: places.computeStart,
    },
    onMessage: receive,
    onGone() {
      media.abandon();
      computes.killAll();
    },
    askToTryAgain,
  });
  const media = createMediaClient((message) => process.post(message));
  const computes = createComputeRelay(places.computeProgram, (message) => process.post(message));

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
        break;
      case 'failed':
        break; // The process ends now, and its end tells the user.
      case 'problem':
        void tell({ message: 'The folder could not be added.', detail: message.message });
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

  return { ...process, media, libraryDirectory: () => libraryDirectory };
}
