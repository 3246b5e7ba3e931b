// The engine: every service behind the contract, and the one place where they are put together.
export { type Engine, openEngine } from './engine.ts';
export type { ComputeChannel, EngineOptions, HostPort, SpawnPort } from './ports.ts';
