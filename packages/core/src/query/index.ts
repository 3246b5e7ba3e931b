// The query language: from typed text to what is looked for, what is excluded, and which photos count at all.
export { boundsMeet, openSide } from './bounds.ts';
export { FILTER_NAMES, FIXED_VALUES, filterCalled } from './filter-names.ts';
export { unknownLanguage } from './language.ts';
export { nearestName } from './nearest.ts';
export { paraphrasesOf } from './paraphrases.ts';
export { parseQuery } from './parse.ts';
export { fold, plain, short } from './text.ts';
export { type Translated, translateTurkish } from './translate-turkish.ts';
export type { Condition, Coordinates, ExactPhrase, Query, QueryFilter } from './types.ts';
