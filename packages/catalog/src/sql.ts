// A thin skin over node:sqlite: prepared statements kept, transactions that nest, errors explained.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { explainSqlError } from './sql-errors.ts';

export type SqlValue = SQLInputValue | boolean;

export interface Sql {
  readonly file: string;
  /** Rows are trusted to have the shape asked for: the queries and the schema are both ours. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  each<Row>(sql: string, ...values: SqlValue[]): Generator<Row>;
  /** Returns the number of rows changed and the last row id. */
  run(sql: string, ...values: SqlValue[]): { changes: number; lastId: number };
  /** Several statements, without values. */
  exec(sql: string): void;
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens or creates a database file. Reads nothing from it yet. */
export function openSql(file: string): Sql {
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explainSqlError(error, file);
    }
  };
  const database = explained(() => new DatabaseSync(file, { timeout: 5000 }));
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  let depth = 0;

  return {
    file,
    all: <Row>(sql: string, ...values: SqlValue[]) =>
      explained(() => prepare(sql).all(...values.map(bindable))) as unknown as Row[],
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      explained(() => prepare(sql).get(...values.map(bindable))) as unknown as Row | undefined,
    *each<Row>(sql: string, ...values: SqlValue[]) {
      const rows = explained(() => database.prepare(sql).iterate(...values.map(bindable)));
      for (;;) {
        const next = explained(() => rows.next());
        if (next.done) return;
        yield next.value as unknown as Row;
      }
    },
    run: (sql, ...values) => {
      const { changes, lastInsertRowid } = explained(() => prepare(sql).run(...values.map(bindable)));
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    exec: (sql) => explained(() => database.exec(sql)),
    transaction: (work) => {
      const name = `level_${depth}`;
      explained(() => database.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`));
      depth++;
      try {
        const result = work();
        depth--;
        explained(() => database.exec(depth === 0 ? 'COMMIT' : `RELEASE ${name}`));
        return result;
      } catch (error) {
        depth = Math.min(depth, Number(name.slice('level_'.length)));
        rollBack(database, depth === 0 ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
        throw error;
      }
    },
    close: () => {
      statements.clear();
      if (database.isOpen) explained(() => database.close());
    },
  };
}

function bindable(value: SqlValue): SQLInputValue {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** SQLite rolls back by itself on some errors (full disk); then there is nothing left to undo. */
function rollBack(database: DatabaseSync, sql: string): void {
  if (database.isOpen && database.isTransaction) database.exec(sql);
}
