import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { LogEntryRow, LogFilter } from '../../../shared/contract/audit.ts';
import type { EntryIndex } from './entry-index.ts';
import { findWords, readableWords } from './find-words.ts';
import { bodyWithTexts } from './texts.ts';
import type { Withholds } from './withheld.ts';

/** So far from the newest entry a page is found by walking there. */
const NEAR = 1000;

const Seq = z.int().nullish();
const Count = z.int();
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

type Paged = LogFilter & { offset: number; limit: number };

/**
 * A page of entries, newest first. `search` is looked for in actor, action, subject, body and texts; what `withholds`
 * keeps from the reader is neither shown nor found.
 */
export function entryPage(db: Database, index: EntryIndex, page: Paged, withholds: Withholds): LogPage {
  const { total, seqs } =
    page.search === ''
      ? entryPlaces(db, index, page)
      : readableWords(db, findWords(db, page), page, withholds);
  return { total, offset: page.offset, rows: entryRows(db, seqs, withholds) };
}

/** The places of a page of entries, newest first, that the filter lets through, its search aside, and how many do. */
export function entryPlaces(
  db: Database,
  index: EntryIndex,
  { offset, limit, actor, action, from, until }: Paged,
): { total: number; seqs: number[] } {
  const filter = { actor, action, from, until };
  const isNarrowed = Object.values(filter).some((part) => part !== undefined);
  if (index.made || isNarrowed || offset > NEAR) return index.page(filter, offset, limit);
  // the newest entries of a long log are there long before its index is made
  const seqs = db.prepare('SELECT seq FROM log_entry ORDER BY seq DESC LIMIT ? OFFSET ?').pluck();
  return {
    total: Count.parse(db.prepare('SELECT count(*) FROM log_entry').pluck().get()),
    seqs: z.array(z.int()).parse(seqs.all(limit, offset)),
  };
}

/** Entries by their places. */
export function entryRows(db: Database, seqs: readonly number[], withholds: Withholds): LogEntryRow[] {
  const one = db.prepare(
    'SELECT seq, at, actor, action, subject, body, leaf_hash FROM log_entry WHERE seq = ?',
  );
  return seqs.map((seq) => entryRow(db, one.get(seq), withholds));
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
