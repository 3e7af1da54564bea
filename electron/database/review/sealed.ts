import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { prepared } from '../prepared.ts';
import { codeOf } from './found.ts';

/**
 * Whose eyes a query is for: a person who may still judge feeds, '' for a window where no key is unlocked, or null for
 * a lead, from whom nothing is kept.
 */
export type Reader = string | null;

/**
 * SQL that holds for a feed `f` of a campaign `c` of which :reader must not learn yet: it is judged blind (or is a
 * second review, or has a known answer), others are still to judge it, and :reader has not.
 */
const SEALED = `f.open = 1 AND (c.mode = 'blind' OR f.second = 1 OR f.golden = 1)
  AND NOT EXISTS (SELECT 1 FROM review_decision own
    WHERE own.campaign_id = f.campaign_id AND own.feed = f.feed AND own.person = :reader)`;

/** SQL that holds for a decision `d` that a reader may read: their own, and those on feeds that are not sealed. */
export const READABLE = `(:reader IS NULL OR d.person = :reader OR NOT EXISTS (SELECT 1 FROM review_feed f
  JOIN review_campaign c ON c.id = f.campaign_id
  WHERE f.campaign_id = d.campaign_id AND f.feed = d.feed AND ${SEALED}))`;

/** The same of a row `x` of `review_find`; :readerCode is the code of :reader, null while they decided nothing. */
export const FOUND_READABLE = `(:reader IS NULL OR x.person IS :readerCode OR NOT EXISTS (SELECT 1 FROM review_sealed_feed s
  WHERE s.campaign = x.campaign AND s.feed = x.feed AND NOT EXISTS (SELECT 1 FROM review_find own
    WHERE own.campaign = s.campaign AND own.feed = s.feed AND own.person = :readerCode)))`;

/** How many feeds of a campaign are sealed for a reader; golden feeds, which reports leave out, do not count. */
export function sealedFeeds(db: Database, campaign: string, reader: Reader): number {
  if (reader === null) return 0;
  return z.int().parse(
    db
      .prepare(
        `SELECT count(*) FROM review_feed f JOIN review_campaign c ON c.id = f.campaign_id
         WHERE f.campaign_id = :campaign AND f.golden = 0 AND ${SEALED}`,
      )
      .pluck()
      .get({ campaign, reader }),
  );
}

/** Whether a reader must not learn yet what is said of a feed. */
export const isSealed = (
  db: Database,
  { campaign, feed }: { readonly campaign: string; readonly feed: number },
  reader: Reader,
): boolean =>
  reader !== null &&
  prepared(
    db,
    `SELECT 1 FROM review_feed f JOIN review_campaign c ON c.id = f.campaign_id
     WHERE f.campaign_id = :campaign AND f.feed = :feed AND ${SEALED}`,
  ).get({ campaign, feed, reader }) !== undefined;

/** Whether a reader may read a decision. */
export const isReadable = (db: Database, decision: string, reader: Reader): boolean =>
  prepared(db, `SELECT 1 FROM review_decision d WHERE d.id = :decision AND ${READABLE}`).get({
    ...{ decision, reader },
  }) !== undefined;

/** How many decisions from `from` to before `to` are kept from a reader. */
export function keptBackBetween(db: Database, from: string, to: string, reader: Reader): number {
  if (reader === null) return 0;
  return z.int().parse(
    db
      .prepare(
        `SELECT count(*) FROM review_sealed_feed s CROSS JOIN review_find x ON x.campaign = s.campaign AND x.feed = s.feed
         WHERE x.at >= :from AND x.at < :to AND NOT EXISTS (SELECT 1 FROM review_find own
           WHERE own.campaign = s.campaign AND own.feed = s.feed AND own.person = :readerCode)`,
      )
      .pluck()
      .get({ from: Date.parse(from), to: Date.parse(to), readerCode: codeOf(db, reader) }),
  );
}

/** The name of a blind campaign that would be uncovered if a reader saw a request's feed by one of the rankers; or null. */
export function uncovers(
  db: Database,
  seen: { readonly snapshot: string; readonly requestId: string; readonly rankers: readonly string[] },
  reader: Reader,
): string | null {
  if (reader === null) return null;
  const [one = '', other = one] = seen.rankers;
  return z
    .string()
    .nullable()
    .parse(
      db
        .prepare(
          `SELECT c.name FROM review_campaign c JOIN review_feed f ON f.campaign_id = c.id
           WHERE c.mode = 'blind' AND c.snapshot_digest = :snapshot AND f.request_id = :requestId
             AND (c.release_digest IN (:one, :other) OR c.baseline_digest IN (:one, :other)) AND ${SEALED} LIMIT 1`,
        )
        .pluck()
        .get({ snapshot: seen.snapshot, requestId: seen.requestId, one, other, reader }) ?? null,
    );
}
