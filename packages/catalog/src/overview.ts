// The library at a glance: counts by status, and the files that failed.
import type { FailureReason, LibraryStatus } from '@semblance/contract';
import { failureWhy } from '@semblance/core';
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
  id: number | null;
  root_path: string;
  rel_path: string;
  reason: FailureReason;
  message: string | null;
}

/** Files that failed, then what the last walks could not use. */
const FAILURES = `
SELECT f.id, f.root_id, f.rel_path, f.failure_reason AS reason, f.failure_message AS message, 0 AS late
FROM files f WHERE f.status = 'failed' AND f.presence = 'present'
UNION ALL SELECT NULL, root_id, rel_path, reason, message, 1 FROM scan_problems`;

export function overviewPart(sql: Sql): Pick<CatalogReader, 'counts' | 'failures' | 'scanProblems'> {
  return {
    counts: (modelKey) => counts(sql, modelKey),
    scanProblems: () => sql.get<{ n: number }>('SELECT count(*) AS n FROM scan_problems')?.n ?? 0,
    failures: ({ offset, limit, reason = null }) => {
      const rows = sql.all<FailureRow>(
        `SELECT w.id, r.path AS root_path, w.rel_path, w.reason, w.message
         FROM (${FAILURES}) w JOIN roots r ON r.id = w.root_id WHERE ?1 IS NULL OR w.reason = ?1
         ORDER BY w.late, w.id, w.rel_path LIMIT ?2 OFFSET ?3`,
        reason,
        limit,
        offset,
      );
      const counted = sql.all<{ reason: FailureReason; n: number }>(
        `SELECT reason, count(*) AS n FROM (${FAILURES}) GROUP BY reason ORDER BY n DESC, reason`,
      );
      const reasons = counted.map(({ reason: why, n }) => ({ reason: why, files: n }));
      return {
        total: reasons.reduce(
          (sum, { reason: why, files }) => sum + (reason === null || why === reason ? files : 0),
          0,
        ),
        reasons,
        failures: rows.map((row) => ({
          fileId: row.id,
          path: absolute(row.root_path, row.rel_path),
          reason: row.reason,
          why: failureWhy(row.message ?? ''),
          message: row.message ?? '',
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
    photos:
      sql.get<{ n: number }>('SELECT count(*) AS n FROM photos WHERE present_files > 0 AND leader IS NULL')
        ?.n ?? 0,
    indexed: modelKey === null ? 0 : embeddedCount(sql, modelKey),
    pending: total((row) => present(row) && row.status === 'pending' && row.state === 'online'),
    copying:
      sql.get<{ n: number }>(
        `SELECT count(*) AS n FROM files f JOIN roots r ON r.id = f.root_id
         WHERE f.not_before > 0 AND f.status = 'pending' AND f.presence = 'present' AND r.state = 'online'`,
      )?.n ?? 0,
    failed:
      total((row) => present(row) && row.status === 'failed') +
      (sql.get<{ n: number }>('SELECT count(*) AS n FROM scan_problems')?.n ?? 0),
    offline: total((row) => present(row) && row.state === 'offline'),
    missing: total((row) => row.presence === 'missing'),
  };
}
