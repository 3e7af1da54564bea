import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  EscalationRow,
  type EscalationFilter,
  type EscalationQuery,
  type EscalationSort,
} from '../../../shared/contract/review/escalations.ts';
import { folded } from '../../../shared/domain/review/full-text.ts';
import { READABLE, type Reader } from './sealed.ts';

/** The first step's comment is the decision's own note, and counts as no comment. */
const COMMENTS = `(SELECT count(*) FROM review_escalation_step s WHERE s.decision_id = e.decision_id AND s.comment <> '')
  - (json_extract(d.body, '$.ruling.note') <> '')`;

const COLUMNS = `e.decision_id AS decision, e.campaign_id AS campaign, d.feed, coalesce(d.item_id, '') AS itemId,
  json_extract(d.body, '$.ruling.note') AS note, d.person AS raisedBy, d.at AS raisedAt, e.state, e.owner, e.due,
  e.changed_by AS changedBy, e.changed_at AS changedAt, ${COMMENTS} AS comments`;
const FROM = 'review_escalation e JOIN review_decision d ON d.id = e.decision_id';

/** What is sorted by; what has no value comes last, whichever way. */
const SORTED: Readonly<Record<EscalationSort, string>> = {
  urgency: `e.state = 'closed'`,
  state: 'e.state',
  owner: 'e.owner',
  due: 'e.due',
  item: 'd.item_id',
  feed: 'd.feed',
  note: `nullif(json_extract(d.body, '$.ruling.note'), '')`,
  raised: 'd.person',
  comments: COMMENTS,
  changed: 'e.changed_at',
};

/** Connections that know `folded`. */
const folding = new WeakSet<Database>();

function knowFolded(db: Database): void {
  if (folding.has(db)) return;
  db.function('folded', { deterministic: true }, (text) => folded(String(text)));
  folding.add(db);
}

type Bound = Record<string, string | null>;

function conditionsOf(filter: EscalationFilter, reader: Reader): { where: string; bound: Bound } {
  const { campaign, state, owner, raisedFrom, raisedTo, dueFrom, dueTo, text } = filter;
  const conditions = reader === null ? [] : [READABLE];
  const bound: Bound = { reader };
  const put = (sql: string, name: string, value: string | undefined): void => {
    if (value === undefined) return;
    conditions.push(sql);
    bound[name] = value;
  };
  put('e.campaign_id = :campaign', 'campaign', campaign);
  put(state === 'not closed' ? `e.state <> 'closed' AND :state <> ''` : 'e.state = :state', 'state', state);
  put(`coalesce(e.owner, '') = :owner`, 'owner', owner);
  put('julianday(d.at) >= julianday(:raisedFrom)', 'raisedFrom', raisedFrom);
  put('julianday(d.at) < julianday(:raisedTo)', 'raisedTo', raisedTo);
  put('e.due >= :dueFrom', 'dueFrom', dueFrom);
  put('e.due < :dueTo', 'dueTo', dueTo);
  put(
    `(instr(folded(coalesce(d.item_id, '') || char(10) || d.person || char(10) || coalesce(e.owner, '')), :text) > 0
      OR EXISTS (SELECT 1 FROM review_escalation_step s WHERE s.decision_id = e.decision_id
        AND instr(folded(s.comment), :text) > 0))`,
    'text',
    text === undefined ? undefined : folded(text),
  );
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, bound };
}

/** How many escalations a filter lets through of what a reader may read. */
export function countListed(db: Database, reader: Reader, filter: EscalationFilter): number {
  knowFolded(db);
  const { where, bound } = conditionsOf(filter, reader);
  return z.int().parse(db.prepare(`SELECT count(*) FROM ${FROM} ${where}`).pluck().get(bound));
}

/** A page of them. */
export function listedEscalations(
  db: Database,
  reader: Reader,
  { filter, sort, desc, offset, limit }: EscalationQuery,
): EscalationRow[] {
  knowFolded(db);
  const { where, bound } = conditionsOf(filter, reader);
  const by = SORTED[sort];
  const order = `${by} IS NULL, ${by} ${desc ? 'DESC' : 'ASC'}, e.changed_at, e.decision_id`;
  const rows = db
    .prepare(`SELECT ${COLUMNS} FROM ${FROM} ${where} ORDER BY ${order} LIMIT :limit OFFSET :offset`)
    .all({ ...bound, limit, offset });
  return z.array(EscalationRow).parse(rows);
}

/** One escalation as it is listed; null where a decision is none. */
export function escalationRow(db: Database, decision: string): EscalationRow | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM ${FROM} WHERE e.decision_id = ?`).get(decision);
  return row === undefined ? null : EscalationRow.parse(row);
}
