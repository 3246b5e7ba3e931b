// Vectors of photos, one LanceDB table per model. A cache of the catalog's promise: always rebuildable.
export type { Verdict } from './approximate.ts';
export { VectorsError, type VectorsErrorKind } from './errors.ts';
export { hashVector } from './hash.ts';
export { createNeighbours } from './neighbours.ts';
export type { Recovery } from './recover.ts';
export type { Matrix } from './resident.ts';
export type { VectorRow } from './rows.ts';
export type { Scores } from './score-all.ts';
export type { SearchOptions } from './search.ts';
export { openVectors, type VectorStore } from './store.ts';
export type { TableOptions, VectorTable } from './table.ts';
export type { Neighbour } from './top.ts';
