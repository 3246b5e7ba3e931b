// Pure logic of Semblance: no I/O, no clock, no node. Everything here can be tested as a table.
export * from './identity.ts';
export * from './labels-calibration.ts';
export * from './labels-choice.ts';
export * from './labels-library.ts';
export * from './labels-order.ts';
export * from './labels-rule.ts';
export * from './ranking.ts';
export * from './ranking-cutoff.ts';
export * from './ranking-reference.ts';
export * from './root-health.ts';
export * from './scan-diff.ts';
export * from './time.ts';
export * from './vectors.ts';
