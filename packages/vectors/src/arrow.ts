// LanceDB loads Arrow's CommonJS build, and knows tables by `instanceof`. Those of the ES build are strangers to it,
// so everything here comes from the build that LanceDB has.
import { createRequire } from 'node:module';
import type * as Arrow from 'apache-arrow';

export const arrow: typeof Arrow = createRequire(import.meta.url)('apache-arrow');
