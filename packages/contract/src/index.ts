// What a user interface may ask: the oRPC contract, its zod schemas and the domain types.
export * from './acts.ts';
export * from './contract.ts';
export * from './duplicates.ts';
export * from './errors.ts';
export * from './export.ts';
export * from './label-tools.ts';
export * from './labels.ts';
export * from './library.ts';
export * from './media.ts';
export * from './model-switch.ts';
export * from './models.ts';
export * from './pace.ts';
export * from './photo.ts';
export * from './query.ts';
export * from './search.ts';
export * from './trash.ts';
export * from './view.ts';
