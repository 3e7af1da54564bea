import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { LeadAudit } from '../../../shared/domain/review/lead-audit.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { prepared } from '../prepared.ts';
import { parsedJson } from './parsed-json.ts';
import { READABLE, type Reader } from './sealed.ts';

/** Adds a lead's audit under its id, the SHA-256 of its canonical JSON; false when it is there already. */
export function insertLeadAudit(db: Database, id: string, audit: LeadAudit): boolean {
  const { decision, outcome, person, at } = audit;
  return (
    prepared(
      db,
      `INSERT INTO review_lead_audit (id, decision_id, outcome, person, at, body) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
    ).run(id, decision, outcome, person, at, canonicalJson(audit)).changes === 1
  );
}

/** The audits of a campaign's decisions that a reader may read, oldest first; `of` null for everybody's decisions. */
export function leadAuditsOf(
  db: Database,
  campaign: string,
  { reader, of }: { readonly reader: Reader; readonly of: string | null },
): LeadAudit[] {
  return z.array(parsedJson(LeadAudit)).parse(
    db
      .prepare(
        `SELECT a.body FROM review_lead_audit a JOIN review_decision d ON d.id = a.decision_id
         WHERE d.campaign_id = :campaign AND (:of IS NULL OR d.person = :of) AND ${READABLE} ORDER BY a.at, a.id`,
      )
      .pluck()
      .all({ campaign, reader, of }),
  );
}

/** The running numbers of a campaign's item decisions in force that a reader may read and no lead looked at. */
export function unaudited(db: Database, campaign: string, reader: Reader): number[] {
  return z.array(z.int()).parse(
    db
      .prepare(
        `SELECT seq FROM review_decision d WHERE campaign_id = :campaign AND subject <> 'feed' AND ${READABLE}
         AND NOT EXISTS (SELECT 1 FROM review_decision r WHERE r.reverses = d.id)
         AND NOT EXISTS (SELECT 1 FROM review_lead_audit a WHERE a.decision_id = d.id) ORDER BY seq`,
      )
      .pluck()
      .all({ campaign, reader }),
  );
}
