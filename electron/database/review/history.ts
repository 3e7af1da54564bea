import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { matchQuery, type DecisionFilter } from '../../../shared/domain/review/filter.ts';
import type { HistoryRow } from '../../../shared/contract/review.ts';
import { prepared } from '../prepared.ts';
import { parsedJson } from './parsed-json.ts';
import { READABLE, type Reader } from './sealed.ts';

/** Counting stops here, so that a filter that lets a million through answers as fast as a narrow one. */
export const COUNTED = 10_000;

const ACTION_BIT = { fine: 1, demote: 2, remove: 4, escalate: 8 } as const;

/** SQL of each part of a filter; every value is bound, none is written into the text. */
const CONDITION: {
  readonly [Key in keyof Required<DecisionFilter>]: (
    value: NonNullable<DecisionFilter[Key]>,
  ) => readonly [sql: string, bound?: string | number];
} = {
  campaign: (id) => ['d.campaign_id = ?', id],
  feed: (feed) => ['d.feed = ?', feed],
  requestId: (id) => [
    '(d.campaign_id, d.feed) IN (SELECT campaign_id, feed FROM review_feed WHERE request_id = ?)',
    id,
  ],
  person: (person) => ['d.person = ?', person],
  itemId: (id) => ['d.item_id = ?', id],
  authorId: (id) => ['d.item_id IN (SELECT item_id FROM review_item WHERE author_id = ?)', id],
  policy: (id) => ['d.policy = ?', id],
  action: (action) => ['d.actions & ?', ACTION_BIT[action]],
  verdict: (verdict) => ['d.verdict = ?', verdict],
  text: (text) => ['review_text MATCH ?', matchQuery(text) ?? '""'],
  from: (at) => ['d.at >= ?', at],
  to: (at) => ['d.at < ?', at],
  state: (state) => [
    `${state === 'reversed' ? '' : 'NOT '}EXISTS (SELECT 1 FROM review_decision r WHERE r.reverses = d.id)`,
  ],
};

interface Where {
  readonly from: string;
  readonly where: string;
  readonly bound: readonly (string | number | { readonly reader: string })[];
}

function whereOf(filter: DecisionFilter, reader: Reader): Where {
  const parts = [
    part(filter.campaign, CONDITION.campaign),
    part(filter.feed, CONDITION.feed),
    part(filter.requestId, CONDITION.requestId),
    part(filter.person, CONDITION.person),
    part(filter.itemId, CONDITION.itemId),
    part(filter.authorId, CONDITION.authorId),
    part(filter.policy, CONDITION.policy),
    part(filter.action, CONDITION.action),
    part(filter.verdict, CONDITION.verdict),
    part(filter.text, CONDITION.text),
    part(filter.from, CONDITION.from),
    part(filter.to, CONDITION.to),
    part(filter.state, CONDITION.state),
  ].flatMap((found) => (found === null ? [] : [found]));
  const conditions = [...parts.map(([sql]) => sql), ...(reader === null ? [] : [READABLE])];
  const from =
    filter.text === undefined
      ? 'review_decision d'
      : 'review_text CROSS JOIN review_decision d ON d.seq = review_text.rowid';
  return {
    from,
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    bound: [...parts.flatMap(([, bound]) => bound ?? []), ...(reader === null ? [] : [{ reader }])],
  };
}

const part = <Value>(
  value: Value | undefined,
  condition: (value: Value) => readonly [sql: string, bound?: string | number],
) => (value === undefined ? null : condition(value));

/** Ids of the decisions that a filter lets through, newest first. */
function findDecisions(
  db: Database,
  filter: DecisionFilter,
  reader: Reader,
  limit: number,
  offset: number,
): number[] {
  const { from, where, bound } = whereOf(filter, reader);
  const order = filter.text === undefined ? 'd.seq' : 'review_text.rowid';
  return z.array(z.int()).parse(
    db
      .prepare(`SELECT d.seq FROM ${from} ${where} ORDER BY ${order} DESC LIMIT ? OFFSET ?`)
      .pluck()
      .all(...bound, limit, offset),
  );
}

/** How many decisions that a reader may read a filter lets through, counted up to `COUNTED` + 1. */
export function countDecisions(db: Database, filter: DecisionFilter, reader: Reader): number {
  const { from, where, bound } = whereOf(filter, reader);
  return z.int().parse(
    db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM ${from} ${where} LIMIT ${COUNTED + 1})`)
      .pluck()
      .get(...bound),
  );
}

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
): HistoryRow[] => findDecisions(db, filter, reader, limit, offset).map((seq) => historyRow(db, seq));

/** A decision by its running number. */
export function historyRow(db: Database, seq: number): HistoryRow {
  const row = prepared(
    db,
    `SELECT d.id, d.body, (SELECT id FROM review_decision r WHERE r.reverses = d.id LIMIT 1) AS reversedBy,
         (SELECT name FROM review_campaign WHERE id = d.campaign_id) AS campaignName,
         i.caption, i.author_id AS authorId
       FROM review_decision d LEFT JOIN review_item i
         ON i.item_id = d.item_id AND i.snapshot_digest = d.body ->> '$.seen.snapshot'
       WHERE d.seq = ?`,
  ).get(seq);
  const { body, ...rest } = Row.parse(row);
  return { ...body, ...rest };
}
