// A model that is ready for work: its processes, and the table of the vectors it makes.
import type { Catalog } from '@semblance/catalog';
import type { ComputeRole, LoadedModel } from '@semblance/compute';
import { SemblanceError } from '@semblance/contract';
import type { VectorStore, VectorTable } from '@semblance/vectors';
import { type ComputeClient, ComputeGone, createComputeClient } from '../compute/client.ts';
import type { SpawnPort } from '../ports.ts';
import { reconcile } from '../reconcile.ts';

export interface ActiveModel {
  /** Folder name. */
  readonly id: string;
  /** Absolute. */
  readonly directory: string;
  /** Names the exact weights of both towers. */
  readonly key: string;
  /**
   * Under this key its picture vectors are kept: its own, or that of the model they were first made with, where both
   * have the same image tower.
   */
  readonly space: string;
  /** Names the image tower. */
  readonly image: string;
  readonly dimensions: number;
  readonly vectors: VectorTable;
  /** Answers people. */
  readonly interactive: ComputeClient;
  /** Embeds pictures, at a lower priority. */
  readonly background: ComputeClient;
  /** Ends its processes; the vectors stay open. */
  dispose(): void;
}

/** Where the vectors of an image tower are kept. */
interface Shared {
  image: string;
  space: string;
}

export interface ModelLoader {
  /**
   * @param first the process that is started now and proves that the model works; the other starts when it is needed
   * @param known models whose vectors are there: one with the same image tower shares them
   * @throws SemblanceError MODEL_MISSING, MODEL_DAMAGED, COMPUTE_UNAVAILABLE; nothing stays behind then
   */
  load(directory: string, first: ComputeRole, known?: readonly Shared[]): Promise<ActiveModel>;
  /** Every table that is open now, by space. */
  tables(): VectorTable[];
  /** Frees the memory of a table that is not searched any more. */
  release(space: string): Promise<void>;
  /** Deletes the vectors of a space, on disk and on record. */
  drop(space: string): Promise<void>;
  dispose(): void;
}

export interface ModelLoaderDeps {
  catalog: Catalog;
  store: VectorStore;
  spawn: SpawnPort;
  /** How this machine runs each model best: measured once, for every library. */
  runtimeFile: string;
  thumbnailDirectory: string;
}

export function createModelLoader({
  catalog,
  store,
  spawn,
  runtimeFile,
  thumbnailDirectory,
}: ModelLoaderDeps): ModelLoader {
  // All writers of a table go through the same one, or the copy in memory would miss what others write.
  const open = new Map<string, Promise<VectorTable>>();
  const ready = new Map<string, VectorTable>();
  const clients = new Set<ComputeClient>();

  function client(role: ComputeRole, modelDirectory: string): ComputeClient {
    const made = createComputeClient({
      role,
      spawn,
      setup: {
        modelDirectory,
        warm: role === 'interactive' ? 'text' : 'image',
        intraOpThreads: 1,
        thumbnailDirectory,
        runtimeFile,
      },
    });
    clients.add(made);
    return made;
  }

  function end(...ended: ComputeClient[]): void {
    for (const one of ended) {
      one.dispose();
      clients.delete(one);
    }
  }

  async function openTable(space: string, dimensions: number): Promise<VectorTable> {
    const known = open.get(space);
    if (known !== undefined) return known;
    const opening = (async () => {
      const table = await store.table(space, dimensions);
      await reconcile(catalog, table, space);
      ready.set(space, table);
      return table;
    })();
    open.set(space, opening);
    opening.catch(() => open.delete(space));
    return opening;
  }

  return {
    async load(directory, first, known = []) {
      const interactive = client('interactive', directory);
      const background = client('background', directory);
      try {
        const facts = await factsOf(first === 'interactive' ? interactive : background);
        const image = facts.imageKey ?? facts.key;
        const space = known.find((other) => other.image === image)?.space ?? facts.key;
        const vectors = await openTable(space, facts.dimensions);
        return {
          id: idOf(directory),
          directory,
          key: facts.key,
          space,
          image,
          dimensions: facts.dimensions,
          vectors,
          interactive,
          background,
          dispose: () => end(interactive, background),
        };
      } catch (error) {
        end(interactive, background);
        throw error;
      }
    },
    tables: () => [...ready.values()],
    async release(space) {
      open.delete(space);
      ready.delete(space);
      await store.release(space);
    },
    async drop(space) {
      open.delete(space);
      ready.delete(space);
      // First what is on record: a promise that is not kept is worse than vectors without one.
      catalog.dropEmbeddings({ modelKey: space });
      await store.drop(space);
    },
    dispose: () => end(...clients),
  };
}

/** Starts the process if need be. @throws SemblanceError */
async function factsOf(compute: ComputeClient): Promise<LoadedModel> {
  const facts = await compute.model().catch((error) => {
    if (!(error instanceof ComputeGone)) throw error;
    throw new SemblanceError('COMPUTE_UNAVAILABLE', `${error.message} Please try again.`, { cause: error });
  });
  if (facts === null) throw new SemblanceError('MODEL_MISSING', 'No model is set up.');
  return facts;
}

export function idOf(directory: string): string {
  return directory.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}
