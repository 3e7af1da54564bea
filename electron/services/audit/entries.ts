import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogEntryRow, LogFilter } from '../../../shared/contract/audit.ts';
import type { EntryIndex } from './entry-index.ts';
import { bodyWithTexts } from './texts.ts';
import { isWithheld, type Withholds } from './withheld.ts';

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

/** An entry's place, and whether the words stand in the entry itself (1) or only in a text beside it (0). */
const Found = z.array(z.tuple([z.int(), z.int()]));

export interface LogPage {
  readonly total: number;
  readonly offset: number;
  readonly rows: LogEntryRow[];
}

const SAYS = `instr(lower(actor || char(10) || action || char(10) || subject || char(10) || body), lower(:search)) > 0`;
const WHERE = `WHERE (${SAYS} OR seq IN (SELECT seq FROM log_text WHERE instr(lower(text), lower(:search)) > 0))
  AND (:actor IS NULL OR actor = :actor)
  AND (:action IS NULL OR action = :action)
  AND (:from IS NULL OR julianday(at) >= julianday(:from))
  AND (:until IS NULL OR julianday(at) < julianday(:until))`;

/**
 * A page of entries, newest first. `search` is looked for in actor, action, subject, body and texts; what `withholds`
 * keeps from the reader is neither shown nor found.
 */
export function entryPage(
  db: Database,
  index: EntryIndex,
  { offset, limit, ...filter }: LogFilter & { offset: number; limit: number },
  withholds: Withholds,
): LogPage {
  const { total, seqs } =
    filter.search === '' ? index.page(filter, offset, limit) : searched(db, filter, offset, limit, withholds);
  const one = db.prepare(
    'SELECT seq, at, actor, action, subject, body, leaf_hash FROM log_entry WHERE seq = ?',
  );
  return { total, offset, rows: seqs.map((seq) => entryRow(db, one.get(seq), withholds)) };
}

/** Words are looked for in every entry, in one pass that keeps the places of what it finds. */
function searched(
  db: Database,
  filter: LogFilter,
  offset: number,
  limit: number,
  withholds: Withholds,
): { total: number; seqs: number[] } {
  const { search, actor = null, action = null, from = null, until = null } = filter;
  const found = db
    .prepare(`SELECT seq, ${SAYS} AS says FROM log_entry ${WHERE} ORDER BY seq DESC`)
    .raw()
    .all({ search, actor, action, from, until });
  const seqs = Found.parse(found).flatMap(([seq, says]) =>
    says === 1 || !isWithheld(db, seq, withholds) ? [seq] : [],
  );
  return { total: seqs.length, seqs: seqs.slice(offset, offset + limit) };
}

/**
 * The entries after the last one that is older than `from`, newest first, at most `limit` of them, and how many there
 * are. Reads from the end of the log, and no further back than that.
 */
export function newestEntries(
  db: Database,
  from: string,
  limit: number,
  withholds: Withholds,
): Omit<LogPage, 'offset'> {
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
    .map((row) => entryRow(db, row, withholds));
  return { total: (last ?? -1) - (older ?? -1), rows };
}

function entryRow(db: Database, row: unknown, withholds: Withholds): LogEntryRow {
  const { leaf_hash: leafHash, ...entry } = Row.parse(row);
  return { ...entry, leafHash, body: bodyWithTexts(db, entry, withholds) };
}
