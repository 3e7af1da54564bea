import type { Database, Statement } from 'better-sqlite3';

const kept = new WeakMap<Database, Map<string, Statement>>();

/**
 * A statement that is prepared once for a connection: preparing costs more than running one that finds its row by key.
 * For SQL that never changes, and to be run to its end at once (`get`, `all`, `run`).
 */
export function prepared(db: Database, sql: string): Statement {
  const statements = kept.get(db) ?? new Map<string, Statement>();
  kept.set(db, statements);
  const statement = statements.get(sql) ?? db.prepare(sql);
  statements.set(sql, statement);
  return statement;
}
