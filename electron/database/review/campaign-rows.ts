import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { Decision } from '../../../shared/domain/review/decision.ts';
import { EscalationStep } from '../../../shared/domain/review/escalation.ts';
import { LeadAudit } from '../../../shared/domain/review/lead-audit.ts';
import { ReviewedItem } from '../../../shared/domain/review/reviewed-item.ts';
import { codeOf } from './found.ts';
import { parsedJson } from './parsed-json.ts';
import { READABLE, type Reader } from './sealed.ts';

/*
 * A campaign's rows one after the other, whatever their number. While one of these is walked through, the connection takes
 * no other query, so it should be one of the walker's own.
 */

/** The items a campaign's decisions speak of, by id. */
export function* eachItem(db: Database, campaign: string): Generator<ReviewedItem> {
  const rows = db
    .prepare(
      `SELECT item_id AS itemId, snapshot_digest AS snapshot, author_id AS authorId, caption FROM review_item
       WHERE snapshot_digest = (SELECT snapshot_digest FROM review_campaign WHERE id = :campaign)
       AND item_id IN (SELECT k.text FROM review_code k JOIN
         (SELECT DISTINCT item FROM review_find WHERE campaign = :code) x ON x.item = k.code) ORDER BY item_id`,
    )
    .iterate({ campaign, code: codeOf(db, campaign) });
  for (const row of rows) yield ReviewedItem.parse(row);
}

/** The decisions that a reader may read, in the order of their feeds. */
export function* eachDecision(db: Database, campaign: string, reader: Reader): Generator<Decision> {
  const bodies = db
    .prepare(
      `SELECT d.body FROM review_decision d WHERE d.campaign_id = :campaign AND ${READABLE}
       ORDER BY d.feed, d.at, d.seq`,
    )
    .pluck()
    .iterate({ campaign, reader });
  for (const body of bodies) yield parsedJson(Decision).parse(body);
}

/** Every step but the first of the escalations of decisions that a reader may read, oldest first within each. */
export function* eachLaterStep(db: Database, campaign: string, reader: Reader): Generator<EscalationStep> {
  const rows = db
    .prepare(
      `SELECT s.decision_id AS decision, s.state, s.person, s.at, s.comment, s.owner, s.due
       FROM review_escalation e JOIN review_decision d ON d.id = e.decision_id
         JOIN review_escalation_step s ON s.decision_id = e.decision_id
       WHERE e.campaign_id = :campaign AND ${READABLE} ORDER BY s.decision_id, s.at, s.seq`,
    )
    .iterate({ campaign, reader });
  let before: string | null = null;
  for (const row of rows) {
    const step = EscalationStep.parse(row);
    if (step.decision === before) yield step;
    before = step.decision;
  }
}

/** The leads' audits of decisions that a reader may read, oldest first. */
export function* eachAudit(db: Database, campaign: string, reader: Reader): Generator<LeadAudit> {
  const bodies = db
    .prepare(
      `SELECT a.body FROM review_lead_audit a JOIN review_decision d ON d.id = a.decision_id
       WHERE d.campaign_id = :campaign AND ${READABLE} ORDER BY a.at, a.id`,
    )
    .pluck()
    .iterate({ campaign, reader });
  for (const body of bodies) yield parsedJson(LeadAudit).parse(body);
}

const Count = z.int();

/** How many rows an export of a campaign has at most, for its progress. */
export const rowsOfCampaign = (db: Database, campaign: string): number =>
  Count.parse(
    db
      .prepare(`SELECT coalesce(sum(decisions), 0) FROM review_tally WHERE campaign_id = ?`)
      .pluck()
      .get(campaign),
  );
