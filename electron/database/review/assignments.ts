import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Ruling } from '../../../shared/domain/review/decision.ts';
import { prepared } from '../prepared.ts';

const State = z.enum(['working', 'held', 'handed over', 'set aside', 'submitted']);

const Row = z
  .object({
    state: State,
    lease_until: z.string(),
    revision: z.int(),
    steps: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(z.array(Ruling)),
    from_person: z.string().nullable(),
    note: z.string(),
  })
  .transform(({ lease_until: leaseUntil, from_person: from, ...row }) => ({ ...row, leaseUntil, from }));

/** One person's work on one feed: what they ruled so far, until when the feed is theirs, and who handed it over. */
export type Assignment = z.infer<typeof Row>;

export interface Place {
  readonly campaign: string;
  readonly feed: number;
  readonly person: string;
}

export function findAssignment(db: Database, { campaign, feed, person }: Place): Assignment | null {
  const row = prepared(
    db,
    `SELECT state, lease_until, revision, steps, from_person, note FROM review_assignment
       WHERE campaign_id = ? AND feed = ? AND person = ?`,
  ).get(campaign, feed, person);
  return row === undefined ? null : Row.parse(row);
}

export function keepAssignment(
  db: Database,
  { campaign, feed, person }: Place,
  { state, leaseUntil, revision, steps, from, note }: Assignment,
): void {
  prepared(
    db,
    `INSERT INTO review_assignment (campaign_id, feed, person, state, lease_until, revision, steps, from_person, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       state = excluded.state, lease_until = excluded.lease_until, revision = excluded.revision, steps = excluded.steps,
       from_person = excluded.from_person, note = excluded.note`,
  ).run(campaign, feed, person, state, leaseUntil, revision, JSON.stringify(steps), from, note);
}

const Holder = z.object({
  campaign: z.string(),
  feed: z.int(),
  person: z.string(),
  state: z.enum(['working', 'held']),
  leaseUntil: z.string(),
  rulings: z.int(),
  note: z.string(),
});

/** Who works on or holds which feed of a campaign now; `feed` null for all. */
export function holdersOf(
  db: Database,
  campaign: string,
  feed: number | null,
  now: string,
): z.infer<typeof Holder>[] {
  return z.array(Holder).parse(
    db
      .prepare(
        `SELECT campaign_id AS campaign, feed, person, state, lease_until AS leaseUntil,
           json_array_length(steps) AS rulings, note FROM review_assignment INDEXED BY review_assignment_held
         WHERE campaign_id = :campaign AND state IN ('working', 'held') AND lease_until > :now
         ${feed === null ? '' : 'AND feed = :feed'} ORDER BY feed, person`,
      )
      .all({ campaign, now, ...(feed === null ? {} : { feed }) }),
  );
}

/** Lets what a person (null: anybody) set aside because of its topics be given to them again, with what they ruled. */
export const reopenSetAside = (db: Database, person: string | null): void => {
  db.prepare(
    `UPDATE review_assignment SET state = 'handed over' WHERE state = 'set aside' AND (:person IS NULL OR person = :person)`,
  ).run({ person });
};

const Next = z.object({ campaign: z.string(), feed: z.int() }).nullable();
export type Next = z.infer<typeof Next>;

/** Where a person looks for work: in one campaign or in one queue. */
export type Where = { readonly campaign: string } | { readonly queue: string };

/**
 * The next feed for a person: the one they are at work on, else one that they held until now, else the first that lacks
 * reviewers, counting those who hold it now, and that they have not judged or set aside. Null when there is none.
 * `except` looks past the feed at the desk.
 */
export function nextFeed(
  db: Database,
  where: Where,
  person: string,
  now: string,
  except: number | null = null,
): Next {
  const [column, id, order] =
    'campaign' in where
      ? ['campaign_id', where.campaign, 'f.priority DESC, f.feed']
      : ['queue_id', where.queue, 'f.waiting_since, f.campaign_id, f.feed'];
  const own = db
    .prepare(
      `SELECT f.campaign_id AS campaign, f.feed FROM review_assignment a INDEXED BY review_assignment_person
       JOIN review_feed f ON f.campaign_id = a.campaign_id AND f.feed = a.feed
       WHERE a.person = :person AND a.state IN ('working', 'held') AND (a.state = 'working' OR a.lease_until <= :now)
         AND f.${column} = :id AND f.feed IS NOT :except ORDER BY a.state = 'held', ${order} LIMIT 1`,
    )
    .get({ person, now, id, except });
  const free = () =>
    db
      .prepare(
        `SELECT campaign_id AS campaign, feed FROM review_feed f WHERE ${column} = :id AND open = 1
         AND NOT EXISTS (SELECT 1 FROM review_assignment a WHERE a.campaign_id = f.campaign_id AND a.feed = f.feed
           AND a.person = :person AND a.state <> 'handed over')
         AND submissions + (SELECT count(*) FROM review_assignment a WHERE a.campaign_id = f.campaign_id
           AND a.feed = f.feed AND a.state IN ('working', 'held') AND a.lease_until > :now) < wanted
         ORDER BY ${order} LIMIT 1`,
      )
      .get({ id, person, now });
  return Next.parse(own ?? free() ?? null);
}
