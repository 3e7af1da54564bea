import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Judgement } from '../../../shared/domain/review/judgement.ts';

const ACTIONS = ['demote', 'escalate', 'fine', 'remove'] as const;
const BIT = { fine: 1, demote: 2, remove: 4, escalate: 8 } as const;
/** The actions of every value that the column of a decision's actions can have. */
const ACTION_WORDS = Array.from({ length: 16 }, (_, bits) =>
  ACTIONS.filter((action) => (bits & BIT[action]) !== 0).join('+'),
);

const Text = z.string().nullable();
const Row = z.tuple([
  z.int(),
  z.string(),
  z.string(),
  Text,
  Text,
  z.int().nullable(),
  Text,
  z.int().nullable(),
  Text,
]);

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

/** Every decision in force of a campaign, feed by feed. Read as columns, for there may be a million. */
export function* judgementsOf(db: Database, campaign: string): Generator<Judgement> {
  const rows = db
    .prepare(
      `SELECT d.feed, d.person, d.at, d.item_id, d.verdict, d.actions, d.policy, d.body ->> '$.ruling.severity',
         CASE WHEN d.subject = 'feed' THEN d.body ->> '$.ruling.note' END
       FROM review_decision d WHERE d.campaign_id = ?
         AND NOT EXISTS (SELECT 1 FROM review_decision r WHERE r.reverses = d.id) ORDER BY d.feed, d.person, d.subject`,
    )
    .raw()
    .iterate(campaign);
  for (const row of rows) {
    const [feed, person, at, itemId, verdict, actions, policy, severity, note] = Row.parse(row);
    const value = itemId === null ? (verdict ?? '') : (ACTION_WORDS[actions ?? 0] ?? '');
    yield { feed, person, at, itemId, value, policy, severity, note: note ?? '' };
  }
}
