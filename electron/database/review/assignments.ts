import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Ruling } from '../../../shared/domain/review/decision.ts';

const Row = z
  .object({
    state: z.enum(['working', 'submitted']),
    lease_until: z.string(),
    revision: z.int(),
    steps: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(z.array(Ruling)),
  })
  .transform(({ lease_until: leaseUntil, ...row }) => ({ ...row, leaseUntil }));

/** One person's work on one feed: what they ruled so far, and until when the feed is theirs. */
export type Assignment = z.infer<typeof Row>;

export interface Place {
  readonly campaign: string;
  readonly feed: number;
  readonly person: string;
}

export function findAssignment(db: Database, { campaign, feed, person }: Place): Assignment | null {
  const row = db
    .prepare(
      'SELECT state, lease_until, revision, steps FROM review_assignment WHERE campaign_id = ? AND feed = ? AND person = ?',
    )
    .get(campaign, feed, person);
  return row === undefined ? null : Row.parse(row);
}

export function keepAssignment(
  db: Database,
  { campaign, feed, person }: Place,
  { state, leaseUntil, revision, steps }: Assignment,
): void {
  db.prepare(
    `INSERT INTO review_assignment (campaign_id, feed, person, state, lease_until, revision, steps)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       state = excluded.state, lease_until = excluded.lease_until, revision = excluded.revision, steps = excluded.steps`,
  ).run(campaign, feed, person, state, leaseUntil, revision, JSON.stringify(steps));
}

/**
 * The next feed for a person: the one they are at work on, else the first that lacks reviewers, counting those who hold
 * it now, and that they have not judged. Null when there is none.
 */
export function nextFeed(
  db: Database,
  campaign: string,
  person: string,
  reviewersPerFeed: number,
  now: string,
): number | null {
  const own = db
    .prepare(
      `SELECT feed FROM review_assignment WHERE person = ? AND campaign_id = ? AND state = 'working' ORDER BY feed LIMIT 1`,
    )
    .pluck()
    .get(person, campaign);
  const free = () =>
    db
      .prepare(
        `SELECT feed FROM review_feed f WHERE campaign_id = :campaign AND submissions < :wanted
         AND NOT EXISTS (SELECT 1 FROM review_assignment a
           WHERE a.campaign_id = f.campaign_id AND a.feed = f.feed AND a.person = :person)
         AND submissions + (SELECT count(*) FROM review_assignment a WHERE a.campaign_id = f.campaign_id
           AND a.feed = f.feed AND a.state = 'working' AND a.lease_until > :now) < :wanted
         ORDER BY feed LIMIT 1`,
      )
      .pluck()
      .get({ campaign, person, now, wanted: reviewersPerFeed });
  return z
    .int()
    .nullable()
    .parse(own ?? free() ?? null);
}
