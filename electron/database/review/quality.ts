import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { GoldenAnswer } from '../../../shared/domain/review/campaign.ts';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { AuditOutcome } from '../../../shared/domain/review/lead-audit.ts';
import { codeOf, textOf } from './found.ts';
import { parsedJson } from './parsed-json.ts';

/*
 * The order of the tables and their indexes are named: left to itself SQLite walks through every decision of a campaign.
 */

/** SQL for what a person said before they could read what others said, and so the measure of their own judgement. */
const FIRST = 'd.reverses IS NULL';
/** The same of a row `x` of `review_find`; few decisions reverse another. */
const FOUND_FIRST = 'x.seq NOT IN (SELECT seq FROM review_decision WHERE reverses IS NOT NULL)';

const Side = z.enum(['baseline', 'candidate']);
const Golden = z.object({
  feed: z.int(),
  person: z.string(),
  body: parsedJson(Decision),
  answer: parsedJson(GoldenAnswer),
  left: Side,
});

/** What was first decided on golden feeds, with what is known to be right. */
export function goldenDecisions(db: Database, campaign: string): z.infer<typeof Golden>[] {
  return z.array(Golden).parse(
    db
      .prepare(
        `SELECT d.feed, d.person, d.body, f.answer, f.left_side AS left FROM review_feed f INDEXED BY review_feed_golden
         CROSS JOIN review_decision d INDEXED BY review_decision_feed ON d.campaign_id = f.campaign_id AND d.feed = f.feed
         WHERE f.campaign_id = ? AND f.golden = 1 AND ${FIRST} ORDER BY d.feed, d.person`,
      )
      .all(campaign),
  );
}

const Verdict = z.object({ feed: z.int(), person: z.string(), verdict: z.string() });

/** The first verdicts on feeds drawn for a second review. */
export function secondVerdicts(db: Database, campaign: string): z.infer<typeof Verdict>[] {
  return z.array(Verdict).parse(
    db
      .prepare(
        `SELECT x.feed, p.text AS person, v.text AS verdict FROM review_feed f
         CROSS JOIN review_find x INDEXED BY review_find_feed ON x.campaign = :code AND x.feed = f.feed
         CROSS JOIN review_code p ON p.code = x.person CROSS JOIN review_code v ON v.code = x.verdict
         WHERE f.campaign_id = :campaign AND f.second = 1 AND ${FOUND_FIRST} ORDER BY x.feed, x.seq`,
      )
      .all({ campaign, code: codeOf(db, campaign) }),
  );
}

/** When each person submitted feeds of a campaign (ms since 1970), in order of time. */
export function submissionsOf(db: Database, campaign: string): Map<string, number[]> {
  const rows = db
    .prepare<[number | null], [number, number]>(
      `SELECT x.person, x.at FROM review_find x INDEXED BY review_find_campaign
       WHERE x.campaign = ? AND x.verdict IS NOT NULL AND ${FOUND_FIRST} ORDER BY x.at`,
    )
    .raw();
  const times = new Map<number, number[]>();
  for (const [person, at] of rows.iterate(codeOf(db, campaign))) {
    const own = times.get(person);
    if (own === undefined) times.set(person, [at]);
    else own.push(at);
  }
  return new Map([...times].map(([code, own]) => [textOf(db, code), own]));
}

const Audited = z.object({ person: z.string(), policy: z.string().nullable(), outcome: AuditOutcome });

/** The newest audit of each audited decision, with whose it was and under which policy. */
export function auditedDecisions(db: Database, campaign: string): z.infer<typeof Audited>[] {
  return z.array(Audited).parse(
    db
      .prepare(
        `SELECT d.person, d.policy, a.outcome FROM review_lead_audit a CROSS JOIN review_decision d ON d.id = a.decision_id
         WHERE d.campaign_id = ? AND a.id = (SELECT id FROM review_lead_audit
           WHERE decision_id = d.id ORDER BY at DESC, id DESC LIMIT 1)`,
      )
      .all(campaign),
  );
}

const Count = z.object({ of: z.string(), count: z.int() });

/** How many decisions of each person, or under each policy, another took the place of. */
export const reversedBy = (
  db: Database,
  campaign: string,
  column: 'person' | 'policy',
): Map<string, number> =>
  counts(
    db,
    `SELECT k.text AS "of", count(*) AS count FROM review_find x INDEXED BY review_find_reversed
     CROSS JOIN review_code k ON k.code = x.${column} WHERE x.reversed = 1 AND x.campaign = ? GROUP BY 1 ORDER BY 1`,
    campaign,
  );

/** How many decisions a campaign has under each policy. */
export const decisionsByPolicy = (db: Database, campaign: string): Map<string, number> =>
  counts(
    db,
    `SELECT k.text AS "of", x.count FROM (SELECT policy, count(*) AS count FROM review_find WHERE campaign = ? GROUP BY policy) x
     JOIN review_code k ON k.code = x.policy ORDER BY 1`,
    campaign,
  );

const counts = (db: Database, sql: string, campaign: string): Map<string, number> =>
  new Map(
    z
      .array(Count)
      .parse(db.prepare(sql).all(codeOf(db, campaign)))
      .map(({ of, count }) => [of, count]),
  );
