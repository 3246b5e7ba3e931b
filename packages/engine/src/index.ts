// The engine: every service behind the contract, and the one place where they are put together.

export { channelOf, forkCompute } from './compute/fork.ts';
export { defaultLibraryDirectory, defaultModelsDirectory } from './default-library.ts';
export { type Engine, openEngine } from './engine.ts';
export { createInspector } from './models/inspector.ts';
export { createModelStore, type ModelStore } from './models/model-store.ts';
export type { ComputeChannel, EngineOptions, HostPort, SpawnPort } from './ports.ts';
export { examineFiles, libraryAt, restoreNewest } from './rescue.ts';
export { listModels } from './services/models.ts';
