// Pure logic of Semblance: no I/O, no clock, no node. Everything here can be tested as a table.

export * from './binding.ts';
export * from './identity.ts';
export * from './places.ts';
export * from './query/index.ts';
export * from './ranking.ts';
export * from './ranking-cutoff.ts';
export * from './ranking-reference.ts';
export * from './root-health.ts';
export * from './scan-diff.ts';
export * from './time.ts';
export * from './vectors.ts';
export * from './why.ts';
export * from './windows.ts';
