// The library at a glance: counts by status, and the files that failed.
import type { FailureReason, LibraryStatus } from '@semblance/contract';
import { embeddedCount } from './embeddings.ts';
import { absolute } from './paths.ts';
import type { Sql } from './sql.ts';
import type { CatalogReader } from './types.ts';

interface CountRow {
  state: 'online' | 'offline';
  presence: 'present' | 'missing';
  status: 'pending' | 'ready' | 'failed';
  n: number;
}

interface FailureRow {
  root_path: string;
  rel_path: string;
  failure_reason: FailureReason;
  failure_message: string | null;
}

export function overviewPart(sql: Sql): Pick<CatalogReader, 'counts' | 'failures'> {
  return {
    counts: (modelKey) => counts(sql, modelKey),
    failures: ({ offset, limit }) => {
      const rows = sql.all<FailureRow>(
        `SELECT r.path AS root_path, f.rel_path, f.failure_reason, f.failure_message
         FROM files f CROSS JOIN roots r ON r.id = f.root_id WHERE f.status = 'failed' AND f.presence = 'present'
         ORDER BY f.id LIMIT ? OFFSET ?`,
        limit,
        offset,
      );
      return {
        total:
          sql.get<{ n: number }>(
            `SELECT count(*) AS n FROM files WHERE status = 'failed' AND presence = 'present'`,
          )?.n ?? 0,
        failures: rows.map((row) => ({
          path: absolute(row.root_path, row.rel_path),
          reason: row.failure_reason,
          message: row.failure_message ?? '',
        })),
      };
    },
  };
}

/** Files waiting in an offline folder are counted as offline, not as pending: nobody can look at them now. */
function counts(sql: Sql, modelKey: string | null): LibraryStatus['counts'] {
  const rows = sql.all<CountRow>(
    `SELECT r.state, f.presence, f.status, count(*) AS n FROM roots r CROSS JOIN files f ON f.root_id = r.id
     GROUP BY r.id, f.presence, f.status`,
  );
  const total = (fits: (row: CountRow) => boolean) => rows.filter(fits).reduce((sum, row) => sum + row.n, 0);
  const present = (row: CountRow) => row.presence === 'present';
  return {
    photos: sql.get<{ n: number }>('SELECT count(*) AS n FROM photos WHERE present_files > 0')?.n ?? 0,
    indexed: modelKey === null ? 0 : embeddedCount(sql, modelKey),
    pending: total((row) => present(row) && row.status === 'pending' && row.state === 'online'),
    failed: total((row) => present(row) && row.status === 'failed'),
    offline: total((row) => present(row) && row.state === 'offline'),
    missing: total((row) => row.presence === 'missing'),
  };
}
