// Pure logic of Semblance: no I/O, no clock, no node. Everything here can be tested as a table.
export * from './adapter.ts';
export * from './adapter-training.ts';
export * from './clusters.ts';
export * from './identity.ts';
export * from './names.ts';
export * from './random.ts';
export * from './ranking.ts';
export * from './ranking-cutoff.ts';
export * from './ranking-reference.ts';
export * from './root-health.ts';
export * from './scan-diff.ts';
export * from './sidecar-tags.ts';
export * from './time.ts';
export * from './vectors.ts';
