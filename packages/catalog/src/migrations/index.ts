// The numbered steps from an empty file to today's schema, and the rule for applying them.
import { SemblanceError } from '@semblance/contract';
import type { Sql } from '../sql.ts';
import { initial } from './0001-initial.ts';
import { whatPeopleSay } from './0002-what-people-say.ts';
import { captionsAndKeywords } from './0003-captions-and-keywords.ts';
import { labels } from './0004-labels.ts';
import { sidecars } from './0005-sidecars.ts';
import { placeNames } from './0006-place-names.ts';
import { duplicates } from './0007-duplicates.ts';
import { fileOperations } from './0008-file-operations.ts';
import { inStep } from './0009-in-step.ts';
import { units } from './0010-units.ts';
import { dueOnce } from './0011-due-once.ts';
import { whichDisk } from './0012-which-disk.ts';
import { whatWasThrownAway } from './0013-what-was-thrown-away.ts';

export interface Migration {
  /** Counts up from 1 without gaps; the database remembers it in `PRAGMA user_version`. */
  version: number;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  initial,
  whatPeopleSay,
  captionsAndKeywords,
  labels,
  sidecars,
  placeNames,
  duplicates,
  fileOperations,
  inStep,
  units,
  dueOnce,
  whichDisk,
  whatWasThrownAway,
];

/** Marks a SQLite file as ours (`PRAGMA application_id`): "SEMB". */
export const APPLICATION_ID = 0x53_45_4d_42;

/**
 * Brings a database to today's schema, each step in its own transaction together with its number.
 *
 * @throws SemblanceError `LIBRARY_TOO_NEW` for a database written by a later version, which is left untouched;
 *   `LIBRARY_CORRUPT` when the file is a database but not one of ours.
 */
export function migrate(sql: Sql, migrations: readonly Migration[] = MIGRATIONS): void {
  const version = pragma(sql, 'user_version');
  const owner = pragma(sql, 'application_id');
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest && owner === APPLICATION_ID) {
    throw new SemblanceError(
      'LIBRARY_TOO_NEW',
      `This library was written by a newer version of Semblance (format ${version}, this one knows up to ${newest}). Update Semblance to open it. Nothing was changed: ${sql.file}`,
    );
  }
  if (owner !== APPLICATION_ID && !isEmpty(sql)) {
    throw new SemblanceError(
      'LIBRARY_CORRUPT',
      `This file is a database, but not a Semblance catalog: ${sql.file}. It was left as it is.`,
    );
  }
  for (const migration of migrations) {
    if (migration.version <= version) continue;
    sql.transaction(() => {
      sql.exec(migration.sql);
      sql.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      sql.exec(`PRAGMA user_version = ${migration.version}`);
    });
  }
}

function isEmpty(sql: Sql): boolean {
  return sql.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined;
}

function pragma(sql: Sql, name: 'user_version' | 'application_id'): number {
  return Object.values(sql.get<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0] ?? 0;
}
