import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogEntryRow, LogFilter } from '../../../shared/contract/audit.ts';
import { bodyWithTexts } from './texts.ts';

const Total = z.int();
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
    .map((row): LogEntryRow => {
      const { seq, at, actor, action, subject, body, leaf_hash: leafHash } = Row.parse(row);
      return { seq, at, actor, action, subject, body: bodyWithTexts(db, seq, body), leafHash };
    });
  return { total: Total.parse(total), offset, rows };
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
