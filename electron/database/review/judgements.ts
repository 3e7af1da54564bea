import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Judgement } from '../../../shared/domain/review/judgement.ts';

const ACTIONS = ['demote', 'escalate', 'fine', 'remove'] as const;
const BIT = { fine: 1, demote: 2, remove: 4, escalate: 8 } as const;
/** The actions of every value that the column of a decision's actions can have. */
const ACTION_WORDS = Array.from({ length: 16 }, (_, bits) =>
  ACTIONS.filter((action) => (bits & BIT[action]) !== 0).join('+'),
);

/** Feed, person, when (ISO 8601 or ms), item, verdict, actions, policy, severity, note: as the strict tables type them. */
type Row = [
  number,
  string,
  string | number,
  string | null,
  string | null,
  number,
  string | null,
  number | null,
  string | null,
];

/** A number that changes with every decision of a campaign. */
export const lastDecision = (db: Database, campaign: string): number =>
  z
    .int()
    .parse(
      db
        .prepare('SELECT coalesce(max(seq), 0) FROM review_decision WHERE campaign_id = ?')
        .pluck()
        .get(campaign),
    );

/**
 * Every decision in force of a campaign, feed by feed. Read as the numbers by which decisions are found, for there may be
 * a million; a decision itself is opened only for its severity, or as a verdict on the feed.
 */
export function* judgementsOf(db: Database, campaign: string): Generator<Judgement> {
  const rows = db
    .prepare<[string], Row>(
      `SELECT x.feed, p.text,
         CASE WHEN x.item IS NULL THEN (SELECT at FROM review_decision WHERE seq = x.seq)
           ELSE x.at END,
         i.text, v.text, x.actions, y.text,
         CASE WHEN x.policy IS NOT NULL
           THEN (SELECT body ->> '$.ruling.severity' FROM review_decision WHERE seq = x.seq) END,
         CASE WHEN x.item IS NULL THEN (SELECT body ->> '$.ruling.note' FROM review_decision WHERE seq = x.seq) END
       FROM review_find x JOIN review_code p ON p.code = x.person
         LEFT JOIN review_code i ON i.code = x.item LEFT JOIN review_code v ON v.code = x.verdict
         LEFT JOIN review_code y ON y.code = x.policy
       WHERE x.campaign = (SELECT code FROM review_code WHERE text = ?) AND x.reversed = 0
       ORDER BY x.feed, p.text, coalesce('item ' || i.text, 'feed')`,
    )
    .raw()
    .iterate(campaign);
  for (const [feed, person, when, itemId, verdict, actions, policy, severity, note] of rows) {
    const value = itemId === null ? (verdict ?? '') : (ACTION_WORDS[actions] ?? '');
    const at = typeof when === 'number' ? new Date(when).toISOString() : when;
    yield { feed, person, at, itemId, value, policy, severity, note: note ?? '' };
  }
}
