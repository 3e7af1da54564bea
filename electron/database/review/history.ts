import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { HistoryRow } from '../../../shared/contract/review/history.ts';
import { Decision } from '../../../shared/domain/review/decision.ts';
import type { DecisionFilter } from '../../../shared/domain/review/filter.ts';
import { prepared } from '../prepared.ts';
import { findQuery } from './find-query.ts';
import { codeOf } from './found.ts';
import { parsedJson } from './parsed-json.ts';
import type { Reader } from './sealed.ts';

/** Finding stops here, so that a filter that lets a million through answers as fast as a narrow one. */
export const COUNTED = 10_000;

interface Found {
  readonly asked: string;
  readonly seqs: readonly number[];
}

/** What was found last, while nothing changes: the pages of one list are asked for one after the other. */
const last = new WeakMap<Database, Found>();

const State = z.object({ changes: z.int(), version: z.int() });

/** Running numbers of the decisions that a filter lets through of what a reader may read, up to `COUNTED` + 1. */
function findDecisions(db: Database, filter: DecisionFilter, reader: Reader): readonly number[] {
  const state = State.parse({
    changes: prepared(db, 'SELECT total_changes()').pluck().get(),
    version: db.pragma('data_version', { simple: true }),
  });
  const asked = JSON.stringify([filter, reader, state]);
  const known = last.get(db);
  if (known?.asked === asked) return known.seqs;
  const query = findQuery(db, filter, reader);
  const rows =
    query === null
      ? []
      : db
          .prepare(`${query.sql} LIMIT ${COUNTED + 1}`)
          .pluck()
          .all(query.bound);
  const seqs = z.array(z.int()).parse(rows);
  last.set(db, { asked, seqs });
  return seqs;
}

/** How many decisions that a reader may read a filter lets through, counted up to `COUNTED` + 1. */
export const countDecisions = (db: Database, filter: DecisionFilter, reader: Reader): number =>
  findDecisions(db, filter, reader).length;

const Row = z.object({
  id: z.string(),
  body: parsedJson(Decision),
  reversedBy: z.string().nullable(),
  campaignName: z.string(),
  caption: z.string().nullable(),
  authorId: z.string().nullable(),
});

/** One page of what a filter lets through of what a reader may read, newest first. */
export const historyPage = (
  db: Database,
  filter: DecisionFilter,
  reader: Reader,
  limit: number,
  offset: number,
): HistoryRow[] =>
  findDecisions(db, filter, reader)
    .slice(offset, offset + limit)
    .map((seq) => historyRow(db, seq));

/** Of one stretch of the same list, the ids of the decisions that a person can change in bulk: their own, in force, on items. */
export function changeableIds(
  db: Database,
  filter: DecisionFilter,
  person: string,
  limit: number,
  offset: number,
  reader: Reader,
): string[] {
  const seqs = findDecisions(db, filter, reader).slice(offset, Math.min(offset + limit, COUNTED));
  const rows = prepared(
    db,
    `SELECT d.id FROM json_each(:seqs) s CROSS JOIN review_find x ON x.seq = s.value
       CROSS JOIN review_decision d ON d.seq = x.seq
     WHERE x.person = :person AND x.reversed = 0 AND x.item IS NOT NULL ORDER BY s.key`,
  )
    .pluck()
    .all({ seqs: JSON.stringify(seqs), person: codeOf(db, person) });
  return z.array(z.string()).parse(rows);
}

/** Decisions by their ids, newest first; an id that is unknown here has none. */
export function chosenRows(db: Database, ids: readonly string[]): HistoryRow[] {
  const seqs = prepared(
    db,
    `SELECT d.seq FROM json_each(:ids) i CROSS JOIN review_decision d ON d.id = i.value
       CROSS JOIN review_find x ON x.seq = d.seq ORDER BY x.at DESC, x.seq DESC`,
  )
    .pluck()
    .all({ ids: JSON.stringify([...new Set(ids)]) });
  return z
    .array(z.int())
    .parse(seqs)
    .map((seq) => historyRow(db, seq));
}

/** A decision by its running number. */
export function historyRow(db: Database, seq: number): HistoryRow {
  const row = prepared(
    db,
    `SELECT d.id, d.body,
       (SELECT id FROM review_decision r WHERE r.reverses = d.id ORDER BY r.at, r.id LIMIT 1) AS reversedBy,
       (SELECT name FROM review_campaign WHERE id = d.campaign_id) AS campaignName,
       i.caption, i.author_id AS authorId
     FROM review_decision d LEFT JOIN review_item i
       ON i.item_id = d.item_id AND i.snapshot_digest = d.body ->> '$.seen.snapshot'
     WHERE d.seq = ?`,
  ).get(seq);
  const { body, ...rest } = Row.parse(row);
  return { ...body, ...rest };
}
