// Where a photo was taken, in names: made from its coordinates, and made again when the lookup learns more.
import type { Migration } from './index.ts';

/**
 * `country` is an ISO 3166-1 alpha-2 code; `city` and `region` are names as the lookup writes them. `placed` says which
 * edition of the lookup was asked (0: none yet), so that photos without a place are not asked about forever.
 */
export const placeNames: Migration = {
  version: 6,
  sql: `
ALTER TABLE photos ADD COLUMN city TEXT;
ALTER TABLE photos ADD COLUMN region TEXT;
ALTER TABLE photos ADD COLUMN country TEXT;
ALTER TABLE photos ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX photos_placed ON photos (placed) WHERE latitude IS NOT NULL;
`,
};
