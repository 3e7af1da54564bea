import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogEntryRow, LogFilter } from '../../../shared/contract/audit.ts';
import { bodyWithTexts } from './texts.ts';

const Total = z.int();
const Seq = z.int().nullish();
const Row = z.object({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  body: z.string(),
  leaf_hash: z.string(),
});

export interface LogPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: LogEntryRow[];
}

const WHERE = `WHERE (:search = ''
    OR instr(lower(actor || char(10) || action || char(10) || subject || char(10) || body), lower(:search)) > 0
    OR seq IN (SELECT seq FROM log_text WHERE instr(lower(text), lower(:search)) > 0))
  AND (:actor IS NULL OR actor = :actor)
  AND (:action IS NULL OR action = :action)
  AND (:from IS NULL OR julianday(at) >= julianday(:from))
  AND (:until IS NULL OR julianday(at) < julianday(:until))`;

/** A page of entries, newest first. `search` is looked for in actor, action, subject, body and texts. */
export function entryPage(
  db: Database,
  { offset, limit, ...filter }: LogFilter & { offset: number; limit: number },
): LogPage {
  const { search, actor = null, action = null, from = null, until = null } = filter;
  const named = { search, actor, action, from, until };
  const total = db.prepare(`SELECT count(*) FROM log_entry ${WHERE}`).pluck().get(named);
  const rows = db
    .prepare(
      `SELECT seq, at, actor, action, subject, body, leaf_hash FROM log_entry ${WHERE}
       ORDER BY seq DESC LIMIT :limit OFFSET :offset`,
    )
    .all({ ...named, limit, offset })
    .map((row) => entryRow(db, row));
  return { total: Total.parse(total), offset, rows };
}

/**
 * The entries after the last one that is older than `from`, newest first, at most `limit` of them, and how many there
 * are. Reads from the end of the log, and no further back than that.
 */
export function newestEntries(db: Database, from: string, limit: number): Omit<LogPage, 'offset'> {
  const older = Seq.parse(
    db
      .prepare('SELECT seq FROM log_entry WHERE julianday(at) < julianday(?) ORDER BY seq DESC LIMIT 1')
      .pluck()
      .get(from),
  );
  const last = Seq.parse(db.prepare('SELECT max(seq) FROM log_entry').pluck().get());
  const rows = db
    .prepare(
      `SELECT seq, at, actor, action, subject, body, leaf_hash FROM log_entry WHERE seq > ? ORDER BY seq DESC LIMIT ?`,
    )
    .all(older ?? -1, limit)
    .map((row) => entryRow(db, row));
  return { total: (last ?? -1) - (older ?? -1), rows };
}

function entryRow(db: Database, row: unknown): LogEntryRow {
  const { seq, at, actor, action, subject, body, leaf_hash: leafHash } = Row.parse(row);
  return { seq, at, actor, action, subject, body: bodyWithTexts(db, seq, body), leafHash };
}

const Pair = z.object({ actor: z.string(), action: z.string() });

/** Everybody who acted and everything that was done, in order of name; one pass over the log. */
export function entryFacets(db: Database): { actors: string[]; actions: string[] } {
  const pairs = z.array(Pair).parse(db.prepare('SELECT DISTINCT actor, action FROM log_entry').all());
  const distinct = (values: readonly string[]) => [...new Set(values)].toSorted();
  return {
    actors: distinct(pairs.map(({ actor }) => actor)),
    actions: distinct(pairs.map(({ action }) => action)),
  };
}
