// Vectors of photos, one LanceDB table per model. A cache of the catalog's promise: always rebuildable.
export { VectorsError, type VectorsErrorKind } from './errors.ts';
export { hashVector } from './hash.ts';
export type { Recovery } from './recover.ts';
export type { VectorRow } from './rows.ts';
export type { Neighbour, SearchOptions } from './search.ts';
export { openVectors, type VectorStore } from './store.ts';
export type { VectorTable } from './table.ts';
