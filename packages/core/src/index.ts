// Pure logic of Semblance: no I/O, no clock, no node. Everything here can be tested as a table.
export * from './duplicates-align.ts';
export * from './duplicates-compare.ts';
export * from './duplicates-group.ts';
export * from './duplicates-keep.ts';
export * from './duplicates-likeness.ts';
export * from './duplicates-measure.ts';
export * from './duplicates-raster.ts';
export * from './duplicates-signature.ts';
export * from './identity.ts';
export * from './inherit.ts';
export * from './ranking.ts';
export * from './ranking-cutoff.ts';
export * from './ranking-reference.ts';
export * from './root-health.ts';
export * from './scan-diff.ts';
export * from './time.ts';
export * from './vectors.ts';
