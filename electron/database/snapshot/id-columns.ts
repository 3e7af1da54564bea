import type Database from 'better-sqlite3';
import { badInput } from '../../../shared/domain/error.ts';
import type { IdOrder } from '../../../shared/domain/ranking/request.ts';

/**
 * Whether the ids of a column are integers or text; refuses a column of the file at `path` that mixes them.
 * Integers sort before text, so the two ends of the index tell.
 */
export function orderOfIds(
  db: Database.Database,
  path: string,
  table: 'item' | 'request',
  column: string,
): IdOrder {
  const end = (direction: string): string | undefined =>
    db
      .prepare<[], string>(`SELECT typeof(${column}) FROM ${table} ORDER BY ${column} ${direction} LIMIT 1`)
      .pluck()
      .get();
  const types = new Set([end('ASC') ?? 'text', end('DESC') ?? 'text']);
  const [type] = types;
  if (types.size === 1 && (type === 'integer' || type === 'text')) return type;
  throw badInput(
    `${path} cannot be read, because ${table}.${column} mixes ${[...types].join(' and ')} values; store all ids as integers or all as text.`,
  );
}

/** Whether every item's id is an integer that a number holds exactly; then a candidate's needs no test of its own. */
export function hasSafeItemIds(db: Database.Database, order: IdOrder): boolean {
  if (order !== 'integer') return false;
  const outside =
    'SELECT 1 FROM item WHERE item_id < -9007199254740991 OR item_id > 9007199254740991 LIMIT 1';
  return db.prepare(outside).get() === undefined;
}
