import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Judgement } from '../../../shared/domain/review/judgement.ts';
import { prepared } from '../prepared.ts';
import { codeOf } from './found.ts';
import type { Told } from './told.ts';

const ACTIONS = ['demote', 'escalate', 'fine', 'remove'] as const;
const BIT = { fine: 1, demote: 2, remove: 4, escalate: 8 } as const;
/** The actions of every value that the column of a decision's actions can have. */
const ACTION_WORDS = Array.from({ length: 16 }, (_, bits) =>
  ACTIONS.filter((action) => (bits & BIT[action]) !== 0).join('+'),
);

/** How many decisions a campaign has: decisions are only ever added, so it changes with every one. */
export const decisionCount = (db: Database, campaign: string): number =>
  z
    .int()
    .parse(
      prepared(db, 'SELECT coalesce(sum(decisions), 0) FROM review_tally WHERE campaign_id = ?')
        .pluck()
        .get(campaign),
    );

/** Seq, when (ms), feed, person, item, policy, verdict, actions, severity: as the strict table types them. */
type Row = [
  number,
  number,
  number,
  number,
  number | null,
  number | null,
  number | null,
  number,
  number | null,
];

/** Numbers of decisions, a column of each; 0 where there is none. */
interface Columns {
  readonly rows: number;
  readonly seq: Float64Array;
  readonly at: Float64Array;
  readonly feed: Uint32Array;
  readonly person: Uint32Array;
  readonly item: Uint32Array;
  readonly policy: Uint32Array;
  readonly verdict: Uint32Array;
  readonly actions: Uint8Array;
  readonly severity: Uint8Array;
}

function columnsOf(db: Database, campaign: string, told: Told): Columns {
  const most = decisionCount(db, campaign);
  const numbers = () => new Uint32Array(most);
  const [seq, at] = [new Float64Array(most), new Float64Array(most)];
  const [feed, person, item, policy, verdict] = [numbers(), numbers(), numbers(), numbers(), numbers()];
  const [actions, severity] = [new Uint8Array(most), new Uint8Array(most)];
  const found = db
    .prepare<[number | null], Row>(
      `SELECT seq, at, feed, person, item, policy, verdict, actions, severity FROM review_find
       INDEXED BY review_find_campaign WHERE campaign = ? AND reversed = 0`,
    )
    .raw()
    .iterate(codeOf(db, campaign));
  let rows = 0;
  for (const row of found) {
    seq[rows] = row[0];
    at[rows] = row[1];
    feed[rows] = row[2];
    person[rows] = row[3];
    item[rows] = row[4] ?? 0;
    policy[rows] = row[5] ?? 0;
    verdict[rows] = row[6] ?? 0;
    actions[rows] = row[7];
    severity[rows] = row[8] ?? 0;
    rows += 1;
    if (rows % TOLD_EVERY === 0) told(READ * (rows / most));
  }
  return { rows, seq, at, feed, person, item, policy, verdict, actions, severity };
}

/** Decisions between two reports of how far it is, and the part of the whole that reading them is. */
const TOLD_EVERY = 10_000;
const READ = 0.4;

/** The rows of each feed, in the order of feeds, by counting how many there are of each. */
function* rowsByFeed({ rows, feed }: Columns): Generator<Uint32Array> {
  const used = feed.subarray(0, rows);
  const ends = new Uint32Array(used.reduce((most, at) => Math.max(most, at), 0) + 2);
  for (const at of used) ends[at + 1] = (ends[at + 1] ?? 0) + 1;
  for (let at = 1; at < ends.length; at += 1) ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
  const next = ends.slice();
  const order = new Uint32Array(rows);
  used.forEach((at, row) => {
    order[next[at] ?? 0] = row;
    next[at] = (next[at] ?? 0) + 1;
  });
  for (let at = 0; at + 1 < ends.length; at += 1) {
    const own = order.subarray(ends[at], ends[at + 1]);
    if (own.length > 0) yield own;
  }
}

/**
 * Every decision in force of a campaign, one feed after the other. Only the numbers by which decisions are found are
 * read, in the order in which they lie in the file, for there may be a million: no decision is opened.
 */
export function* judgementsOf(db: Database, campaign: string, told: Told = () => {}): Generator<Judgement[]> {
  const columns = columnsOf(db, campaign, told);
  const { seq, at, feed, person, item, policy, verdict, actions, severity } = columns;
  const words = new Map(db.prepare<[], [number, string]>('SELECT code, text FROM review_code').raw().all());
  const word = (column: Uint32Array, row: number): string | null => words.get(column[row] ?? 0) ?? null;
  let done = 0;
  for (const rows of rowsByFeed(columns)) {
    if (Math.floor(done / TOLD_EVERY) < Math.floor((done + rows.length) / TOLD_EVERY))
      told(READ + (1 - READ) * (done / columns.rows));
    done += rows.length;
    const said: Judgement[] = [];
    for (const row of rows) {
      const itemId = word(item, row);
      said.push({
        seq: seq[row] ?? 0,
        feed: feed[row] ?? 0,
        person: word(person, row) ?? '',
        at: at[row] ?? 0,
        itemId,
        value: (itemId === null ? word(verdict, row) : ACTION_WORDS[actions[row] ?? 0]) ?? '',
        policy: word(policy, row),
        severity: severity[row] || null,
      });
    }
    yield said;
  }
}

const Opinion = z.object({ at: z.string(), note: z.string() });

/** When a verdict was given (ISO 8601) and what was noted with it. */
export const opinionOf = (db: Database, seq: number): z.infer<typeof Opinion> =>
  Opinion.parse(
    prepared(db, `SELECT at, body ->> '$.ruling.note' AS note FROM review_decision WHERE seq = ?`).get(seq),
  );
