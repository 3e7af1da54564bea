import type Database from 'better-sqlite3';
import { Feature, Signal, SnapshotMeta } from '../../../shared/domain/snapshot/meta.ts';
import { fault } from './description.ts';
import type { Report } from './report.ts';
import { OPTIONAL_TABLES, SNAPSHOT_TABLES } from './schema.ts';

/** Whether every table of the format is there as a table with the format's columns; without them nothing else can be asked. */
export function checkTables(db: Database.Database, report: Report): boolean {
  let whole = true;
  const fail = (problem: string): void => {
    whole = false;
    report(problem);
  };
  const kind = db.prepare<[string], string>('SELECT type FROM sqlite_schema WHERE name = ?').pluck();
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
  for (const [table, expected] of Object.entries(SNAPSHOT_TABLES)) {
    const found = kind.get(table);
    if (found === undefined && OPTIONAL_TABLES.has(table)) continue;
    if (found !== 'table') {
      fail(found === undefined ? `The table ${table} is missing.` : `${table} is a ${found}, not a table.`);
      continue;
    }
    const names = columns.all(table);
    for (const column of expected) {
      if (!names.includes(column)) fail(`The table ${table} has no column ${column}.`);
    }
  }
  return whole;
}

/** The description of the snapshot: meta, features and signals. Answers the two lists as far as they can be read. */
export function checkDescription(
  db: Database.Database,
  report: Report,
): { features: Feature[]; signals: Signal[] } {
  const meta = Object.fromEntries(
    db.prepare<[], [string, unknown]>('SELECT key, value FROM snapshot_meta').raw().all(),
  );
  for (const issue of SnapshotMeta.safeParse(meta, { reportInput: true }).error?.issues ?? []) {
    const key = issue.path.join('.');
    report(
      Object.hasOwn(meta, key)
        ? `snapshot_meta has an unusable value for ${key}: it ${fault(issue)}.`
        : `snapshot_meta has no ${key}.`,
    );
  }
  const list = <Value>(
    table: 'feature' | 'signal',
    parse: (row: unknown) => { success: boolean; data?: Value },
  ) => {
    const rows = db
      .prepare<[], { position: string | number | null; name: unknown }>(
        `SELECT * FROM ${table} ORDER BY position`,
      )
      .all();
    if (rows.length === 0) report(`The table ${table} is empty.`);
    return rows.flatMap((row, at) => {
      const position = String(row.position ?? 'nothing');
      if (!Number.isInteger(row.position))
        report(`The ${table} ${String(row.name)} stands at position ${position}, which is no whole number.`);
      else if (row.position === rows[at - 1]?.position)
        report(`The ${table} ${String(row.name)} stands at position ${position}, as the one before it does.`);
      const { data } = parse(row);
      if (data === undefined)
        report(
          `The ${table} at position ${position} (${String(row.name)}) is not described as the format asks.`,
        );
      return data === undefined ? [] : [data];
    });
  };
  return {
    features: list('feature', (row) => Feature.safeParse(row)),
    signals: list('signal', (row) => Signal.safeParse(row)),
  };
}
