import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogEntryRow, LogFilter } from '../../../shared/contract/audit.ts';
import type { EntryIndex } from './entry-index.ts';
import { bodyWithTexts } from './texts.ts';

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

const WHERE = `WHERE (instr(lower(actor || char(10) || action || char(10) || subject || char(10) || body), lower(:search)) > 0
    OR seq IN (SELECT seq FROM log_text WHERE instr(lower(text), lower(:search)) > 0))
  AND (:actor IS NULL OR actor = :actor)
  AND (:action IS NULL OR action = :action)
  AND (:from IS NULL OR julianday(at) >= julianday(:from))
  AND (:until IS NULL OR julianday(at) < julianday(:until))`;

/** A page of entries, newest first. `search` is looked for in actor, action, subject, body and texts. */
export function entryPage(
  db: Database,
  index: EntryIndex,
  { offset, limit, ...filter }: LogFilter & { offset: number; limit: number },
): LogPage {
  const { total, seqs } =
    filter.search === '' ? index.page(filter, offset, limit) : searched(db, filter, offset, limit);
  const one = db.prepare(
    'SELECT seq, at, actor, action, subject, body, leaf_hash FROM log_entry WHERE seq = ?',
  );
  return { total, offset, rows: seqs.map((seq) => entryRow(db, one.get(seq))) };
}

/** Words are looked for in every entry, in one pass that keeps the places of what it finds. */
function searched(
  db: Database,
  filter: LogFilter,
  offset: number,
  limit: number,
): { total: number; seqs: number[] } {
  const { search, actor = null, action = null, from = null, until = null } = filter;
  const found = db
    .prepare(`SELECT seq FROM log_entry ${WHERE} ORDER BY seq DESC`)
    .pluck()
    .all({ search, actor, action, from, until });
  return { total: found.length, seqs: z.array(z.int()).parse(found.slice(offset, offset + limit)) };
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
