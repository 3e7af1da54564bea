import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound } from '../../../shared/domain/error.ts';
import { Decision, subjectOf } from '../../../shared/domain/review/decision.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { prepared } from '../prepared.ts';
import { makeFindable } from './found.ts';
import { READABLE, type Reader } from './sealed.ts';

const Row = z.object({
  id: z.string(),
  body: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Decision),
});

/** A decision with its id, the SHA-256 of its canonical JSON. */
export interface StoredDecision {
  readonly id: string;
  readonly decision: Decision;
}

const stored = (value: unknown): StoredDecision => {
  const { id, body } = Row.parse(value);
  return { id, decision: body };
};

/**
 * Adds a decision; false when it is there already. A person's first decision on a feed counts as a submission, and the
 * feed is not given to them again.
 */
export function insertDecision(db: Database, { id, decision }: StoredDecision): boolean {
  const { campaign, feed, person, at, reverses, ruling } = decision;
  const first =
    prepared(
      db,
      'SELECT 1 FROM review_decision WHERE campaign_id = ? AND feed = ? AND person = ? LIMIT 1',
    ).get(campaign, feed, person) === undefined;
  const { changes, lastInsertRowid } = prepared(
    db,
    `INSERT INTO review_decision (id, campaign_id, feed, person, subject, at, reverses, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(id, campaign, feed, person, subjectOf(ruling), at, reverses, canonicalJson(decision));
  if (changes === 0) return false;
  makeFindable(db, Number(lastInsertRowid), id, decision);
  prepared(
    db,
    `INSERT INTO review_tally (campaign_id, person, feeds, decisions) VALUES (?, ?, 1, 1)
     ON CONFLICT DO UPDATE SET feeds = feeds + ?, decisions = decisions + 1`,
  ).run(campaign, person, first ? 1 : 0);
  if (first) countSubmission(db, campaign, feed, person, at);
  return true;
}

/** Work that the person has not submitted here is left as it is. */
function countSubmission(db: Database, campaign: string, feed: number, person: string, at: string): void {
  prepared(db, 'UPDATE review_feed SET submissions = submissions + 1 WHERE campaign_id = ? AND feed = ?').run(
    campaign,
    feed,
  );
  prepared(
    db,
    `INSERT INTO review_assignment (campaign_id, feed, person, state, lease_until, revision, steps)
     VALUES (?, ?, ?, 'submitted', ?, 0, '[]') ON CONFLICT DO NOTHING`,
  ).run(campaign, feed, person, at);
}

export function getDecision(db: Database, id: string): Decision {
  const row = prepared(db, 'SELECT id, body FROM review_decision WHERE id = ?').get(id);
  if (row === undefined)
    throw notFound(`The workspace holds no review decision ${id}; merge its file first.`);
  return stored(row).decision;
}

export const hasDecision = (db: Database, id: string): boolean =>
  prepared(db, 'SELECT 1 FROM review_decision WHERE id = ?').get(id) !== undefined;

/** The decisions that take the place of another. */
export function reversalsOf(db: Database, id: string): StoredDecision[] {
  return prepared(db, 'SELECT id, body FROM review_decision WHERE reverses = ? ORDER BY at, seq')
    .all(id)
    .map(stored);
}

const Kept = Row.extend({ seq: z.int(), at: z.string() });
/** Decisions read at once; between pages the connection is free for others. */
const PAGE = 1000;

/** Every decision from `from` to before `to` that a reader may read, one after the other, in the order they were made. */
export function* decisionsBetween(
  db: Database,
  { from, to, reader }: { readonly from: string; readonly to: string; readonly reader: Reader },
): Generator<StoredDecision> {
  let after = { at: from, seq: -1 };
  for (;;) {
    const rows = z.array(Kept).parse(
      prepared(
        db,
        `SELECT d.id, d.body, d.at, d.seq FROM review_decision d
         WHERE (d.at, d.seq) > (:at, :seq) AND d.at < :to AND ${READABLE} ORDER BY d.at, d.seq LIMIT ${PAGE}`,
      ).all({ ...after, to, reader }),
    );
    for (const { id, body } of rows) yield { id, decision: body };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

/** How many decisions were made from `from` to before `to`. */
export const countBetween = (db: Database, from: string, to: string): number =>
  z
    .int()
    .parse(
      prepared(db, 'SELECT count(*) FROM review_decision WHERE at >= ? AND at < ?').pluck().get(from, to),
    );
