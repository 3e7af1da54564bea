import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';
import { Feature, Signal, SnapshotMeta } from '../../../shared/domain/snapshot/meta.ts';
import { problemOf } from '../../../shared/domain/zod-issue.ts';
import { broken } from './reading.ts';
import { SNAPSHOT_TABLES } from './schema.ts';

/** What a snapshot says of itself. Features and signals stand in the order of their positions, wherever these begin. */
export interface Description {
  readonly meta: SnapshotMeta;
  readonly features: readonly Feature[];
  readonly signals: readonly Signal[];
}

/** Reads the description of the snapshot at `path`. Refuses one that is incomplete, naming table, row and column. */
export function readDescription(db: Database.Database, path: string): Description {
  refuseViews(db, path);
  const meta = db
    .prepare<[], [string, unknown]>('SELECT CAST(key AS TEXT), value FROM snapshot_meta')
    .raw()
    .all();
  const rows = <Type extends z.ZodType>(type: Type, table: string, columns: string): z.output<Type>[] =>
    db
      .prepare(`SELECT ${columns} FROM ${table} ORDER BY position`)
      .all()
      .map((row, at) => parsed(type, row, path, `row ${at + 1} of the table ${table}`));
  return {
    meta: parsed(SnapshotMeta, Object.fromEntries(meta), path, 'the table snapshot_meta'),
    features: rows(Feature, 'feature', 'name, description'),
    signals: rows(Signal, 'signal', 'name, kind, polarity, description'),
  };
}

/** What a view shows is made by a query of the file's maker, which may be slow, and other at each look. */
function refuseViews(db: Database.Database, path: string): void {
  const view = db
    .prepare<[string], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'view' AND name IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .get(JSON.stringify(Object.keys(SNAPSHOT_TABLES)));
  if (view !== undefined)
    throw badInput(
      `${path} is not a complete snapshot, because its ${view} is a view and not a table; build it again.`,
    );
}

/** What is wrong with a value, in words that follow its name. */
export const fault = (issue: z.core.$ZodIssue): string => problemOf(issue).replace(/;.*/, '');

function parsed<Type extends z.ZodType>(
  type: Type,
  value: unknown,
  path: string,
  place: string,
): z.output<Type> {
  const result = type.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(
    path,
    place,
    issue === undefined ? 'it is incomplete' : `${issue.path.join('.')} ${fault(issue)}`,
  );
}
